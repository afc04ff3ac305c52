/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/base/field-group.h"
#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_MAIL_SENDER (herald_mail_sender_get_type ())
G_DECLARE_FINAL_TYPE (HeraldMailSender, herald_mail_sender, HERALD, MAIL_SENDER, AdwBin)

/* The choice between the mail accounts of the desktop and another address; nothing where there are none. It fills in the field
 * `account`. Signal: changed */
GtkWidget *herald_mail_sender_new      (HeraldServiceLink  *link,
                                        HeraldFieldGroup   *fields,
                                        HeraldDBusChannel1 *channel);
/* What is not needed with an account of the desktop; both can be NULL, and outlive this */
void       herald_mail_sender_set_rest (HeraldMailSender   *self,
                                        GtkWidget          *login,
                                        GtkWidget          *server);
/* (nullable): that of the chosen account of the desktop; NULL if none is */
const char *herald_mail_sender_get_address (HeraldMailSender *self);

G_END_DECLS
