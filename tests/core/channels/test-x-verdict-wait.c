/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-verdict-wait"

#include <string.h>

#include "core/base/error.h"
#include "x-answer.h"

/* 24 hours and a quarter of an hour */
#define LONGEST_S 87300

/* Seconds since 1970 as a text, counted from the time of the tests: 1795262400 */
#define IN_5_MINUTES "1795262700"
#define IN_10_HOURS "1795298400"
#define IN_20_HOURS "1795334400"
#define AN_HOUR_AGO "1795258800"

#define WINDOW "x-rate-limit-limit: 100\nx-rate-limit-remaining: 0\n"
#define FULL_WINDOW "x-rate-limit-limit: 100\nx-rate-limit-remaining: 99\n"
#define USER_DAY "x-user-limit-24hour-limit: 100\nx-user-limit-24hour-remaining: 0\n"
#define APP_DAY "x-app-limit-24hour-limit: 100\nx-app-limit-24hour-remaining: 0\n"

static void
test_wait_ends_with_the_last_window_that_is_empty (void)
{
  static const struct
  {
    const char *headers;
    guint seconds;
  } rows[] = {
    { "", 0 },
    { WINDOW "x-rate-limit-reset: " IN_5_MINUTES, 301 },
    { FULL_WINDOW "x-rate-limit-reset: " IN_5_MINUTES "\n" USER_DAY "x-user-limit-24hour-reset: " IN_10_HOURS, 36001 },
    { FULL_WINDOW "x-rate-limit-reset: " IN_5_MINUTES "\n" APP_DAY "x-app-limit-24hour-reset: " IN_20_HOURS, 72001 },
    { WINDOW "x-rate-limit-reset: " IN_5_MINUTES "\n" USER_DAY "x-user-limit-24hour-reset: " IN_10_HOURS "\n"
      APP_DAY "x-app-limit-24hour-reset: " IN_20_HOURS, 72001 },
    { WINDOW "x-rate-limit-reset: " IN_5_MINUTES "\nx-user-limit-24hour-remaining: 7\nx-user-limit-24hour-reset: "
      IN_10_HOURS, 301 },
    { "x-rate-limit-reset: " IN_5_MINUTES, 301 },
    { "X-RATE-LIMIT-REMAINING: 0\nX-Rate-Limit-Reset: " IN_5_MINUTES, 301 },
    { "Retry-After: 30", 30 },
    { "Retry-After: Sat, 21 Nov 2026 12:01:00 GMT", 60 },
    { WINDOW "x-rate-limit-reset: " IN_5_MINUTES "\nRetry-After: 30", 301 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = x_answer_judge (HERALD_X_POST, X_FIRST_TRY, 429, rows[i].headers, "");

      g_test_message ("%s", rows[i].headers);
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_BUSY);
      g_assert_cmpuint (herald_error_get_retry_after (error), ==, rows[i].seconds);
    }
}

/* What is past or no time says nothing: then the waits grow by themselves. */
static void
test_absurd_times_are_not_believed (void)
{
  static const struct
  {
    const char *reset;
    guint seconds;
  } rows[] = {
    { AN_HOUR_AGO, 0 }, { "0", 0 }, { "-1", 0 }, { "-9223372036854775808", 0 }, { "", 0 }, { "soon", 0 }, { "1e9", 0 },
    { "1795262700.5", 0 }, { "9223372036854775807", 0 }, { "99999999999999999999", 0 }, { "1795262700000", 0 },
    { "1795262400", 0 }, { "1795262401", 2 }, { "1826798400", LONGEST_S }, { "99999999999", LONGEST_S },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *headers = g_strdup_printf (WINDOW "x-rate-limit-reset: %s", rows[i].reset);
      g_autofree char *after = g_strdup_printf ("Retry-After: %s", rows[i].reset);
      g_autoptr(GError) error = x_answer_judge (HERALD_X_POST, X_FIRST_TRY, 429, headers, "");
      g_autoptr(GError) other = x_answer_judge (HERALD_X_POST, X_FIRST_TRY, 429, after, "");

      g_test_message ("%s", rows[i].reset);
      g_assert_cmpuint (herald_error_get_retry_after (error), ==, rows[i].seconds);
      g_assert_cmpuint (herald_error_get_retry_after (other), <=, LONGEST_S);
    }
}

