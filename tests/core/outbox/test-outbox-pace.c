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

  return g_test_run ();
}
