/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel-type.h"

G_BEGIN_DECLS

/* Every way of reaching a person, %NULL-terminated. A new one is a line here. */
extern const HeraldChannelType *const herald_channel_registry[];

G_END_DECLS
