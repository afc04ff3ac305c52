/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HERALD_TYPE_DEMO_CHILD (herald_demo_child_get_type ())
G_DECLARE_FINAL_TYPE (HeraldDemoChild, herald_demo_child, HERALD, DEMO_CHILD, GObject)

/* Signals: ready (address and key are known), ended (it is over, or did not begin to print in time) */
HeraldDemoChild *herald_demo_child_start   (guint16           port,
                                            GError          **error);
/* Before the last reference goes; no signal comes after it */
void             herald_demo_child_stop    (HeraldDemoChild  *self);
const char      *herald_demo_child_get_url (HeraldDemoChild  *self);
const char      *herald_demo_child_get_key (HeraldDemoChild  *self);

G_END_DECLS
