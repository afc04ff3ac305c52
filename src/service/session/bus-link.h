/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HERALD_TYPE_BUS_LINK (herald_bus_link_get_type ())
G_DECLARE_FINAL_TYPE (HeraldBusLink, herald_bus_link, HERALD, BUS_LINK, GObject)

/* Signals: connected (GDBusConnection), disconnected, absent: the first try failed. */
HeraldBusLink *herald_bus_link_new   (GBusType       type);
void           herald_bus_link_start (HeraldBusLink *self);
void           herald_bus_link_stop  (HeraldBusLink *self);

G_END_DECLS
