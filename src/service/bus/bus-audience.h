/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HERALD_TYPE_BUS_AUDIENCE (herald_bus_audience_get_type ())
G_DECLARE_FINAL_TYPE (HeraldBusAudience, herald_bus_audience, HERALD, BUS_AUDIENCE, GObject)

HeraldBusAudience *herald_bus_audience_new            (const char        *root);
void               herald_bus_audience_set_connection (HeraldBusAudience *self,
                                                       GDBusConnection   *connection);
gboolean           herald_bus_audience_is_there       (HeraldBusAudience *self);

G_END_DECLS
