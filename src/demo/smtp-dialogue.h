/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "demo/smtp-session.h"

G_BEGIN_DECLS

#define HERALD_TYPE_DEMO_SMTP_DIALOGUE (herald_demo_smtp_dialogue_get_type ())
G_DECLARE_FINAL_TYPE (HeraldDemoSmtpDialogue, herald_demo_smtp_dialogue,
                      HERALD, DEMO_SMTP_DIALOGUE, GObject)

HeraldDemoSmtpDialogue *herald_demo_smtp_dialogue_new  (GSocketConnection      *connection,
                                                        HeraldDemoMailPolicy   *policy);
void                    herald_demo_smtp_dialogue_stop (HeraldDemoSmtpDialogue *self);

G_END_DECLS
