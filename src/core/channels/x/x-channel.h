/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"

G_BEGIN_DECLS

#define HERALD_TYPE_X_CHANNEL (herald_x_channel_get_type ())
G_DECLARE_FINAL_TYPE (HeraldXChannel, herald_x_channel, HERALD, X_CHANNEL, HeraldChannel)

G_END_DECLS
