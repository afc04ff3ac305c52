/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_CHANGE_WINDOW (herald_change_window_get_type ())
G_DECLARE_FINAL_TYPE (HeraldChangeWindow, herald_change_window, HERALD, CHANGE_WINDOW, AdwWindow)

GtkWindow *herald_change_window_new (GtkWindow          *parent,
                                     HeraldServiceLink  *link,
                                     HeraldDBusPrinter1 *printer);

G_END_DECLS
