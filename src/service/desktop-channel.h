/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"

G_BEGIN_DECLS

#define HERALD_TYPE_DESKTOP_CHANNEL (herald_desktop_channel_get_type ())
G_DECLARE_FINAL_TYPE (HeraldDesktopChannel, herald_desktop_channel, HERALD, DESKTOP_CHANNEL,
                      HeraldChannel)

extern const HeraldChannelType herald_desktop_channel_type;

G_END_DECLS
