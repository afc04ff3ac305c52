/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "herald-dbus.h"

G_BEGIN_DECLS

/* The part of Service1 that has a printer for people without one. */
void herald_demo_object_implement (HeraldDBusService1Iface *iface);

G_END_DECLS
