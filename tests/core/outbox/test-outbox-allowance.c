/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-allowance"

#include "outbox-fixture.h"

#include <string.h>

#define MINUTE_MS (60 * 1000)
#define HOUR_MS (60 * MINUTE_MS)

/* Each printer says one thing; the ids are 1 to @n. */
static void
say_many (Fixture *fixture,
          guint    n)
{
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *title = g_strdup_printf ("%u", i);

      fixture_say_by (fixture, title, title);
    }
  fixture_spin ();
}

static void
assert_reason (Fixture    *fixture,
               gint64      id,
               const char *words)
{
  g_autoptr(GPtrArray) rows = fixture_query (fixture, id);
  const char *reason = ((HeraldDelivery *) rows->pdata[0])->reason;

  g_assert_nonnull (reason);
  if (strstr (reason, words) == NULL)
    g_test_fail_printf ("“%s” does not say “%s”", reason, words);
}

static guint
count (Fixture    *fixture,
       const char *state)
{
  const HeraldHistoryFilter filter = { .state = state, .limit = 1000 };
  g_autoptr(GPtrArray) rows = herald_outbox_query_history (fixture->outbox, &filter, NULL);

  return rows->len;
}

/* Ten in a day: two are kept for failures, and the eighth of the others tells all that came within a minute. */
static void
test_a_burst_becomes_what_a_day_allows (Fixture       *fixture,
                                        gconstpointer  data)
{
  HeraldAllowanceReport report;

  fixture->channel->allowance.per_day = 10;
  fixture_begin (fixture);
  say_many (fixture, 50);
  g_assert_cmpstr (fixture->channel->log->str, ==, "1 2 3 4 5 6 7 ");
  assert_reason (fixture, 8, "for others");
  fixture_pass (fixture, MINUTE_MS);
  g_assert_true (g_str_has_prefix (fixture->channel->log->str, "1 2 3 4 5 6 7 TOGETHER(43:8,9,10,"));
  g_assert_true (g_str_has_suffix (fixture->channel->log->str, ",49,50) "));
  g_assert_cmpuint (count (fixture, "delivered"), ==, 8);
  g_assert_cmpuint (count (fixture, "digested"), ==, 43);
  fixture_assert_state (fixture, 8, HERALD_DELIVERY_DIGESTED);
  assert_reason (fixture, 8, "message 51");
  g_assert_true (herald_outbox_query_allowance (fixture->outbox, HERALD_CHANNEL (fixture->channel), &report));
  g_assert_cmpuint (report.use.n_day, ==, 8);
  g_assert_cmpuint (report.n_digested, ==, 43);

  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "late");
  fixture_spin ();
  fixture_assert_state (fixture, 52, HERALD_DELIVERY_EXPIRED);
  assert_reason (fixture, 52, "8 of 10 messages; the rest is kept for failures. It was left out");
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 8);
}

static void
test_failures_go_on_to_the_end_and_then_wait (Fixture       *fixture,
                                              gconstpointer  data)
{
  fixture->channel->allowance.per_day = 10;
  fixture_begin (fixture);
  say_many (fixture, 9);
  fixture_pass (fixture, MINUTE_MS);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 8);
  fixture_say (fixture, HERALD_KIND_PRINT_FAILED, "failed");
  fixture_say (fixture, HERALD_KIND_PRINTER_ERROR, "error");
  fixture_say (fixture, HERALD_KIND_PRINT_PAUSED, "paused");
  fixture_spin ();
  g_assert_true (g_str_has_suffix (fixture->channel->log->str, "failed error "));
  fixture_assert_state (fixture, 13, HERALD_DELIVERY_PENDING);
  assert_reason (fixture, 13, "10 messages");
}

/* The clock of the fixture shows 22:13. */
static void
test_another_day_begins_anew (Fixture       *fixture,
                              gconstpointer  data)
{
  fixture->channel->allowance.per_day = 5;
  fixture_begin (fixture);
  say_many (fixture, 4);
  fixture_pass (fixture, MINUTE_MS);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 4);
  fixture_say_by (fixture, "5", "left out");
  fixture_spin ();
  fixture_assert_state (fixture, 5, HERALD_DELIVERY_EXPIRED);

  fixture_pass (fixture, HOUR_MS);
  fixture_say_by (fixture, "6", "soon");
  fixture_spin ();
  fixture_assert_state (fixture, 6, HERALD_DELIVERY_PENDING);
  fixture_pass (fixture, 46 * MINUTE_MS);
  fixture_assert_state (fixture, 6, HERALD_DELIVERY_DELIVERED);
}

