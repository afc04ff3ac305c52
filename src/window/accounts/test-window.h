/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "herald-dbus.h"

G_BEGIN_DECLS

/* Sends a test message by @channel, at once if it costs nothing, and shows what becomes of it */
void herald_test_window_present (GtkWindow          *parent,
                                 HeraldDBusChannel1 *channel);

G_END_DECLS
