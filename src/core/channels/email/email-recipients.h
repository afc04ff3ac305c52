/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"

G_BEGIN_DECLS

gboolean                 herald_email_recipients_are_phones       (HeraldChannel *channel);
char                   **herald_email_recipients_dup_destinations (HeraldChannel *channel);
const HeraldPictureForm *herald_email_recipients_get_picture_form (HeraldChannel *channel);

G_END_DECLS
