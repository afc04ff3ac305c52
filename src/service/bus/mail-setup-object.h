/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "herald-dbus.h"

G_BEGIN_DECLS

/* The part of Service1 that finds the mail server of an address. */
void herald_mail_setup_object_implement (HeraldDBusService1Iface *iface);

G_END_DECLS
