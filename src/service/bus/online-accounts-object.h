/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "herald-dbus.h"

G_BEGIN_DECLS

/* The part of Service1 that knows which accounts of the desktop send mail. */
void herald_online_accounts_object_implement (HeraldDBusService1Iface *iface);

G_END_DECLS
