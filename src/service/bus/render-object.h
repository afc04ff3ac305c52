/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "herald-dbus.h"

G_BEGIN_DECLS

/* The part of Service1 that shows what a message would say. */
void herald_render_object_implement (HeraldDBusService1Iface *iface);

G_END_DECLS
