/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* (transfer none): a window that stands before @parent and is closed by Escape, with a header bar, a place for notices, and
 * @child, which is scrolled and never wider than one can read well */
GtkWindow    *herald_pane_new        (GtkWindow  *parent,
                                      const char *title,
                                      GtkWidget  *child);
AdwHeaderBar *herald_pane_get_header (GtkWindow  *pane);

G_END_DECLS
