/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HERALD_TYPE_HELP_WINDOW (herald_help_window_get_type ())
G_DECLARE_FINAL_TYPE (HeraldHelpWindow, herald_help_window, HERALD, HELP_WINDOW, AdwWindow)

/* The documentation, in the one window for it
 * @target: (nullable): a page, e.g. `email.md` or `x.md#switching-it-off`; %NULL for the list of all
 * Returns: (transfer none): it */
GtkWidget *herald_help_window_present (GtkApplication *application,
                                       const char     *target);

G_END_DECLS
