/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-pace"

#include "outbox-fixture.h"

#include "core/base/error.h"

#define MINUTE_MS (60 * 1000)

/* Longer than the longest wait of a channel that nothing comes through */
#define PATIENCE_MS (16 * MINUTE_MS)

static void
say (Fixture    *fixture,
     const char *title)
{
  fixture_say_by (fixture, title, title);
  g_assert_true (fixture_spin ());
}

static void
fail (Fixture     *fixture,
      HeraldError  code)
{
  fixture->channel->code = (int) code;
  fixture->channel->scope = HERALD_ERROR_SCOPE_CHANNEL;
  fixture->channel->commits = FALSE;
}

static void
succeed (Fixture *fixture)
{
  fixture->channel->code = -1;
  fixture->channel->commits = TRUE;
}

/* The last of a day waits for others before every attempt; what was stopped with its channel has no other time. */
static void
test_the_last_waits_in_peace_if_nothing_comes_through (Fixture       *fixture,
                                                       gconstpointer  data)
{
  g_autoptr(GPtrArray) rows = NULL;

  fixture->channel->allowance.per_day = 5;
  fixture_begin (fixture);
  say (fixture, "1");
  say (fixture, "2");
  say (fixture, "3");
  fail (fixture, HERALD_ERROR_UNREACHABLE);
  say (fixture, "4");
  fixture_pass (fixture, MINUTE_MS);
  fixture_assert_state (fixture, 4, HERALD_DELIVERY_DEFERRED);

  succeed (fixture);
  fixture_pass (fixture, PATIENCE_MS);
  g_assert_true (fixture_spin ());
  g_assert_cmpstr (fixture->channel->log->str, ==, "1 2 3 4 ");
  fixture_pass (fixture, MINUTE_MS);
  g_assert_cmpstr (fixture->channel->log->str, ==, "1 2 3 4 4 ");
}

/* It is not left out, as it may have arrived; and it is not sent again, as no more may go today. */
static void
test_a_digest_in_doubt_waits_for_its_end (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autoptr(GPtrArray) rows = NULL;

  fixture->channel->allowance.per_day = 5;
  fixture_begin (fixture);
  say (fixture, "1");
  say (fixture, "2");
  say (fixture, "3");
  fixture_say (fixture, HERALD_KIND_PRINT_FAILED, "failed");
  fixture_spin ();
  say (fixture, "5");
  say (fixture, "6");
  fail (fixture, HERALD_ERROR_AMBIGUOUS);
  fixture_pass (fixture, MINUTE_MS);
  g_assert_cmpstr (fixture->channel->log->str, ==, "1 2 3 failed TOGETHER(2:5,6) ");
  fixture_assert_state (fixture, 7, HERALD_DELIVERY_DEFERRED);

  succeed (fixture);
  fixture_pass (fixture, PATIENCE_MS);
  g_assert_true (fixture_spin ());
  fixture_assert_state (fixture, 7, HERALD_DELIVERY_DEFERRED);
  fixture_pass (fixture, 60 * MINUTE_MS);
  fixture_assert_state (fixture, 7, HERALD_DELIVERY_PROBABLE);
  rows = fixture_query (fixture, 7);
  g_assert_false (((HeraldDelivery *) rows->pdata[0])->is_left_out);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 5);
}

/* The second would be left out, and with it what it tells. */
static void
test_one_digest_leaves_the_next_less (Fixture       *fixture,
                                      gconstpointer  data)
{
  fixture->channel->allowance.per_day = 1;
  fixture_begin (fixture);
  say (fixture, "1");
  say (fixture, "2");
  fixture->destination = "somebody else";
  say (fixture, "3");
  say (fixture, "4");
  fixture_pass (fixture, MINUTE_MS);
  g_assert_cmpstr (fixture->channel->log->str, ==, "TOGETHER(2:1,2) ");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DIGESTED);
  fixture_assert_state (fixture, 3, HERALD_DELIVERY_EXPIRED);
  fixture_assert_state (fixture, 4, HERALD_DELIVERY_EXPIRED);
}

