/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl/output.h"
#include "herald-dbus.h"

G_BEGIN_DECLS

/* Nothing is printed, and null is added, for one that has no bounds and costs nothing. */
void herald_channel_spending_print    (GPtrArray          *channels);
void herald_channel_spending_add_json (JsonBuilder        *builder,
                                       HeraldDBusChannel1 *channel);

G_END_DECLS
