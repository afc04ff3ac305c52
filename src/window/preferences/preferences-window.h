/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

void herald_preferences_window_present (GtkWindow         *parent,
                                        HeraldServiceLink *link);

G_END_DECLS
