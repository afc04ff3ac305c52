/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-temperature-history"

#include "core/printers/temperature-history.h"

#include <malloc.h>
#include <math.h>

/* Divisible by ten seconds */
#define NOW_S G_GINT64_CONSTANT (1795228390)
#define NOW_MS (NOW_S * 1000)

#define N_RANDOM_SLOTS 20000
#define N_HISTORIES 1000

/* "seconds before now: heater actual target, …", oldest first */
static char *
describe (HeraldTemperatureHistory *history,
          gint64                    now_ms)
{
  g_autoptr(GVariant) points =
    g_variant_ref_sink (herald_temperature_history_to_variant (history, now_ms));
  GString *text = g_string_new (NULL);
  GVariantIter iter;
  GVariantIter *heaters;
  gint64 when_s;

  g_assert_true (g_variant_is_of_type (points, G_VARIANT_TYPE ("a(xa{s(dd)})")));
  g_variant_iter_init (&iter, points);
  while (g_variant_iter_loop (&iter, "(xa{s(dd)})", &when_s, &heaters))
    {
      const char *name;
      double actual;
      double target;

      g_string_append_printf (text, "%s%d:", text->len > 0 ? "; " : "",
                              (int) (now_ms / 1000 - when_s));
      while (g_variant_iter_next (heaters, "{&s(dd)}", &name, &actual, &target))
        g_string_append_printf (text, " %s %.1f %.1f", name, actual, target);
    }

  return g_string_free (text, FALSE);
}

static void
assert_points (HeraldTemperatureHistory *history,
               gint64                    now_ms,
               const char               *expected)
{
  g_autofree char *text = describe (history, now_ms);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_points_in_any_order (void)
{
  g_autoptr(HeraldTemperatureHistory) history = herald_temperature_history_new ();

  assert_points (history, NOW_MS, "");
  herald_temperature_history_add (history, NOW_MS - 20000, "bed", 60.04, 60);
  herald_temperature_history_add (history, NOW_MS - 40000, "bed", 58.96, 60);
  herald_temperature_history_add (history, NOW_MS, "bed", 60.2, 60);
  herald_temperature_history_add (history, NOW_MS - 20000, "tool0", 210, 210);
  assert_points (history, NOW_MS,
                 "40: bed 59.0 60.0; 20: bed 60.0 60.0 tool0 210.0 210.0; 0: bed 60.2 60.0");

  /* The same ten seconds again: the last word counts, nothing is there twice. */
  herald_temperature_history_add (history, NOW_MS - 40000, "bed", 59.5, 60);
  herald_temperature_history_add (history, NOW_MS - 40000 + 9999, "bed", -12.34, 0);
  assert_points (history, NOW_MS,
                 "40: bed -12.3 0.0; 20: bed 60.0 60.0 tool0 210.0 210.0; 0: bed 60.2 60.0");
}

static void
test_half_an_hour_is_kept (void)
{
  g_autoptr(HeraldTemperatureHistory) history = herald_temperature_history_new ();
  g_autoptr(GVariant) points = NULL;
  g_autoptr(GVariant) empty = NULL;

  for (gint64 s = -7200; s <= 0; s++)
    herald_temperature_history_add (history, NOW_MS + s * 1000, "bed", (double) -s / 10, 0);
  herald_temperature_history_add (history, NOW_MS - 1800 * 1000, "bed", 99, 0);

  points = g_variant_ref_sink (herald_temperature_history_to_variant (history, NOW_MS));
  g_assert_cmpuint (g_variant_n_children (points), ==, 180);
  for (gsize i = 0; i < 180; i++)
    {
      g_autoptr(GVariant) point = g_variant_get_child_value (points, i);
      gint64 when_s;

      g_variant_get_child (point, 0, "x", &when_s);
      g_assert_cmpint (when_s, ==, NOW_S - 1790 + (gint64) i * 10);
    }

  /* Time passes although no state comes. */
  assert_points (history, NOW_MS + 1780 * 1000, "1790: bed 0.1 0.0; 1780: bed 0.0 0.0");
  empty = herald_temperature_history_to_variant (history, NOW_MS + 1800 * 1000);
  g_assert_cmpuint (g_variant_n_children (empty), ==, 0);
}

static void
test_clock_is_put_right (void)
{
  g_autoptr(HeraldTemperatureHistory) history = herald_temperature_history_new ();
  g_autoptr(HeraldPrinterState) state = herald_printer_state_new ();

  /* A point of the future goes when our clock is heard of, and what comes then is kept. */
  herald_temperature_history_add (history, NOW_MS - 10000, "bed", 50, 0);
  herald_temperature_history_add (history, NOW_MS + 10000, "bed", 51, 0);
  assert_points (history, NOW_MS, "10: bed 50.0 0.0");
  assert_points (history, NOW_MS + 10000, "20: bed 50.0 0.0");
  herald_temperature_history_add (history, G_MAXINT64, "bed", 52, 0);
  herald_printer_state_add_heater (state, "bed", 53, 60);
  state->received_ms = NOW_MS;
  herald_temperature_history_add_state (history, state);
  assert_points (history, NOW_MS, "0: bed 53.0 60.0");

  /* After a gap the server tells what we missed before it tells how it is now. */
  for (int s = -1790; s <= 0; s += 10)
    herald_temperature_history_add (history, NOW_MS + (3 * 3600 + s) * 1000, "bed", 20, 0);
  state->received_ms = NOW_MS + (3 * 3600 + 10) * 1000;
  herald_temperature_history_add_state (history, state);
  {
    g_autoptr(GVariant) points =
      g_variant_ref_sink (herald_temperature_history_to_variant (history, state->received_ms));

    g_assert_cmpuint (g_variant_n_children (points), ==, 180);
  }

  /* Put back by ten minutes, by a year, by more than there is. */
  assert_points (history, NOW_MS - G_GINT64_CONSTANT (31536000000), "");
  assert_points (history, G_MININT64, "");
  assert_points (history, 0, "");
  assert_points (history, G_MAXINT64, "");
}

static void
test_foreign_points_do_no_harm (void)
{
  g_autoptr(HeraldTemperatureHistory) history = herald_temperature_history_new ();
  g_autofree char *huge = g_strnfill (100000, 'x');

  herald_temperature_history_add (history, NOW_MS, "", 1, 1);
  herald_temperature_history_add (history, NOW_MS, huge, 1, 1);
  herald_temperature_history_add (history, NOW_MS, "\xff\xfe", 1, 1);
  herald_temperature_history_add (history, -1, "bed", 1, 1);
  herald_temperature_history_add (history, G_MININT64, "bed", 1, 1);
  herald_temperature_history_add (history, NOW_MS, "bed", NAN, 1);
  herald_temperature_history_add (history, NOW_MS, "bed", INFINITY, 1);
  assert_points (history, NOW_MS, "");

  herald_temperature_history_add (history, NOW_MS, "bed", 1e300, NAN);
  herald_temperature_history_add (history, NOW_MS, "tool0", -1e300, -INFINITY);
  assert_points (history, NOW_MS, "0: bed 3000.0 0.0 tool0 -3000.0 0.0");

  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("h%d", i);

      herald_temperature_history_add (history, NOW_MS, name, i, 0);
    }
  assert_points (history, NOW_MS,
                 "0: bed 3000.0 0.0 tool0 -3000.0 0.0 h0 0.0 0.0 h1 1.0 0.0 h2 2.0 0.0 h3 3.0 0.0"
                 " h4 4.0 0.0 h5 5.0 0.0");
}