/* Windows end by X's clock. */
static void
test_wait_is_counted_by_the_clock_of_x (void)
{
  g_autoptr(GError) error = x_answer_judge (HERALD_X_POST, X_FIRST_TRY, 429,
                                            "Date: Sat, 21 Nov 2026 12:04:00 GMT\n" WINDOW "x-rate-limit-reset: "
                                            IN_5_MINUTES, "");
  g_autoptr(GError) hostile = x_answer_judge (HERALD_X_POST, X_FIRST_TRY, 429,
                                              "Date: Mon, 01 Jan 0001 00:00:00 GMT\n" WINDOW "x-rate-limit-reset: "
                                              "99999999999", "");

  g_assert_cmpuint (herald_error_get_retry_after (error), ==, 61);
  g_assert_cmpuint (herald_error_get_retry_after (hostile), ==, LONGEST_S);
}

/* Its windows are not empty, so there is nothing to wait for. */
static void
test_full_windows_of_other_answers_ask_for_nothing (void)
{
  static const guint statuses[] = { 400, 401, 403, 404, 500, 503 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr(GError) error = x_answer_judge (HERALD_X_POST, X_FIRST_TRY, statuses[i],
                                                FULL_WINDOW "x-rate-limit-reset: " IN_5_MINUTES, "");

      g_assert_cmpuint (herald_error_get_retry_after (error), ==, 0);
    }
}

/* Asking whether somebody has paid in a loop has cost others their access. */
static void
test_no_credit_is_looked_at_rarely (void)
{
  g_autoptr(GError) error = x_answer_judge (HERALD_X_POST, X_FIRST_TRY, 402, FULL_WINDOW "Retry-After: 1", "");

  g_assert_cmpuint (herald_error_get_retry_after (error), ==, 6 * 60 * 60);
}

static void
test_clock_is_told_by_how_much_it_is_wrong (void)
{
  static const struct
  {
    const char *date;
    const char *gist;
  } rows[] = {
    { "Sat, 21 Nov 2026 11:54:00 GMT", "6 minutes ahead" },
    { "Sat, 21 Nov 2026 12:12:30 GMT", "12 minutes behind" },
    { "Sat, 21 Nov 2026 09:00:00 GMT", "3 hours ahead" },
    { "Sat, 21 Nov 2026 14:30:00 GMT", "2 hours behind" },
    { "Tue, 17 Nov 2026 11:00:00 GMT", "4 days ahead" },
    { "Sun, 21 Nov 2027 12:00:00 GMT", "365 days behind" },
    { "Sat, 21 Nov 2026 11:56:30 GMT", "keys" },
    { "Sat, 21 Nov 2026 12:03:59 GMT", "keys" },
    { X_NOW, "keys" },
    { "yesterday", "keys" },
    { "", "keys" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *headers = g_strdup_printf ("Date: %s", rows[i].date);
      g_autoptr(GError) error = x_answer_judge (HERALD_X_POST, X_FIRST_TRY, 401, headers, "");

      g_test_message ("%s: %s", rows[i].date, error->message);
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED);
      g_assert_nonnull (strstr (error->message, rows[i].gist));
    }
}

/* A refused permission has other causes. */
static void
test_clock_is_not_blamed_for_other_refusals (void)
{
  g_autoptr(GError) error = x_answer_judge (HERALD_X_POST, X_FIRST_TRY, 403, "Date: Sat, 21 Nov 2026 11:00:00 GMT",
                                            "{\"type\":\"https://api.x.com/2/problems/oauth1-permissions\"}");

  g_assert_null (strstr (error->message, "clock"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/x-verdict-wait/window", test_wait_ends_with_the_last_window_that_is_empty);
  g_test_add_func ("/x-verdict-wait/absurd", test_absurd_times_are_not_believed);
  g_test_add_func ("/x-verdict-wait/their-clock", test_wait_is_counted_by_the_clock_of_x);
  g_test_add_func ("/x-verdict-wait/full", test_full_windows_of_other_answers_ask_for_nothing);
  g_test_add_func ("/x-verdict-wait/credit", test_no_credit_is_looked_at_rarely);
  g_test_add_func ("/x-verdict-wait/clock", test_clock_is_told_by_how_much_it_is_wrong);
  g_test_add_func ("/x-verdict-wait/not-the-clock", test_clock_is_not_blamed_for_other_refusals);

  return g_test_run ();
}
