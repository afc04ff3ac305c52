/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "herald-dbus.h"

G_BEGIN_DECLS

void herald_gateway_object_implement (HeraldDBusService1Iface *iface);

G_END_DECLS
