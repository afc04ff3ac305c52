/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "herald-dbus.h"

G_BEGIN_DECLS

#define HERALD_TYPE_FOREIGN_WINDOW (herald_foreign_window_get_type ())
G_DECLARE_FINAL_TYPE (HeraldForeignWindow, herald_foreign_window, HERALD, FOREIGN_WINDOW, AdwWindow)

/* What of another program's settings would be taken over; they are when a person says so. @content: (nullable): of a file;
 * else @printer is the id of the one whose OctoPrint is asked. Signal: done */
GtkWidget *herald_foreign_window_present (GtkWindow          *parent,
                                          HeraldDBusService1 *service,
                                          GBytes             *content,
                                          const char         *printer);

G_END_DECLS