static void
test_a_new_start_changes_nothing (Fixture       *fixture,
                                  gconstpointer  data)
{
  fixture->channel->allowance.per_day = 5;
  fixture_begin (fixture);
  say_many (fixture, 4);
  fixture_pass (fixture, MINUTE_MS);
  fixture_close (fixture);
  fixture_open (fixture);
  fixture_begin (fixture);
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "more");
  fixture_spin ();
  fixture_assert_state (fixture, 5, HERALD_DELIVERY_EXPIRED);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 4);
}

/* What waits to be told together is told together also by the program after this one. */
static void
test_what_is_collected_outlives_the_program (Fixture       *fixture,
                                             gconstpointer  data)
{
  fixture->channel->allowance.per_day = 1;
  fixture_begin (fixture);
  say_many (fixture, 3);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
  fixture_close (fixture);
  fixture_open (fixture);
  fixture_begin (fixture);
  fixture_pass (fixture, MINUTE_MS);
  g_assert_cmpstr (fixture->channel->log->str, ==, "TOGETHER(3:1,2,3) ");
}

static void
test_the_last_goes_as_it_is_if_it_is_alone (Fixture       *fixture,
                                            gconstpointer  data)
{
  fixture->channel->allowance.per_day = 1;
  fixture_begin (fixture);
  say_many (fixture, 1);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
  fixture_pass (fixture, MINUTE_MS);
  g_assert_cmpstr (fixture->channel->log->str, ==, "1 ");
}

static void
test_urgent_passes_what_is_collected (Fixture       *fixture,
                                      gconstpointer  data)
{
  fixture->channel->allowance.per_day = 5;
  fixture_begin (fixture);
  say_many (fixture, 3);
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "one");
  fixture_say (fixture, HERALD_KIND_PRINT_STARTED, "two");
  fixture_say (fixture, HERALD_KIND_PRINTER_ERROR, "error");
  fixture_spin ();
  g_assert_cmpstr (fixture->channel->log->str, ==, "1 2 3 error ");
}

/* It came before the others were known to wait, and may stand in the way of nothing that they may not. */
static void
test_urgent_passes_what_waits_behind_what_is_collected (Fixture       *fixture,
                                                        gconstpointer  data)
{
  fixture->channel->allowance.per_day = 5;
  fixture_begin (fixture);
  say_many (fixture, 3);
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "one");
  fixture_spin ();
  fixture_say (fixture, HERALD_KIND_PRINT_STARTED, "two");
  fixture_spin ();
  fixture_say (fixture, HERALD_KIND_PRINTER_ERROR, "error");
  g_assert_true (fixture_spin ());
  g_assert_cmpstr (fixture->channel->log->str, ==, "1 2 3 error ");
  fixture_pass (fixture, MINUTE_MS);
  g_assert_true (g_str_has_suffix (fixture->channel->log->str, "error TOGETHER(2:one,two) "));
}

/* Five minutes apart, so that there is room for one. */
static void
test_urgent_that_waits_gets_the_first_room (Fixture       *fixture,
                                            gconstpointer  data)
{
  fixture->channel->allowance.per_quarter_hour = 5;
  fixture_begin (fixture);
  say_many (fixture, 1);
  fixture_pass (fixture, 5 * MINUTE_MS);
  fixture_say_by (fixture, "2", "2");
  fixture_say_by (fixture, "3", "3");
  fixture_say (fixture, HERALD_KIND_PRINT_FAILED, "failed");
  fixture_say (fixture, HERALD_KIND_PRINTER_ERROR, "error");
  fixture_spin ();
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "done");
  fixture_spin ();
  fixture_say (fixture, HERALD_KIND_PRINT_PAUSED, "paused");
  g_assert_true (fixture_spin ());
  g_assert_cmpstr (fixture->channel->log->str, ==, "1 2 3 failed error ");
  fixture_pass (fixture, 10 * MINUTE_MS);
  g_assert_true (fixture_spin ());
  g_assert_cmpstr (fixture->channel->log->str, ==, "1 2 3 failed error paused ");
}

