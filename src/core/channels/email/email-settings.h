/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"
#include "core/net/smtp-account.h"

G_BEGIN_DECLS

#define HERALD_EMAIL_PASSWORD_FIELD "password"
#define HERALD_EMAIL_MESSAGES_PER_DAY "messages-per-day"

extern const HeraldPictureForm herald_email_picture_form;
extern const HeraldPictureForm herald_email_account_picture_form;

/* What the settings of an e-mail channel say. */
HeraldSmtpSecurity herald_email_settings_get_security (HeraldChannel  *channel);
guint16            herald_email_settings_get_port     (HeraldChannel  *channel);
gboolean           herald_email_settings_get_boolean  (HeraldChannel  *channel,
                                                       const char     *name);
gboolean           herald_email_settings_check        (HeraldValues   *settings,
                                                       GError        **error);

G_END_DECLS
