/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-temperature-chart"

#include <adwaita.h>

#include "window/printers/temperature-chart.h"

static void
spin (void)
{
  for (gint64 until_us = g_get_monotonic_time () + 300 * 1000; g_get_monotonic_time () < until_us;)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
}

static void
test_chart_is_drawn_only_when_something_moves (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *chart = herald_temperature_chart_new ();
  g_autoptr(GVariant) warm = g_variant_ref_sink (g_variant_new_parsed ("@a{s(dd)} {'tool0': (200.0, 200.0)}"));
  g_autoptr(GVariant) nearly = g_variant_ref_sink (g_variant_new_parsed ("@a{s(dd)} {'tool0': (200.1, 200.0)}"));
  g_autoptr(GVariant) hot = g_variant_ref_sink (g_variant_new_parsed ("@a{s(dd)} {'tool0': (230.0, 230.0)}"));
  guint n_drawn = 0;

  gtk_window_set_child (GTK_WINDOW (window), chart);
  gtk_window_present (GTK_WINDOW (window));
  herald_temperature_chart_add_now (HERALD_TEMPERATURE_CHART (chart), 1700000000, warm);
  spin ();
  n_drawn = herald_temperature_chart_get_n_drawn (HERALD_TEMPERATURE_CHART (chart));
  g_assert_cmpuint (n_drawn, >, 0);

  for (guint i = 1; i < 9; i++)
    herald_temperature_chart_add_now (HERALD_TEMPERATURE_CHART (chart), 1700000000 + i, nearly);
  spin ();
  g_assert_cmpuint (herald_temperature_chart_get_n_drawn (HERALD_TEMPERATURE_CHART (chart)), ==, n_drawn);

  herald_temperature_chart_add_now (HERALD_TEMPERATURE_CHART (chart), 1700000009, hot);
  spin ();
  g_assert_cmpuint (herald_temperature_chart_get_n_drawn (HERALD_TEMPERATURE_CHART (chart)), >, n_drawn);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/temperature-chart/moves", test_chart_is_drawn_only_when_something_moves);

  return g_test_run ();
}
