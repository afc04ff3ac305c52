/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-allowance-use"

#include "core/outbox/allowance-use.h"

#include "core/channels/amount.h"

static gint64
at (const char *text)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * 1000;
}

static void
test_days_and_months_are_those_of_the_place (void)
{
  static const struct
  {
    const char *zone;
    const char *now;
    const char *day;
    const char *day_end;
    const char *month;
    const char *month_end;
  } rows[] = {
    { "Europe/Berlin", "2026-11-30T23:30:00Z", "2026-11-30T23:00:00Z", "2026-12-01T23:00:00Z", "2026-11-30T23:00:00Z",
      "2026-12-31T23:00:00Z" },
    { "Europe/Berlin", "2026-11-30T22:59:59Z", "2026-11-29T23:00:00Z", "2026-11-30T23:00:00Z", "2026-10-31T23:00:00Z",
      "2026-11-30T23:00:00Z" },
    /* The day on which the clock goes back has 25 hours. */
    { "Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", "2026-09-30T22:00:00Z",
      "2026-10-31T23:00:00Z" },
    { "America/Los_Angeles", "2026-01-31T08:00:00Z", "2026-01-31T08:00:00Z", "2026-02-01T08:00:00Z",
      "2026-01-01T08:00:00Z", "2026-02-01T08:00:00Z" },
    { "UTC", "2028-02-29T00:00:00Z", "2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z", "2028-02-01T00:00:00Z",
      "2028-03-01T00:00:00Z" },
    /* A place whose clock jumps over midnight */
    { "Asia/Beirut", "2021-03-28T12:00:00Z", "2021-03-27T22:00:00Z", "2021-03-28T21:00:00Z", "2021-02-28T22:00:00Z",
      "2021-03-31T21:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (rows[i].zone);
      HeraldAllowanceTimes times;

      g_assert_nonnull (zone);
      herald_allowance_times_at (&times, at (rows[i].now), zone);
      g_assert_cmpint (times.day_ms, ==, at (rows[i].day));
      g_assert_cmpint (times.day_end_ms, ==, at (rows[i].day_end));
      g_assert_cmpint (times.month_ms, ==, at (rows[i].month));
      g_assert_cmpint (times.month_end_ms, ==, at (rows[i].month_end));
      g_assert_cmpint (times.quarter_ms, ==, at (rows[i].now) - 15 * 60 * 1000);
    }
}

static void
test_a_clock_that_cannot_be_has_times_too (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();
  HeraldAllowanceTimes times;

  herald_allowance_times_at (&times, G_MAXINT64 / 2, zone);
  g_assert_cmpint (times.day_ms, <, G_MAXINT64 / 2);
  g_assert_cmpint (times.day_end_ms, >, G_MAXINT64 / 2);
}

static void
test_a_fifth_is_kept_for_what_is_urgent (void)
{
  static const struct
  {
    guint limit;
    guint n_ordinary;
  } rows[] = { { 1, 1 }, { 4, 4 }, { 5, 4 }, { 9, 8 }, { 10, 8 }, { 15, 12 }, { 100, 80 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HeraldAllowance allowance = { .per_day = rows[i].limit };
      HeraldAllowanceUse use = { 0 };

      for (guint n = 0; n < rows[i].limit; n++)
        {
          g_assert_cmpint (herald_allowance_find_bound (&allowance, &use, 0, HERALD_SHARE_ORDINARY), ==,
                           n < rows[i].n_ordinary ? HERALD_BOUND_NONE : HERALD_BOUND_DAY);
          g_assert_cmpint (herald_allowance_find_bound (&allowance, &use, 0, HERALD_SHARE_ALL), ==, HERALD_BOUND_NONE);
          herald_allowance_use_add (&use, 1, 0, HERALD_SHARE_ORDINARY, 1);
        }
      g_assert_cmpint (herald_allowance_find_bound (&allowance, &use, 0, HERALD_SHARE_ALL), ==, HERALD_BOUND_DAY);
    }
}

/* A failure in the morning does not shut anybody up in the evening. */
static void
test_what_is_urgent_uses_what_is_kept_first (void)
{
  const HeraldAllowance allowance = { .per_day = 10 };
  HeraldAllowanceUse use = { 0 };

  herald_allowance_use_add (&use, 1, 0, HERALD_SHARE_ALL, 1);
  herald_allowance_use_add (&use, 1, 0, HERALD_SHARE_ALL, 1);
  for (guint n = 0; n < 8; n++)
    {
      g_assert_cmpint (herald_allowance_find_bound (&allowance, &use, 0, HERALD_SHARE_ORDINARY), ==, HERALD_BOUND_NONE);
      herald_allowance_use_add (&use, 1, 0, HERALD_SHARE_ORDINARY, 1);
    }
  g_assert_cmpint (herald_allowance_find_bound (&allowance, &use, 0, HERALD_SHARE_ORDINARY), ==, HERALD_BOUND_DAY);

  herald_allowance_use_add (&use, -1, 0, HERALD_SHARE_ORDINARY, 1);
  herald_allowance_use_add (&use, 1, 0, HERALD_SHARE_ALL, 1);
  g_assert_cmpint (herald_allowance_find_bound (&allowance, &use, 0, HERALD_SHARE_ORDINARY), ==, HERALD_BOUND_DAY);
}

static void
test_money_is_bound_by_day_and_month (void)
{
  const HeraldAllowance allowance = { .day_microdollars = 100000, .month_microdollars = 500000 };
  HeraldAllowanceUse use = { .day_microdollars = 65000, .month_microdollars = 65000 };

  g_assert_cmpint (herald_allowance_find_bound (&allowance, &use, 15000, HERALD_SHARE_ORDINARY), ==, HERALD_BOUND_NONE);
  g_assert_cmpint (herald_allowance_find_bound (&allowance, &use, 15001, HERALD_SHARE_ORDINARY), ==,
                   HERALD_BOUND_DAY_MONEY);
  g_assert_cmpint (herald_allowance_find_bound (&allowance, &use, 35000, HERALD_SHARE_ALL), ==, HERALD_BOUND_NONE);
  use.month_microdollars = 490000;
  g_assert_cmpint (herald_allowance_find_bound (&allowance, &use, 15000, HERALD_SHARE_ALL), ==,
                   HERALD_BOUND_MONTH_MONEY);
  g_assert_cmpint (herald_allowance_find_bound (&allowance, &use, 0, HERALD_SHARE_ALL), ==, HERALD_BOUND_NONE);
}

static void
test_amounts_are_read_as_people_type_them (void)
{
  static const struct
  {
    const char *text;
    gint64 microdollars; /* -1 if it is none */
  } rows[] = {
    { "", 0 },         { "0.50", 500000 }, { "0,5", 500000 },   { ".015", 15000 },   { "$2", 2000000 },
    { "5", 5000000 },  { "0.123456", 123456 }, { "100000", G_GINT64_CONSTANT (100000000000) },
    { "0", -1 },       { "0.0", -1 },      { "-1", -1 },        { "1.", -1 },        { "1.2.3", -1 },
    { "0.1234567", -1 }, { "100001", -1 }, { "many", -1 },      { "1e3", -1 },       { " 1", -1 },
    { "$", -1 },       { ".", -1 },        { "99999999999999999999", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 microdollars = -2;
      gboolean ok = herald_amount_parse_money (rows[i].text, &microdollars);

      if (ok != (rows[i].microdollars >= 0) || (ok && microdollars != rows[i].microdollars))
        g_test_fail_printf ("“%s” is %" G_GINT64_FORMAT, rows[i].text, microdollars);
    }
}

static void
test_counts_are_from_one_up (void)
{
  guint count = 7;

  g_assert_true (herald_amount_parse_count ("15", &count));
  g_assert_cmpuint (count, ==, 15);
  g_assert_true (herald_amount_parse_count (NULL, &count));
  g_assert_cmpuint (count, ==, 0);
  g_assert_false (herald_amount_parse_count ("0", &count));
  g_assert_false (herald_amount_parse_count ("-3", &count));
  g_assert_false (herald_amount_parse_count ("100001", &count));
  g_assert_false (herald_amount_parse_count ("1.5", &count));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/allowance/times", test_days_and_months_are_those_of_the_place);
  g_test_add_func ("/allowance/impossible-times", test_a_clock_that_cannot_be_has_times_too);
  g_test_add_func ("/allowance/reserve", test_a_fifth_is_kept_for_what_is_urgent);
  g_test_add_func ("/allowance/urgent", test_what_is_urgent_uses_what_is_kept_first);
  g_test_add_func ("/allowance/money", test_money_is_bound_by_day_and_month);
  g_test_add_func ("/allowance/amounts", test_amounts_are_read_as_people_type_them);
  g_test_add_func ("/allowance/counts", test_counts_are_from_one_up);

  return g_test_run ();
}
