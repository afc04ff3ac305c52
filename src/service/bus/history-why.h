/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "herald-dbus.h"

G_BEGIN_DECLS

/* The part of Service1 that says why something was told, and to whom not */
void herald_history_why_implement (HeraldDBusService1Iface *iface);

G_END_DECLS
