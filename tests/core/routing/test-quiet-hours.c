/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-quiet-hours"

#include "core/routing/quiet-hours.h"

#include "core/base/time-words.h"

#define MINUTE_MS (60 * 1000)

/* ISO 8601 with offset */
static gint64
at (const char *moment)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (moment, NULL);

  g_assert_nonnull (time);

  return g_date_time_to_unix (time) * 1000;
}

/* @end: (nullable): %NULL if it is not quiet at @now */
static void
assert_quiet (const char *from,
              const char *until,
              const char *now,
              const char *end)
{
  g_autoptr(GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  HeraldQuietHours hours;
  gint64 found;

  herald_quiet_hours_read (&hours, from, until, TRUE);
  found = herald_quiet_hours_get_end_ms (&hours, at (now), berlin);
  if (found != (end != NULL ? at (end) : 0))
    g_error ("%s to %s: at %s it ends %+" G_GINT64_FORMAT " s off %s", from, until, now,
             (found - (end != NULL ? at (end) : 0)) / 1000, end);
}

static void
test_within_a_day (void)
{
  assert_quiet ("12:00", "14:30", "2026-06-10T11:59:59+02", NULL);
  assert_quiet ("12:00", "14:30", "2026-06-10T12:00:00+02", "2026-06-10T14:30:00+02");
  assert_quiet ("12:00", "14:30", "2026-06-10T14:29:59+02", "2026-06-10T14:30:00+02");
  assert_quiet ("12:00", "14:30", "2026-06-10T14:30:00+02", NULL);
  assert_quiet ("00:00", "23:59", "2026-06-10T00:00:00+02", "2026-06-10T23:59:00+02");
  assert_quiet ("00:00", "23:59", "2026-06-10T23:59:00+02", NULL);
}

static void
test_over_midnight (void)
{
  assert_quiet ("22:00", "7:00", "2026-06-10T21:59:59+02", NULL);
  assert_quiet ("22:00", "7:00", "2026-06-10T22:00:00+02", "2026-06-11T07:00:00+02");
  assert_quiet ("22:00", "7:00", "2026-06-11T00:00:00+02", "2026-06-11T07:00:00+02");
  assert_quiet ("22:00", "7:00", "2026-06-11T06:59:59+02", "2026-06-11T07:00:00+02");
  assert_quiet ("22:00", "7:00", "2026-06-11T07:00:00+02", NULL);
  assert_quiet ("22:00", "00:00", "2026-12-31T23:30:00+01", "2027-01-01T00:00:00+01");
  assert_quiet ("22:00", "00:00", "2027-01-01T00:00:00+01", NULL);
  assert_quiet ("23:59", "23:58", "2026-06-10T12:00:00+02", "2026-06-10T23:58:00+02");
}

/* On 29 March the clock goes from 2:00 to 3:00. */
static void
test_night_that_is_an_hour_short (void)
{
  assert_quiet ("22:00", "07:00", "2026-03-28T23:00:00+01", "2026-03-29T07:00:00+02");
  assert_quiet ("22:00", "07:00", "2026-03-29T03:00:00+02", "2026-03-29T07:00:00+02");
  assert_quiet ("22:00", "02:30", "2026-03-29T01:59:59+01", "2026-03-29T03:00:00+02");
  assert_quiet ("22:00", "02:30", "2026-03-29T03:00:00+02", NULL);
  assert_quiet ("02:30", "08:00", "2026-03-29T01:59:59+01", NULL);
  assert_quiet ("02:30", "08:00", "2026-03-29T03:00:00+02", "2026-03-29T08:00:00+02");
  assert_quiet ("02:15", "02:45", "2026-03-29T03:00:00+02", NULL);
}

/* On 25 October the clock goes from 3:00 back to 2:00. */
static void
test_night_that_is_an_hour_long (void)
{
  assert_quiet ("22:00", "07:00", "2026-10-24T23:00:00+02", "2026-10-25T07:00:00+01");
  assert_quiet ("22:00", "02:30", "2026-10-25T02:29:59+02", "2026-10-25T02:30:00+01");
  assert_quiet ("22:00", "02:30", "2026-10-25T02:45:00+02", "2026-10-25T02:30:00+01");
  assert_quiet ("22:00", "02:30", "2026-10-25T02:30:00+01", NULL);
  assert_quiet ("02:30", "08:00", "2026-10-25T02:29:59+02", NULL);
  assert_quiet ("02:30", "08:00", "2026-10-25T02:30:00+02", "2026-10-25T08:00:00+01");
  assert_quiet ("02:30", "08:00", "2026-10-25T02:10:00+01", "2026-10-25T08:00:00+01");
}

static void
test_what_makes_no_hours_is_none (void)
{
  static const char *const pairs[][2] = {
    { "", "" }, { "22:00", "" }, { "", "07:00" }, { "22:00", "22:00" }, { "22:00", "24:00" }, { "22:60", "07:00" },
    { "22", "07:00" }, { "22:0", "07:00" }, { "-1:00", "07:00" }, { "22:00 ", "07:00" }, { "122:00", "07:00" },
    { "9:00 PM", "07:00" }, { "２２:00", "07:00" }, { ":00", "07:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      assert_quiet (pairs[i][0], pairs[i][1], "2026-06-10T23:00:00+02", NULL);
      assert_quiet (pairs[i][0], pairs[i][1], "2026-06-10T03:00:00+02", NULL);
    }
}

/* Whatever the hours and whenever somebody asks: it is quiet until a moment at which it is not, and in between it is. */
static void
test_each_night_is_one_stretch (void)
{
  g_autoptr(GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  static const char *const changes[] = { "2026-03-28T00:00:00+01", "2026-10-24T00:00:00+02", "2026-06-10T00:00:00+02" };

  for (guint i = 0; i < 500; i++)
    {
      gint64 now_ms = at (changes[i % G_N_ELEMENTS (changes)]) + g_test_rand_int_range (0, 72 * 60) * MINUTE_MS;
      HeraldQuietHours hours = { g_test_rand_int_range (0, 24 * 60), g_test_rand_int_range (0, 24 * 60), TRUE };
      gint64 end_ms = herald_quiet_hours_get_end_ms (&hours, now_ms, berlin);

      if (hours.from == hours.until || end_ms == 0)
        continue;

      g_assert_cmpint (end_ms, >, now_ms);
      g_assert_cmpint (end_ms - now_ms, <=, 25 * 60 * MINUTE_MS);
      for (gint64 later_ms = now_ms; later_ms < end_ms; later_ms += 7 * MINUTE_MS)
        g_assert_cmpint (herald_quiet_hours_get_end_ms (&hours, later_ms, berlin), ==, end_ms);
    }
}

static void
test_time_of_day_is_read (void)
{
  gint minutes = -1;

  g_assert_true (herald_time_words_parse_time_of_day ("7:05", &minutes));
  g_assert_cmpint (minutes, ==, 7 * 60 + 5);
  g_assert_true (herald_time_words_parse_time_of_day ("23:59", &minutes));
  g_assert_cmpint (minutes, ==, 24 * 60 - 1);
  g_assert_true (herald_time_words_parse_time_of_day ("00:00", &minutes));
  g_assert_cmpint (minutes, ==, 0);
  g_assert_false (herald_time_words_parse_time_of_day ("24:00", &minutes));
  g_assert_cmpint (minutes, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/quiet-hours/within-a-day", test_within_a_day);
  g_test_add_func ("/quiet-hours/over-midnight", test_over_midnight);
  g_test_add_func ("/quiet-hours/short-night", test_night_that_is_an_hour_short);
  g_test_add_func ("/quiet-hours/long-night", test_night_that_is_an_hour_long);
  g_test_add_func ("/quiet-hours/none", test_what_makes_no_hours_is_none);
  g_test_add_func ("/quiet-hours/one-stretch", test_each_night_is_one_stretch);
  g_test_add_func ("/quiet-hours/time-of-day", test_time_of_day_is_read);

  return g_test_run ();
}
