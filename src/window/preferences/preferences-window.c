/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-preferences-window"

#include "window/preferences/preferences-window.h"

void
herald_preferences_window_present (GtkWindow         *parent,
                                   HeraldServiceLink *link)
{
}
