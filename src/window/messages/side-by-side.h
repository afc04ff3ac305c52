/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HERALD_TYPE_SIDE_BY_SIDE (herald_side_by_side_get_type ())
G_DECLARE_FINAL_TYPE (HeraldSideBySide, herald_side_by_side, HERALD, SIDE_BY_SIDE, GtkWidget)

/* Properties: main, aside, rest (widgets; all three have to be there), set in this order, which is that of the keyboard */

G_END_DECLS
