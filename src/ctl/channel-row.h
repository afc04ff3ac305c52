/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl/output.h"
#include "herald-dbus.h"

G_BEGIN_DECLS

void herald_channel_row_add_json (JsonBuilder        *builder,
                                  HeraldDBusChannel1 *channel);
void herald_channel_row_print    (GPtrArray          *channels);

/* Nothing is printed for one that works. */
void herald_channel_row_print_problems (GPtrArray *channels);

G_END_DECLS
