/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "herald-dbus.h"

G_BEGIN_DECLS

/* The part of Service1 that is about a single message: how it was tried, and what went with it. */
void herald_history_detail_implement (HeraldDBusService1Iface *iface);

G_END_DECLS
