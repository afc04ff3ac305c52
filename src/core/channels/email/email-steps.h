/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/email/email-route.h"

G_BEGIN_DECLS

const HeraldChannelStep *herald_email_steps_choose (HeraldChannel          *channel,
                                                    const HeraldEmailRoute *route);

G_END_DECLS
