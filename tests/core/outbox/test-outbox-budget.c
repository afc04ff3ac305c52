/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-budget"

#include "outbox-fixture.h"

#include <string.h>

#include "core/base/error.h"

#define CENTS(n) ((gint64) (n) * 10000)
#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

static void
query (Fixture               *fixture,
       HeraldAllowanceReport *report)
{
  g_assert_true (herald_outbox_query_allowance (fixture->outbox, HERALD_CHANNEL (fixture->channel), report));
}

static void
assert_spent (Fixture *fixture,
              gint64   microdollars)
{
  HeraldAllowanceReport report;

  query (fixture, &report);
  g_assert_cmpint (report.use.day_microdollars, ==, microdollars);
  g_assert_cmpint (report.use.month_microdollars, ==, microdollars);
}

static gint64
get_cost (Fixture *fixture,
          gint64   id)
{
  g_autoptr(GPtrArray) rows = fixture_query (fixture, id);

  return ((HeraldDelivery *) rows->pdata[0])->cost;
}

static void
say (Fixture    *fixture,
     const char *title)
{
  fixture_say_by (fixture, title, title);
  fixture_spin ();
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture_set_up (fixture, data);
  fixture->channel->allowance.month_microdollars = CENTS (500);
  fixture->price = 15000;
  herald_outbox_start (fixture->outbox);
}

static void
test_a_message_costs_what_it_says (Fixture       *fixture,
                                   gconstpointer  data)
{
  gint64 event;

  say (fixture, "a");
  g_assert_cmpint (get_cost (fixture, 1), ==, 15000);
  event = fixture_say_held (fixture, HERALD_KIND_PRINT_DONE, "b", 60000, TRUE);
  g_assert_cmpint (get_cost (fixture, 2), ==, 15000);
  fixture_illustrate (fixture, event, "one", "picture");
  g_assert_cmpint (get_cost (fixture, 2), ==, 20000);
  assert_spent (fixture, 35000);
}

static void
test_what_failed_has_cost_nothing (Fixture       *fixture,
                                   gconstpointer  data)
{
  fixture->channel->code = HERALD_ERROR_REJECTED;
  say (fixture, "a");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_REJECTED);
  g_assert_cmpint (get_cost (fixture, 1), ==, 0);
  assert_spent (fixture, 0);
}

static void
test_what_waits_for_another_attempt_has_cost_nothing_yet (Fixture       *fixture,
                                                          gconstpointer  data)
{
  fixture->channel->code = HERALD_ERROR_BUSY;
  say (fixture, "a");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DEFERRED);
  g_assert_cmpint (get_cost (fixture, 1), ==, 15000);
  assert_spent (fixture, 0);
}

static void
test_what_may_have_arrived_counts (Fixture       *fixture,
                                   gconstpointer  data)
{
  fixture->channel->code = HERALD_ERROR_AMBIGUOUS;
  say (fixture, "a");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DEFERRED);
  assert_spent (fixture, 15000);
  fixture->channel->code = -1;
  fake_clock_advance (fixture->clock, 60 * 1000);
  fixture_look_again (fixture);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
  assert_spent (fixture, 30000);
  g_assert_cmpint (get_cost (fixture, 1), ==, 30000);
}

static void
test_what_is_under_way_counts (Fixture       *fixture,
                               gconstpointer  data)
{
  fixture->channel->code = -2;
  say (fixture, "a");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_COMMITTING);
  assert_spent (fixture, 15000);
}

/* It may fail, and then there is room. */
static void
test_nothing_is_left_out_for_what_may_fail (Fixture       *fixture,
                                            gconstpointer  data)
{
  fixture->channel->allowance.day_microdollars = 15000;
  fixture->channel->allowance.month_microdollars = 0;
  fixture->price = 12000;
  fixture->channel->code = -2;
  say (fixture, "a");
  say (fixture, "b");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_COMMITTING);
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_PENDING);
}

static void
test_the_budget_of_a_day_holds (Fixture       *fixture,
                                gconstpointer  data)
{
  fixture->channel->allowance.day_microdollars = CENTS (10);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *title = g_strdup_printf ("%u", i);

      say (fixture, title);
    }
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *title = g_strdup_printf ("failed-%u", i);

      fixture_say (fixture, HERALD_KIND_PRINT_FAILED, title);
      fixture_spin ();
    }
  assert_spent (fixture, 90000);
  g_assert_cmpstr (fixture->channel->log->str, ==, "0 1 2 3 4 failed-0 ");
}

