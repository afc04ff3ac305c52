/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-time-words"

#include "core/base/time-words.h"

#include <locale.h>

/* Saturday, 2026-11-21, 17:00 UTC */
#define NOW_S G_GINT64_CONSTANT (1795280400)

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static void
test_moment_is_said_as_people_say_it (void)
{
  static const struct
  {
    gint64 after_s;
    const char *words;
  } rows[] = {
    { 0, "17:00" },
    { 65 * MINUTE, "18:05" },
    { 7 * HOUR - 1, "23:59" },
    { 7 * HOUR, "tomorrow 00:00" },
    { 10 * HOUR + 10 * MINUTE, "tomorrow 03:10" },
    { 31 * HOUR, "Monday 00:00" },
    { 6 * DAY, "Friday 17:00" },
    { 7 * DAY, "11/28/26 17:00" },
    { -DAY, "11/20/26 17:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = herald_time_words_format_moment ((NOW_S + rows[i].after_s) * 1000, NOW_S * 1000);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

/* No calendar goes that far; nobody may fall over it. */
static void
test_moment_beyond_all_calendars_is_empty (void)
{
  g_autofree char *moment = herald_time_words_format_moment (G_MAXINT64, NOW_S * 1000);
  g_autofree char *other = herald_time_words_format_moment (G_MININT64, NOW_S * 1000);

  g_assert_cmpstr (moment, ==, "");
  g_assert_cmpstr (other, ==, "");
}

/* The day with 25 hours, and the one with 23 */
static void
test_tomorrow_follows_the_calendar_not_the_hours (void)
{
  static const struct
  {
    gint64 now_s;
    gint64 after_s;
    const char *words;
  } rows[] = {
    /* Saturday 2026-10-24, 23:30; the night has ten hours until 08:30 */
    { 1792877400, 10 * HOUR, "tomorrow 08:30" },
    { 1792877400, 25 * HOUR, "tomorrow 23:30" },
    /* Saturday 2026-03-28, 23:30 */
    { 1774737000, 8 * HOUR, "tomorrow 08:30" },
  };
  g_autofree char *before = g_strdup (g_getenv ("TZ"));

  g_setenv ("TZ", "Europe/Berlin", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = herald_time_words_format_moment ((rows[i].now_s + rows[i].after_s) * 1000, rows[i].now_s * 1000);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
  g_setenv ("TZ", before, TRUE);
}

static void
test_clock_has_twelve_hours_where_people_have (void)
{
  static const struct
  {
    gint64 after_s;
    const char *words;
  } rows[] = { { 0, "5:00 PM" }, { 8 * HOUR, "tomorrow 1:00 AM" }, { -5 * HOUR, "12:00 PM" }, { 7 * HOUR, "tomorrow 12:00 AM" } };

  if (setlocale (LC_TIME, "en_US.UTF-8") == NULL)
    {
      g_test_skip ("This computer does not know how time is told in America");
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = herald_time_words_format_moment ((NOW_S + rows[i].after_s) * 1000, NOW_S * 1000);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
  setlocale (LC_TIME, "C");
}

static void
test_remaining_is_as_exact_as_people_believe (void)
{
  static const struct
  {
    gint64 seconds;
    const char *words;
  } rows[] = {
    { -5, "less than a minute" },
    { 29, "less than a minute" },
    { 30, "1 minute" },
    { 9 * MINUTE, "9 minutes" },
    { 11 * MINUTE, "10 minutes" },
    { 58 * MINUTE, "1 hour" },
    { 64 * MINUTE, "1 hour 5 min" },
    { 2 * HOUR + 58 * MINUTE, "3 hours" },
    { 3 * HOUR + 20 * MINUTE, "3 hours 30 min" },
    { 23 * HOUR + 50 * MINUTE, "24 hours" },
    { DAY, "1 day" },
    { 2 * DAY + 5 * HOUR, "2 days 5 h" },
    { 2 * DAY + 23 * HOUR + 40 * MINUTE, "3 days" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = herald_time_words_format_remaining (rows[i].seconds);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time-words/moment", test_moment_is_said_as_people_say_it);
  g_test_add_func ("/time-words/no-calendar", test_moment_beyond_all_calendars_is_empty);
  g_test_add_func ("/time-words/summer-time", test_tomorrow_follows_the_calendar_not_the_hours);
  g_test_add_func ("/time-words/twelve-hours", test_clock_has_twelve_hours_where_people_have);
  g_test_add_func ("/time-words/remaining", test_remaining_is_as_exact_as_people_believe);

  return g_test_run ();
}
