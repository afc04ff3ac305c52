/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For widgets of ours that place their children themselves */

/* @child: where @parent keeps one of them; @wanted: (nullable): what is there from now on */
void herald_child_set            (GtkWidget  *parent,
                                  GtkWidget **child,
                                  GtkWidget  *wanted);

/* Pixels: what it takes at least, and what it likes to have if it is @width wide; 0 for one that is not shown */
int  herald_child_measure_width  (GtkWidget  *child);
int  herald_child_measure_height (GtkWidget  *child,
                                  int         width);

G_END_DECLS
