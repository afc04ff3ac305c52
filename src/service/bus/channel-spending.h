/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

/* What a channel has sent and spent, for the bus; empty if it has no bounds and costs nothing */
GVariant *herald_channel_spending_report   (HeraldEngine                *engine,
                                            HeraldChannel               *channel);
char     *herald_channel_spending_describe (const HeraldAllowanceReport *report);

G_END_DECLS