/* Who has it sent again wants it: then it may use what is kept. */
static void
test_what_was_left_out_goes_if_somebody_insists (Fixture       *fixture,
                                                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->channel->allowance.day_microdollars = 20000;
  fixture->price = 8000;
  say (fixture, "a");
  fixture->price = 12000;
  say (fixture, "b");
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_EXPIRED);
  herald_outbox_retry (fixture->outbox, 2, &error);
  g_assert_no_error (error);
  fixture_spin ();
  g_assert_cmpstr (fixture->channel->log->str, ==, "a b ");
}

/* What has a link does not fit any more, what has none does. */
static void
test_what_is_dear_does_not_stop_what_is_cheap (Fixture       *fixture,
                                               gconstpointer  data)
{
  fixture->channel->allowance.day_microdollars = CENTS (10);
  fixture->price = CENTS (20);
  say (fixture, "dear");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_EXPIRED);
  fixture->price = 15000;
  say (fixture, "cheap");
  g_assert_cmpstr (fixture->channel->log->str, ==, "cheap ");
}

static void
test_a_month_lasts_a_month (Fixture       *fixture,
                            gconstpointer  data)
{
  HeraldAllowanceReport report;

  fixture->channel->allowance.month_microdollars = 15000;
  fixture->price = 12000;
  say (fixture, "a");
  say (fixture, "b");
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_EXPIRED);
  fake_clock_advance (fixture->clock, 15 * DAY_MS);
  say (fixture, "c");
  fixture_assert_state (fixture, 3, HERALD_DELIVERY_EXPIRED);
  query (fixture, &report);
  g_assert_cmpint (report.use.day_microdollars, ==, 0);
  g_assert_cmpint (report.use.month_microdollars, ==, 12000);

  fake_clock_advance (fixture->clock, 2 * DAY_MS);
  say (fixture, "d");
  fixture_assert_state (fixture, 4, HERALD_DELIVERY_DELIVERED);
}

/* Its first day is still in the history on its 31st. */
static void
test_a_long_month_is_remembered (Fixture       *fixture,
                                 gconstpointer  data)
{
  HeraldAllowanceReport report;

  /* 1 December 2023, 00:13 */
  fake_clock_advance (fixture->clock, 16 * DAY_MS + 2 * 60 * 60 * 1000);
  say (fixture, "a");
  fake_clock_advance (fixture->clock, 30 * DAY_MS + DAY_MS / 2);
  fixture_look_again (fixture);
  query (fixture, &report);
  g_assert_cmpint (report.use.day_microdollars, ==, 0);
  g_assert_cmpint (report.use.month_microdollars, ==, 15000);
}

/* A clock that was wrong for a while holds nothing up for longer. */
static void
test_what_was_sent_in_the_future_is_not_of_today (Fixture       *fixture,
                                                  gconstpointer  data)
{
  fixture->clock->wall_ms += 400 * DAY_MS;
  say (fixture, "a");
  fixture->clock->wall_ms -= 400 * DAY_MS;
  assert_spent (fixture, 0);
}

/* Somebody who looks on hears at once that there is no money left. */
static void
test_a_test_uses_what_is_kept_and_then_says_why_not (Fixture       *fixture,
                                                     gconstpointer  data)
{
  fixture->channel->allowance.day_microdollars = CENTS (5);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *title = g_strdup_printf ("test-%u", i);

      fixture_say (fixture, HERALD_KIND_TEST, title);
      fixture_spin ();
    }
  g_assert_cmpstr (fixture->channel->log->str, ==, "test-0 test-1 test-2 ");
  fixture_assert_state (fixture, 5, HERALD_DELIVERY_EXPIRED);
}

#define ADD(path, test) g_test_add ("/outbox/budget/" path, Fixture, NULL, set_up, test, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("cost", test_a_message_costs_what_it_says);
  ADD ("failed", test_what_failed_has_cost_nothing);
  ADD ("deferred", test_what_waits_for_another_attempt_has_cost_nothing_yet);
  ADD ("ambiguous", test_what_may_have_arrived_counts);
  ADD ("under-way", test_what_is_under_way_counts);
  ADD ("may-fail", test_nothing_is_left_out_for_what_may_fail);
  ADD ("day", test_the_budget_of_a_day_holds);
  ADD ("insists", test_what_was_left_out_goes_if_somebody_insists);
  ADD ("dear", test_what_is_dear_does_not_stop_what_is_cheap);
  ADD ("month", test_a_month_lasts_a_month);
  ADD ("long-month", test_a_long_month_is_remembered);
  ADD ("future", test_what_was_sent_in_the_future_is_not_of_today);
  ADD ("tests", test_a_test_uses_what_is_kept_and_then_says_why_not);

  return g_test_run ();
}