/* Short-lived news that comes last does not take the rest with it. */
static void
test_a_digest_lives_as_long_as_any_of_its_parts (Fixture       *fixture,
                                                 gconstpointer  data)
{
  g_autoptr(GPtrArray) rows = NULL;
  const HeraldDelivery *digest;

  fixture->channel->allowance.per_day = 1;
  fail (fixture, HERALD_ERROR_UNREACHABLE);
  fixture_begin (fixture);
  fixture->lifetime_s = 7200;
  say (fixture, "1");
  fixture->lifetime_s = 600;
  say (fixture, "2");
  fixture_pass (fixture, MINUTE_MS);
  rows = fixture_query (fixture, 3);
  digest = rows->pdata[0];
  g_assert_cmpint (digest->expires_ms - digest->created_ms, ==, 7200 * 1000 - MINUTE_MS);
}

static void
assert_spent (Fixture *fixture,
              gint64   day_microdollars,
              gint64   month_microdollars)
{
  HeraldAllowanceReport report;

  g_assert_true (herald_outbox_query_allowance (fixture->outbox, HERALD_CHANNEL (fixture->channel), &report));
  g_assert_cmpint (report.use.day_microdollars, ==, day_microdollars);
  g_assert_cmpint (report.use.month_microdollars, ==, month_microdollars);
}

/* Too many pictures lie there, so that the program throws them away. */
static void
test_a_picture_that_is_gone_has_cost_what_it_has (Fixture       *fixture,
                                                  gconstpointer  data)
{
  gint64 event;

  fixture->channel->allowance.month_microdollars = 1000000;
  fixture->price = 15000;
  fixture_begin (fixture);
  event = fixture_say_held (fixture, HERALD_KIND_PRINT_DONE, "a", 60000, TRUE);
  fixture_illustrate (fixture, event, "one", "picture");
  assert_spent (fixture, 20000, 20000);
  fixture_close (fixture);
  fixture_run_sql (fixture, "UPDATE picture SET bytes=1000000000");
  fixture_open (fixture);
  fixture_begin (fixture);
  assert_spent (fixture, 20000, 20000);
}

/* It lies there until somebody looks, and counts for the day on which it may have left. */
static void
test_what_was_put_aside_is_not_of_every_day (Fixture       *fixture,
                                             gconstpointer  data)
{
  fixture->channel->allowance.month_microdollars = 1000000;
  fixture->price = 15000;
  fixture_begin (fixture);
  fail (fixture, HERALD_ERROR_AMBIGUOUS);
  say (fixture, "a");
  fixture_close (fixture);
  fixture_run_sql (fixture, "UPDATE delivery SET state='quarantined'");
  fixture_open (fixture);
  fixture_begin (fixture);
  assert_spent (fixture, 15000, 15000);
  fixture_pass (fixture, 24 * 60 * MINUTE_MS);
  assert_spent (fixture, 0, 15000);
}

/* A person wants it: then it may use what is kept. */
static void
test_what_waits_goes_if_somebody_insists (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->channel->allowance.per_quarter_hour = 5;
  fixture_begin (fixture);
  say (fixture, "1");
  say (fixture, "2");
  say (fixture, "3");
  say (fixture, "4");
  fixture_pass (fixture, MINUTE_MS);
  say (fixture, "waits");
  g_assert_cmpstr (fixture->channel->log->str, ==, "1 2 3 4 ");
  herald_outbox_retry (fixture->outbox, 5, &error);
  g_assert_no_error (error);
  g_assert_true (fixture_spin ());
  g_assert_true (g_str_has_suffix (fixture->channel->log->str, "4 waits "));
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD ("/outbox/pace/stopped", NULL, test_the_last_waits_in_peace_if_nothing_comes_through);
  FIXTURE_ADD ("/outbox/pace/doubt", NULL, test_a_digest_in_doubt_waits_for_its_end);
  FIXTURE_ADD ("/outbox/pace/destinations", NULL, test_one_digest_leaves_the_next_less);
  FIXTURE_ADD ("/outbox/pace/lifetime", NULL, test_a_digest_lives_as_long_as_any_of_its_parts);
  FIXTURE_ADD ("/outbox/pace/picture-gone", NULL, test_a_picture_that_is_gone_has_cost_what_it_has);
  FIXTURE_ADD ("/outbox/pace/put-aside", NULL, test_what_was_put_aside_is_not_of_every_day);
  FIXTURE_ADD ("/outbox/pace/insists", NULL, test_what_waits_goes_if_somebody_insists);

  return g_test_run ();
}
