/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/application.h"
#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_MAIN_WINDOW (herald_main_window_get_type ())
G_DECLARE_FINAL_TYPE (HeraldMainWindow, herald_main_window, HERALD, MAIN_WINDOW, AdwApplicationWindow)

GtkWindow *herald_main_window_new (HeraldApplication *application,
                                   HeraldServiceLink *link);

G_END_DECLS
