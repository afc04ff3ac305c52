/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HERALD_TYPE_SESSION_BUS (herald_session_bus_get_type ())
G_DECLARE_FINAL_TYPE (HeraldSessionBus, herald_session_bus, HERALD, SESSION_BUS, GObject)

/* Signals: connected (GDBusConnection), disconnected, absent: the first try failed. */
HeraldSessionBus *herald_session_bus_new   (void);
void              herald_session_bus_start (HeraldSessionBus *self);
void              herald_session_bus_stop  (HeraldSessionBus *self);

G_END_DECLS
