/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_ADD_WINDOW (herald_add_window_get_type ())
G_DECLARE_FINAL_TYPE (HeraldAddWindow, herald_add_window, HERALD, ADD_WINDOW, AdwWindow)

GtkWindow *herald_add_window_new (GtkWindow         *parent,
                                  HeraldServiceLink *link);

G_END_DECLS
