/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"

G_BEGIN_DECLS

/* In the order of a connection that is encrypted from the start; terminated */
extern const HeraldChannelStep herald_email_steps[];

const HeraldChannelStep *herald_email_steps_get (HeraldChannel *channel);

G_END_DECLS
