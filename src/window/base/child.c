/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-child"

#include "window/base/child.h"

void
herald_child_set (GtkWidget  *parent,
                  GtkWidget **child,
                  GtkWidget  *wanted)
{
  g_clear_pointer (child, gtk_widget_unparent);
  *child = wanted;
  if (wanted != NULL)
    gtk_widget_set_parent (wanted, parent);
}

int
herald_child_measure_width (GtkWidget *child)
{
  int minimum = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

int
herald_child_measure_height (GtkWidget *child,
                             int        width)
{
  int natural = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);

  return natural;
}
