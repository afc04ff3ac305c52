/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-credit"

#include "outbox-fixture.h"

#include "core/base/error.h"

#define N_WAITING 50
#define LOOK_S 600

static void
say_many (Fixture *fixture)
{
  for (guint i = 0; i < N_WAITING; i++)
    {
      g_autofree char *printer = g_strdup_printf ("printer %u", i % 7);
      g_autofree char *dedupe = g_strdup_printf ("%u", i);

      fixture_say_by (fixture, printer, dedupe);
    }
  fixture_spin ();
}

static void
advance_s (Fixture *fixture,
           guint    seconds)
{
  fake_clock_advance (fixture->clock, (gint64) seconds * 1000);
  fixture_look_again (fixture);
}

/* One that knows only after its point of no return that it is refused */
static void
run_out (Fixture *fixture)
{
  g_list_store_remove_all (fixture->channels);
  g_assert_finalize_object (fixture->channel);
  fixture->channel = fake_channel_new_serial ("one");
  g_list_store_append (fixture->channels, fixture->channel);
  fixture->channel->code = HERALD_ERROR_NO_CREDIT;
  fixture->channel->retry_after_s = LOOK_S;
  herald_outbox_start (fixture->outbox);
  say_many (fixture);
}

static void
assert_held (Fixture  *fixture,
             gboolean  is_held)
{
  HeraldLedger ledger;

  herald_outbox_get_ledger (fixture->outbox, &ledger);
  g_assert_cmpuint (ledger.held, ==, is_held ? N_WAITING : 0);
  g_assert_cmpint (herald_channel_get_problem (HERALD_CHANNEL (fixture->channel)) != NULL, ==, is_held);
}

static void
test_empty_account_is_asked_once (Fixture       *fixture,
                                  gconstpointer  data)
{
  run_out (fixture);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
  assert_held (fixture, TRUE);
}

static void
test_empty_account_is_looked_at_by_one_message_at_a_time (Fixture       *fixture,
                                                          gconstpointer  data)
{
  run_out (fixture);
  advance_s (fixture, LOOK_S - 1);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
  advance_s (fixture, 1);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
  advance_s (fixture, LOOK_S);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 3);
  assert_held (fixture, TRUE);
}

static void
test_account_that_is_filled_goes_on_by_itself (Fixture       *fixture,
                                               gconstpointer  data)
{
  run_out (fixture);
  fixture->channel->code = -1;
  advance_s (fixture, LOOK_S);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1 + N_WAITING);
  assert_held (fixture, FALSE);
}

static void
test_account_that_is_filled_goes_on_when_told (Fixture       *fixture,
                                               gconstpointer  data)
{
  run_out (fixture);
  fixture->channel->code = -1;
  herald_outbox_resume (fixture->outbox, "one");
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1 + N_WAITING);
  assert_held (fixture, FALSE);
}

static void
test_one_message_is_sent_after_the_other (Fixture       *fixture,
                                          gconstpointer  data)
{
  run_out (fixture);
  fixture->channel->code = -1;
  herald_outbox_resume (fixture->outbox, "one");
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_under_way_max, ==, 1);
}

/* The line that is lost meanwhile says nothing about money, and is tried at its own pace. */
static void
test_look_that_finds_nobody_keeps_the_hold (Fixture       *fixture,
                                            gconstpointer  data)
{
  run_out (fixture);
  fixture->channel->code = HERALD_ERROR_UNREACHABLE;
  fixture->channel->retry_after_s = 0;
  fixture->channel->commits = FALSE;
  advance_s (fixture, LOOK_S);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
  assert_held (fixture, TRUE);
  advance_s (fixture, 1);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
}

/* A wrong password does not get right by waiting. */
static void
test_other_holds_wait_for_a_person (Fixture       *fixture,
                                    gconstpointer  data)
{
  run_out (fixture);
  fixture->channel->code = HERALD_ERROR_UNAUTHORIZED;
  fixture->channel->retry_after_s = 0;
  herald_outbox_resume (fixture->outbox, "one");
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
  advance_s (fixture, LOOK_S);
  advance_s (fixture, LOOK_S);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
  assert_held (fixture, TRUE);
}

/* Nothing is remembered of a hold but that somebody was told: whoever starts again finds out by one message. */
static void
test_hold_after_a_restart_costs_one_attempt (Fixture       *fixture,
                                             gconstpointer  data)
{
  run_out (fixture);
  fixture_close (fixture);
  herald_channel_set_problem (HERALD_CHANNEL (fixture->channel), NULL);
  fixture_open (fixture);
  herald_outbox_start (fixture->outbox);
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
  assert_held (fixture, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_ADD ("/outbox-credit/once", NULL, test_empty_account_is_asked_once);
  FIXTURE_ADD ("/outbox-credit/look", NULL, test_empty_account_is_looked_at_by_one_message_at_a_time);
  FIXTURE_ADD ("/outbox-credit/filled", NULL, test_account_that_is_filled_goes_on_by_itself);
  FIXTURE_ADD ("/outbox-credit/told", NULL, test_account_that_is_filled_goes_on_when_told);
  FIXTURE_ADD ("/outbox-credit/serial", NULL, test_one_message_is_sent_after_the_other);
  FIXTURE_ADD ("/outbox-credit/nobody", NULL, test_look_that_finds_nobody_keeps_the_hold);
  FIXTURE_ADD ("/outbox-credit/others", NULL, test_other_holds_wait_for_a_person);
  FIXTURE_ADD ("/outbox-credit/restart", NULL, test_hold_after_a_restart_costs_one_attempt);

  return g_test_run ();
}
