/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-transient"

#include <adwaita.h>

#include "window/base/transient.h"

/* A call that is on its way holds its window; warnings end this program. */
static void
test_window_that_is_still_held_outlives_its_parent (void)
{
  GtkWindow *parent = GTK_WINDOW (adw_window_new ());
  GtkWindow *child = GTK_WINDOW (adw_window_new ());

  herald_transient_attach (child, parent);
  g_assert_true (gtk_window_get_transient_for (child) == parent);
  g_object_add_weak_pointer (G_OBJECT (parent), (gpointer *) &parent);
  g_object_ref (child);

  gtk_window_destroy (parent);
  g_assert_null (parent);
  g_assert_null (gtk_window_get_transient_for (child));

  g_object_add_weak_pointer (G_OBJECT (child), (gpointer *) &child);
  g_object_unref (child);
  g_assert_null (child);
}

static void
test_window_goes_with_its_parent (void)
{
  GtkWindow *parent = GTK_WINDOW (adw_window_new ());
  GtkWindow *child = GTK_WINDOW (adw_window_new ());
  GtkWindow *first_to_go = GTK_WINDOW (adw_window_new ());

  herald_transient_attach (child, parent);
  herald_transient_attach (first_to_go, parent);
  g_object_add_weak_pointer (G_OBJECT (child), (gpointer *) &child);
  gtk_window_destroy (first_to_go);
  g_assert_nonnull (child);

  gtk_window_destroy (parent);
  g_assert_null (child);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/transient/held", test_window_that_is_still_held_outlives_its_parent);
  g_test_add_func ("/transient/together", test_window_goes_with_its_parent);

  return g_test_run ();
}
