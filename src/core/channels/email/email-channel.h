/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"

G_BEGIN_DECLS

#define HERALD_TYPE_EMAIL_CHANNEL (herald_email_channel_get_type ())
G_DECLARE_FINAL_TYPE (HeraldEmailChannel, herald_email_channel, HERALD, EMAIL_CHANNEL, HeraldChannel)

extern const HeraldChannelType herald_email_channel_type;

G_END_DECLS
