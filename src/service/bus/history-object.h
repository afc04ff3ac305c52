/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "herald-dbus.h"

G_BEGIN_DECLS

/* The part of Service1 that is about the history: what became of each message. */
void herald_history_object_implement (HeraldDBusService1Iface *iface);

G_END_DECLS
