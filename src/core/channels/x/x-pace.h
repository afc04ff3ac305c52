/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"

G_BEGIN_DECLS

/* For the class of the channel: how long a post may be, how many there may be, and what they may cost */
void herald_x_pace_implement (HeraldChannelClass *klass);

G_END_DECLS
