/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-transient"

#include "window/base/transient.h"

/* GTK (4.8 to 4.18 at least) destroys a window with its parent, and yet has it forget the parent only when it is freed. That is
 * later, and the parent may be gone, if a call that is on its way still holds the window. */
static void
forget_parent (GtkWindow *window)
{
  gtk_window_set_transient_for (window, NULL);
}

void
herald_transient_attach (GtkWindow *window,
                         GtkWindow *parent)
{
  gtk_window_set_transient_for (window, parent);
  gtk_window_set_destroy_with_parent (window, TRUE);
  g_signal_connect_object (parent, "destroy", G_CALLBACK (forget_parent), window, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}
