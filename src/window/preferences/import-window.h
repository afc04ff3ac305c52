/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HERALD_TYPE_IMPORT_WINDOW (herald_import_window_get_type ())
G_DECLARE_FINAL_TYPE (HeraldImportWindow, herald_import_window, HERALD, IMPORT_WINDOW, AdwWindow)

/* What settings of a file would change, a sentence each. Signal: accepted */
GtkWidget *herald_import_window_present (GtkWindow         *parent,
                                         const char *const *lines);

G_END_DECLS
