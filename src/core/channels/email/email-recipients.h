/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"

G_BEGIN_DECLS

/* Whether they are phones behind a mail-to-SMS gateway, and whether those get pictures, too */
gboolean                 herald_email_recipients_are_phones       (HeraldChannel *channel);
gboolean                 herald_email_recipients_get_pictures     (HeraldChannel *channel);

char                   **herald_email_recipients_dup_destinations (HeraldChannel *channel);
char                    *herald_email_recipients_dup_list         (HeraldChannel *channel,
                                                                   const char    *name);
const HeraldPictureForm *herald_email_recipients_get_picture_form (HeraldChannel *channel);

/* Of settings whose fields are right, each by itself */
gboolean                 herald_email_recipients_check            (HeraldValues  *settings,
                                                                   GError       **error);
char                    *herald_email_recipients_dup_doubt        (HeraldValues  *settings);

G_END_DECLS
