/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HERALD_TYPE_DEMO_MAILBOX (herald_demo_mailbox_get_type ())
G_DECLARE_FINAL_TYPE (HeraldDemoMailbox, herald_demo_mailbox, HERALD, DEMO_MAILBOX, GObject)

HeraldDemoMailbox *herald_demo_mailbox_new                (guint16             port,
                                                           GError            **error);

guint16            herald_demo_mailbox_get_port           (HeraldDemoMailbox  *self);
guint              herald_demo_mailbox_get_n_messages     (HeraldDemoMailbox  *self);

void               herald_demo_mailbox_set_login          (HeraldDemoMailbox  *self,
                                                           const char         *user,
                                                           const char         *password);
void               herald_demo_mailbox_set_refused        (HeraldDemoMailbox  *self,
                                                           const char         *pattern);
void               herald_demo_mailbox_set_delay          (HeraldDemoMailbox  *self,
                                                           guint               delay_ms);
void               herald_demo_mailbox_set_drop_after_dot (HeraldDemoMailbox  *self,
                                                           gboolean            drop);

G_END_DECLS
