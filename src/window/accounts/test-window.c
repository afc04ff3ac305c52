/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-window"

#include "window/accounts/test-window.h"

#include <glib/gi18n-lib.h>

#include "window/accounts/test-view.h"
#include "window/base/pane.h"

void
herald_test_window_present (GtkWindow          *parent,
                            HeraldDBusChannel1 *channel)
{
  /* Translators: the name of an account */
  g_autofree char *title = g_strdup_printf (_("Test of %s"), herald_dbus_channel1_get_name (channel));
  GtkWidget *view = herald_test_view_new (channel);

  gtk_window_present (herald_pane_new (parent, title, view));
  herald_test_view_start_if_free (HERALD_TEST_VIEW (view));
}
