/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-temperature-series"

#include <math.h>

#include "window/printers/temperature-scale.h"
#include "window/printers/temperature-series.h"

#define NOW 1700000000

static void
assert_point (HeraldTemperatureSeries *series,
              guint                    age,
              double                   expected)
{
  double actual = -1;
  double target = -1;

  g_assert_true (herald_temperature_series_get (series, 0, age, &actual, &target));
  g_assert_cmpfloat_with_epsilon (actual, expected, 0.01);
}

static void
assert_no_point (HeraldTemperatureSeries *series,
                 guint                    age)
{
  double actual = 0;
  double target = 0;

  g_assert_false (herald_temperature_series_get (series, 0, age, &actual, &target));
}

static GVariant *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  GVariant *value = g_variant_parse (NULL, text, NULL, NULL, &error);

  g_assert_no_error (error);

  return value;
}

static void
test_history_and_now_are_one_line (void)
{
  g_autoptr(HeraldTemperatureSeries) series = herald_temperature_series_new ();
  g_autoptr(GVariant) history = parse ("@a(xa{s(dd)}) [(1699999980, {'tool0': (100.0, 200.0)}), (1699999990, {'tool0': (150, 200)})]");
  g_autoptr(GVariant) now = parse ("@a{s(dd)} {'tool0': (180.0, 200.0), 'bed': (60.0, 60.0)}");

  herald_temperature_series_add_now (series, NOW, now);
  herald_temperature_series_add_history (series, history);

  g_assert_cmpuint (herald_temperature_series_get_n_heaters (series), ==, 2);
  assert_point (series, 0, 180);
  assert_point (series, 1, 150);
  assert_point (series, 2, 100);
  assert_no_point (series, 3);
}

static void
test_last_of_ten_seconds_stays (void)
{
  g_autoptr(HeraldTemperatureSeries) series = herald_temperature_series_new ();

  herald_temperature_series_add (series, NOW, "tool0", 20, 0);
  herald_temperature_series_add (series, NOW + 9, "tool0", 25, 0);

  assert_point (series, 0, 25);
  assert_no_point (series, 1);
}

static void
test_what_is_older_than_half_an_hour_is_forgotten (void)
{
  g_autoptr(HeraldTemperatureSeries) series = herald_temperature_series_new ();

  herald_temperature_series_add (series, NOW, "tool0", 20, 0);
  herald_temperature_series_add (series, NOW + 1790, "tool0", 30, 0);
  assert_point (series, 179, 20);
  herald_temperature_series_add (series, NOW + 1800, "tool0", 40, 0);
  assert_no_point (series, 179);
  herald_temperature_series_add (series, NOW, "tool0", 99, 0);
  for (guint age = 2; age < HERALD_SERIES_N_SLOTS; age++)
    assert_no_point (series, age);
}

static void
test_time_goes_on_without_points (void)
{
  g_autoptr(HeraldTemperatureSeries) series = herald_temperature_series_new ();

  herald_temperature_series_add (series, NOW, "tool0", 20, 0);
  herald_temperature_series_add_now (series, NOW + 30, NULL);
  assert_no_point (series, 0);
  assert_point (series, 3, 20);
}

static void
test_clock_that_is_put_back_begins_anew (void)
{
  g_autoptr(HeraldTemperatureSeries) series = herald_temperature_series_new ();
  g_autoptr(GVariant) now = parse ("@a{s(dd)} {'tool0': (50.0, 0.0)}");

  herald_temperature_series_add (series, NOW, "tool0", 20, 0);
  herald_temperature_series_add_now (series, NOW - 7200, now);
  assert_point (series, 0, 50);
  for (guint age = 1; age < HERALD_SERIES_N_SLOTS; age++)
    assert_no_point (series, age);
}

static void
test_nonsense_is_dropped (void)
{
  g_autoptr(HeraldTemperatureSeries) series = herald_temperature_series_new ();
  g_autofree char *long_name = g_strnfill (10000, 'x');
  double low = 0;
  double high = 0;

  herald_temperature_series_add (series, NOW, "tool0", NAN, 0);
  herald_temperature_series_add (series, NOW, "tool0", INFINITY, 0);
  herald_temperature_series_add (series, NOW, "tool0", -1e300, 0);
  herald_temperature_series_add (series, -5, "tool0", 20, 0);
  herald_temperature_series_add (series, NOW, "", 20, 0);
  herald_temperature_series_add (series, NOW, long_name, 20, 0);
  g_assert_false (herald_temperature_series_get_range (series, -1, &low, &high));

  herald_temperature_series_add (series, NOW, "tool0", 20, NAN);
  g_assert_true (herald_temperature_series_get_range (series, -1, &low, &high));
  g_assert_cmpfloat (high, ==, 20);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("plugin%u", i);

      herald_temperature_series_add (series, NOW, name, 20, 0);
    }
  g_assert_cmpuint (herald_temperature_series_get_n_heaters (series), ==, HERALD_SERIES_HEATERS_MAX);
}

static void
test_scale_is_round_and_holds_the_curve (void)
{
  static const double ranges[][2] = { { 20, 21 }, { 20, 205 }, { -15, 30 }, { 20, 300 }, { 0, 1000 }, { -200, 2000 }, { 48, 50 } };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      HeraldTemperatureScale scale = herald_temperature_scale_for (ranges[i][0], ranges[i][1]);

      g_assert_cmpfloat (scale.bottom, <=, ranges[i][0]);
      g_assert_cmpfloat (scale.top, >=, ranges[i][1]);
      g_assert_cmpfloat ((scale.top - scale.bottom) / scale.step, <=, 4);
      g_assert_cmpfloat (fmod (scale.bottom, scale.step), ==, 0);
    }
  g_assert_cmpfloat (herald_temperature_scale_for (20, 21).top, ==, 50);
  g_assert_cmpfloat (herald_temperature_scale_for (NAN, INFINITY).top, ==, 50);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/temperature-series/one-line", test_history_and_now_are_one_line);
  g_test_add_func ("/temperature-series/last-stays", test_last_of_ten_seconds_stays);
  g_test_add_func ("/temperature-series/forgotten", test_what_is_older_than_half_an_hour_is_forgotten);
  g_test_add_func ("/temperature-series/goes-on", test_time_goes_on_without_points);
  g_test_add_func ("/temperature-series/put-back", test_clock_that_is_put_back_begins_anew);
  g_test_add_func ("/temperature-series/nonsense", test_nonsense_is_dropped);
  g_test_add_func ("/temperature-series/scale", test_scale_is_round_and_holds_the_curve);

  return g_test_run ();
}
