/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel-type.h"

G_BEGIN_DECLS

/* (array zero-terminated=1): what a post goes through */
extern const HeraldChannelStep herald_x_steps[];

G_END_DECLS
