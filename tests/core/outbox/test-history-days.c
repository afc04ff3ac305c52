/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-history-days"

#include "outbox-fixture.h"

#include "core/outbox/history-days.h"

#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

static void
on_days_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  GArray **days = user_data;
  g_autoptr(GError) error = NULL;

  *days = herald_history_days_finish (HERALD_OUTBOX (source), result, &error);
  g_assert_no_error (error);
}

/* "well/badly/arrived/lost " of each day */
static char *
count (Fixture    *fixture,
       guint       n_days,
       const char *printer)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr(GArray) days = NULL;
  GString *text = g_string_new (NULL);

  herald_history_days_async (fixture->outbox, n_days, herald_clock_get_wall_ms (HERALD_CLOCK (fixture->clock)), zone, printer,
                             NULL, on_days_ready, &days);
  while (days == NULL)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < days->len; i++)
    {
      HeraldHistoryDay *day = &g_array_index (days, HeraldHistoryDay, i);

      g_string_append_printf (text, "%u/%u/%u/%u ", day->n_finished, day->n_failed, day->n_delivered, day->n_lost);
    }

  return g_string_free (text, FALSE);
}

static void
test_each_day_has_its_own (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *nothing = count (fixture, 3, NULL);
  g_autofree char *all = NULL;
  g_autofree char *last = NULL;
  g_autofree char *of_one = NULL;

  g_assert_cmpstr (nothing, ==, "0/0/0/0 0/0/0/0 0/0/0/0 ");
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  fixture_say (fixture, HERALD_KIND_PRINT_CANCELLED, "b");
  fixture_begin (fixture);
  fixture_pass (fixture, DAY_MS);
  fixture_say (fixture, HERALD_KIND_PRINT_FAILED, "c");
  fixture_say (fixture, HERALD_KIND_FILE_UPLOADED, "d");
  fixture_say_by (fixture, "other", "e");
  fixture_spin ();
  all = count (fixture, 2, NULL);
  last = count (fixture, 1, NULL);
  of_one = count (fixture, 2, "other");
  g_assert_cmpstr (all, ==, "1/1/2/0 1/1/3/0 ");
  g_assert_cmpstr (last, ==, "1/1/3/0 ");
  g_assert_cmpstr (of_one, ==, "0/0/0/0 1/0/1/0 ");
}

static void
test_what_is_too_old_is_lost_and_what_was_discarded_is_not (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *days = NULL;

  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "b");
  g_assert_true (herald_outbox_discard (fixture->outbox, 1, &error));
  g_assert_no_error (error);
  fixture_close (fixture);
  fixture_run_sql (fixture, "UPDATE delivery SET state='expired' WHERE id=2");
  fixture_open (fixture);
  days = count (fixture, 1, NULL);
  g_assert_cmpstr (days, ==, "2/0/0/1 ");
}

/* In a country that changes its clocks each day begins at midnight all the same. */
static void
test_days_begin_at_midnight (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr(GArray) days = NULL;
  /* 2026-03-30 12:00 UTC; the clocks were put forward on the 29th */
  gint64 now_ms = G_GINT64_CONSTANT (1774872000000);

  if (zone == NULL)
    g_error ("The time zones of the system (tzdata) are missing");
  herald_history_days_async (fixture->outbox, 3, now_ms, zone, NULL, NULL, on_days_ready, &days);
  while (days == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_array_index (days, HeraldHistoryDay, 1).start_ms - g_array_index (days, HeraldHistoryDay, 0).start_ms, ==,
                   DAY_MS);
  g_assert_cmpint (g_array_index (days, HeraldHistoryDay, 2).start_ms - g_array_index (days, HeraldHistoryDay, 1).start_ms, ==,
                   23 * DAY_MS / 24);
}

static void
test_attempts_are_told_in_their_order (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GPtrArray) none = NULL;
  HeraldAttemptRecord *record;

  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  none = herald_outbox_list_attempts (fixture->outbox, 1, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  fixture_begin (fixture);
  records = herald_outbox_list_attempts (fixture->outbox, 1, NULL);
  g_assert_cmpuint (records->len, ==, 1);
  record = records->pdata[0];
  g_assert_cmpuint (record->number, ==, 1);
  g_assert_cmpint (record->started_ms, >, 0);
  g_assert_cmpint (record->ended_ms, >=, record->started_ms);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_ADD ("/history-days/each-day-has-its-own", NULL, test_each_day_has_its_own);
  FIXTURE_ADD ("/history-days/not-sent", NULL, test_what_is_too_old_is_lost_and_what_was_discarded_is_not);
  FIXTURE_ADD ("/history-days/midnight", NULL, test_days_begin_at_midnight);
  FIXTURE_ADD ("/history-days/attempts", NULL, test_attempts_are_told_in_their_order);

  return g_test_run ();
}