/* What it was given is what it gives, for random points that are asked for now and then. */
static void
test_random_points_agree_with_a_plain_table (void)
{
  g_autoptr(HeraldTemperatureHistory) history = herald_temperature_history_new ();
  g_autofree int *table = g_new0 (int, N_RANDOM_SLOTS);
  gint64 newest = 0;

  for (guint i = 0; i < 20000; i++)
    {
      gint64 slot = newest + g_test_rand_int_range (-200, i % 50 == 0 ? 30 : 2);
      int actual = g_test_rand_int_range (1, 3000);

      slot = CLAMP (slot, 0, N_RANDOM_SLOTS - 1);
      if (slot > newest - 180)
        table[slot] = actual;
      newest = MAX (newest, slot);
      herald_temperature_history_add (history, NOW_MS + slot * 10000, "bed", actual, 0);

      if (i % 100 == 0)
        {
          g_autofree char *text = describe (history, NOW_MS + newest * 10000);
          g_autoptr(GString) expected = g_string_new (NULL);

          for (gint64 k = MAX (newest - 179, 0); k <= newest; k++)
            if (table[k] != 0)
              g_string_append_printf (expected, "%s%d: bed %d.0 0.0", expected->len > 0 ? "; " : "",
                                      (int) (newest - k) * 10, table[k]);
          g_assert_cmpstr (text, ==, expected->str);
        }
    }
}

/* Many of them, as the allocator keeps a few freed pieces and counts them as taken. */
static void
test_three_heaters_are_small (void)
{
  static const char *const names[] = { "tool0", "bed", "chamber" };
  g_autoptr(GPtrArray) histories =
    g_ptr_array_new_with_free_func ((GDestroyNotify) herald_temperature_history_free);
  gsize before_bytes = mallinfo2 ().uordblks;
  gsize bytes;

  for (guint i = 0; i < N_HISTORIES; i++)
    {
      HeraldTemperatureHistory *history = herald_temperature_history_new ();

      g_ptr_array_add (histories, history);
      for (guint k = 0; k < 600; k++)
        herald_temperature_history_add (history, NOW_MS + k * 10000, names[k % 3], 20, 0);
    }

  bytes = (mallinfo2 ().uordblks - before_bytes) / N_HISTORIES;
  if (bytes == 0)
    {
      g_test_skip ("this allocator does not count");
      return;
    }
  g_test_message ("%u bytes", (guint) bytes);
  g_assert_cmpuint (bytes, >=, 3 * 180 * 4);
  g_assert_cmpuint (bytes, <=, 5 * 1024);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/temperature-history/order", test_points_in_any_order);
  g_test_add_func ("/temperature-history/half-an-hour", test_half_an_hour_is_kept);
  g_test_add_func ("/temperature-history/clock", test_clock_is_put_right);
  g_test_add_func ("/temperature-history/foreign", test_foreign_points_do_no_harm);
  g_test_add_func ("/temperature-history/random", test_random_points_agree_with_a_plain_table);
  g_test_add_func ("/temperature-history/size", test_three_heaters_are_small);

  return g_test_run ();
}