static void
test_a_quarter_of_an_hour_is_waited_for (Fixture       *fixture,
                                         gconstpointer  data)
{
  fixture->channel->allowance.per_quarter_hour = 5;
  fixture_begin (fixture);
  say_many (fixture, 6);
  fixture_pass (fixture, MINUTE_MS);
  g_assert_cmpstr (fixture->channel->log->str, ==, "1 2 3 TOGETHER(3:4,5,6) ");
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "later");
  fixture_say (fixture, HERALD_KIND_PRINT_FAILED, "failed");
  fixture_spin ();
  g_assert_true (g_str_has_suffix (fixture->channel->log->str, "failed "));
  fixture_assert_state (fixture, 8, HERALD_DELIVERY_PENDING);
  assert_reason (fixture, 8, "in a quarter of an hour");
  fixture_pass (fixture, 13 * MINUTE_MS);
  fixture_assert_state (fixture, 8, HERALD_DELIVERY_PENDING);
  fixture_pass (fixture, MINUTE_MS);
  fixture_assert_state (fixture, 8, HERALD_DELIVERY_DELIVERED);
}

static void
test_what_gets_too_old_meanwhile_says_so (Fixture       *fixture,
                                          gconstpointer  data)
{
  HeraldAllowanceReport report;

  fixture->channel->allowance.per_day = 5;
  fixture_begin (fixture);
  say_many (fixture, 4);
  fixture_pass (fixture, MINUTE_MS);
  fixture_pass (fixture, HOUR_MS - 10 * MINUTE_MS);
  fixture_say_by (fixture, "5", "left out");
  fixture_spin ();
  fixture_pass (fixture, 10 * MINUTE_MS);
  /* An hour to live, and 45 minutes to midnight */
  fixture_say_by (fixture, "6", "waits");
  fixture_spin ();
  fixture_assert_state (fixture, 6, HERALD_DELIVERY_PENDING);
  fixture->clock->boot_ms += HOUR_MS;
  fixture_look_again (fixture);
  fixture_assert_state (fixture, 6, HERALD_DELIVERY_EXPIRED);
  assert_reason (fixture, 6, "4 of 5 messages");
  g_assert_true (herald_outbox_query_allowance (fixture->outbox, HERALD_CHANNEL (fixture->channel), &report));
  g_assert_cmpuint (report.n_left_out, ==, 2);
}

static void
test_more_may_go_when_somebody_allows_it (Fixture       *fixture,
                                          gconstpointer  data)
{
  fixture->channel->allowance.per_day = 1;
  fixture_begin (fixture);
  say_many (fixture, 3);
  fixture->channel->allowance.per_day = 0;
  g_object_notify (G_OBJECT (fixture->channel), "settings");
  fixture_spin ();
  g_assert_cmpstr (fixture->channel->log->str, ==, "1 2 3 ");
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD ("/outbox/allowance/burst", NULL, test_a_burst_becomes_what_a_day_allows);
  FIXTURE_ADD ("/outbox/allowance/failures", NULL, test_failures_go_on_to_the_end_and_then_wait);
  FIXTURE_ADD ("/outbox/allowance/another-day", NULL, test_another_day_begins_anew);
  FIXTURE_ADD ("/outbox/allowance/new-start", NULL, test_a_new_start_changes_nothing);
  FIXTURE_ADD ("/outbox/allowance/collected", NULL, test_what_is_collected_outlives_the_program);
  FIXTURE_ADD ("/outbox/allowance/alone", NULL, test_the_last_goes_as_it_is_if_it_is_alone);
  FIXTURE_ADD ("/outbox/allowance/urgent", NULL, test_urgent_passes_what_is_collected);
  FIXTURE_ADD ("/outbox/allowance/urgent-behind", NULL, test_urgent_passes_what_waits_behind_what_is_collected);
  FIXTURE_ADD ("/outbox/allowance/urgent-waits", NULL, test_urgent_that_waits_gets_the_first_room);
  FIXTURE_ADD ("/outbox/allowance/quarter", NULL, test_a_quarter_of_an_hour_is_waited_for);
  FIXTURE_ADD ("/outbox/allowance/too-old", NULL, test_what_gets_too_old_meanwhile_says_so);
  FIXTURE_ADD ("/outbox/allowance/more", NULL, test_more_may_go_when_somebody_allows_it);

  return g_test_run ();
}
