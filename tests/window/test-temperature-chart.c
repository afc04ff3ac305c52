/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-temperature-chart"

#include <adwaita.h>

#include "window/printers/heater-style.h"
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

static void
test_gap_begins_when_nobody_looked_for_half_a_minute (void)
{
  g_autoptr(GtkWidget) widget = g_object_ref_sink (herald_temperature_chart_new ());
  HeraldTemperatureChart *chart = HERALD_TEMPERATURE_CHART (widget);
  g_autoptr(GVariant) warm = g_variant_ref_sink (g_variant_new_parsed ("@a{s(dd)} {'tool0': (200.0, 200.0)}"));

  g_assert_false (herald_temperature_chart_has_gap (chart, 1700000000));
  herald_temperature_chart_add_now (chart, 1700000000, warm);
  g_assert_false (herald_temperature_chart_has_gap (chart, 1700000020));
  g_assert_true (herald_temperature_chart_has_gap (chart, 1700000030));
  herald_temperature_chart_add_now (chart, 1700000030, warm);
  g_assert_false (herald_temperature_chart_has_gap (chart, 1700000030));
}

/* How much of a column of pixels below the line is painted at all */
static guint
count_painted (cairo_surface_t *surface,
               int              x,
               int              from,
               int              to)
{
  const guchar *pixels = cairo_image_surface_get_data (surface);
  guint n_painted = 0;

  for (int y = from; y < to; y++)
    n_painted += pixels[y * cairo_image_surface_get_stride (surface) + x * 4 + 3] > 0;

  return n_painted;
}

static void
test_nothing_is_filled_where_nothing_was_measured (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *chart = herald_temperature_chart_new ();
  g_autoptr(GVariant) history = g_variant_ref_sink (g_variant_new_parsed (
    "@a(xa{s(dd)}) [(1700000000, {'tool0': (200.0, 0.0)}), (1700000010, {'tool0': (200.0, 0.0)}),"
    " (1700001700, {'tool0': (200.0, 0.0)}), (1700001780, {'tool0': (20.0, 0.0)})]"));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 400, 120);
  cairo_t *cr = cairo_create (surface);
  GskRenderNode *node;

  gtk_window_set_child (GTK_WINDOW (window), chart);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 120);
  gtk_window_present (GTK_WINDOW (window));
  herald_temperature_chart_add_history (HERALD_TEMPERATURE_CHART (chart), history);
  spin ();
  GTK_WIDGET_GET_CLASS (chart)->snapshot (chart, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  cairo_surface_flush (surface);

  /* Lines of the grid alone */
  g_assert_cmpuint (count_painted (surface, 200, 0, 90), <, 20);

  gsk_render_node_unref (node);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Also for who does not see colours */
static void
test_each_heater_has_a_line_of_its_own (void)
{
  static const char *const heaters[] = { "tool0", "tool1", "tool2", "tool3", "tool4", "tool5", "bed", "chamber" };

  for (guint i = 0; i < G_N_ELEMENTS (heaters); i++)
    {
      HeraldHeaterStyle style = herald_heater_style_get (heaters[i]);

      for (guint k = 0; k < i; k++)
        {
          HeraldHeaterStyle other = herald_heater_style_get (heaters[k]);

          g_assert_true (style.dashes != other.dashes);
          g_assert_false (gdk_rgba_equal (&style.color, &other.color));
        }
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/temperature-chart/moves", test_chart_is_drawn_only_when_something_moves);

  g_test_add_func ("/temperature-chart/gap", test_gap_begins_when_nobody_looked_for_half_a_minute);
  g_test_add_func ("/temperature-chart/fill", test_nothing_is_filled_where_nothing_was_measured);
  g_test_add_func ("/temperature-chart/styles", test_each_heater_has_a_line_of_its_own);

  return g_test_run ();
}
