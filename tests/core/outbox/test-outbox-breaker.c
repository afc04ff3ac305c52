/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-breaker"

#include "outbox-fixture.h"

#include <string.h>

#include "core/base/error.h"

#define N_PRINTERS 20

static void
say_all (Fixture *fixture)
{
  for (guint i = 0; i < N_PRINTERS; i++)
    {
      g_autofree char *printer = g_strdup_printf ("mk%u", i);

      fixture_say_by (fixture, printer, printer);
    }
}

static void
break_channel (Fixture *fixture,
               guint    retry_after_s)
{
  fixture->channel->code = retry_after_s > 0 ? HERALD_ERROR_BUSY : HERALD_ERROR_UNREACHABLE;
  fixture->channel->scope = HERALD_ERROR_SCOPE_CHANNEL;
  fixture->channel->retry_after_s = retry_after_s;
  fixture->channel->commits = FALSE;
  herald_outbox_start (fixture->outbox);
  say_all (fixture);
  fixture_spin ();
}

static void
mend_channel (Fixture *fixture)
{
  fixture->channel->code = -1;
  fixture->channel->commits = TRUE;
}

static guint
count_tried (Fixture *fixture)
{
  g_autoptr(GPtrArray) rows = fixture_query (fixture, 0);
  guint n_tried = 0;

  for (guint i = 0; i < rows->len; i++)
    n_tried += ((HeraldDelivery *) rows->pdata[i])->attempts > 0;

  return n_tried;
}

static void
assert_all_delivered (Fixture *fixture)
{
  for (gint64 id = 1; id <= N_PRINTERS; id++)
    fixture_assert_state (fixture, id, HERALD_DELIVERY_DELIVERED);
}

/* F95: whoever has news hands it over and goes on; it is sent later, in order, one of a lane at a time. */
static void
test_accepting_sends_nothing_itself (Fixture       *fixture,
                                     gconstpointer  data)
{
  herald_outbox_start (fixture->outbox);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      fixture_say_by (fixture, "mk3", key);
    }
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
  fixture_spin ();
  g_assert_cmpstr (fixture->channel->log->str, ==, "0 1 2 3 4 ");
  g_assert_cmpuint (fixture->channel->n_under_way_max, ==, 1);
}

static void
test_one_attempt_speaks_for_all (Fixture       *fixture,
                                 gconstpointer  data)
{
  HeraldChannel *channel = HERALD_CHANNEL (fixture->channel);

  break_channel (fixture, 0);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
  g_assert_cmpuint (count_tried (fixture), ==, 1);
  g_assert_nonnull (strstr (herald_channel_get_wait_reason (channel), "It failed."));
  g_assert_cmpint (herald_channel_get_wait_until_ms (channel), >, fixture->clock->wall_ms);
}

static void
test_who_was_not_tried_says_why_it_waits (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autoptr(GPtrArray) rows = NULL;
  HeraldDelivery *delivery;

  break_channel (fixture, 0);
  rows = fixture_query (fixture, N_PRINTERS);
  delivery = rows->pdata[0];
  g_assert_cmpuint (delivery->attempts, ==, 0);
  g_assert_nonnull (strstr (delivery->reason, "waits with the others"));
  g_assert_nonnull (strstr (delivery->reason, "It failed."));
}

static void
test_success_of_the_probe_lets_all_go (Fixture       *fixture,
                                       gconstpointer  data)
{
  break_channel (fixture, 0);
  mend_channel (fixture);
  fake_clock_advance (fixture->clock, 10000);
  fixture_look_again (fixture);
  fixture_spin ();
  assert_all_delivered (fixture);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, N_PRINTERS + 1);
  g_assert_null (herald_channel_get_wait_reason (HERALD_CHANNEL (fixture->channel)));
}

/* A refused recipient is an answer, too: the server is there. */
static void
test_refusal_lets_the_others_go (Fixture       *fixture,
                                 gconstpointer  data)
{
  break_channel (fixture, 0);
  fixture->channel->code = HERALD_ERROR_REJECTED;
  fixture->channel->scope = HERALD_ERROR_SCOPE_MESSAGE;
  fake_clock_advance (fixture->clock, 10000);
  fixture_look_again (fixture);
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, N_PRINTERS + 1);
  fixture_assert_state (fixture, N_PRINTERS, HERALD_DELIVERY_REJECTED);
}

/* A message that breaks every connection must not stand in the way of all others for ever. */
static void
test_next_probe_is_another_message (Fixture       *fixture,
                                    gconstpointer  data)
{
  break_channel (fixture, 0);
  for (guint i = 0; i < 3; i++)
    {
      fake_clock_advance (fixture->clock, 15 * 60 * 1000);
      fixture_look_again (fixture);
    }
  g_assert_cmpstr (fixture->channel->log->str, ==, "mk0 mk1 mk0 mk1 ");
}

/* A daily limit: at most one attempt an hour, however many wait and come. */
static void
test_time_the_server_named_is_kept (Fixture       *fixture,
                                    gconstpointer  data)
{
  break_channel (fixture, 3600);
  for (guint minutes = 0; minutes < 59; minutes++)
    {
      fake_clock_advance (fixture->clock, 60 * 1000);
      herald_outbox_resume (fixture->outbox, NULL);
      fixture_spin ();
    }
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
}

/* F99: what may not be sent now waits; OctoText and Octorant forget it. */
static void
test_nothing_is_lost_meanwhile (Fixture       *fixture,
                                gconstpointer  data)
{
  HeraldLedger ledger;

  break_channel (fixture, 1800);
  herald_outbox_get_ledger (fixture->outbox, &ledger);
  g_assert_cmpuint (ledger.waiting, ==, N_PRINTERS);
  mend_channel (fixture);
  fake_clock_advance (fixture->clock, 1805 * 1000);
  fixture_look_again (fixture);
  fixture_spin ();
  assert_all_delivered (fixture);
}

static void
test_network_that_is_back_is_tried_at_once (Fixture       *fixture,
                                            gconstpointer  data)
{
  break_channel (fixture, 0);
  mend_channel (fixture);
  herald_outbox_resume (fixture->outbox, NULL);
  fixture_spin ();
  fixture_spin ();
  assert_all_delivered (fixture);
}

/* “history retry”: the server asked us to come back in an hour, a person wants to know it now. */
static void
test_person_who_retries_need_not_wait (Fixture       *fixture,
                                       gconstpointer  data)
{
  break_channel (fixture, 3600);
  mend_channel (fixture);
  g_assert_true (herald_outbox_retry (fixture->outbox, N_PRINTERS, NULL));
  fixture_spin ();
  assert_all_delivered (fixture);
}

/* One that waits for its own reason goes on waiting when the others go. */
static void
test_busy_recipient_stops_nobody_else (Fixture       *fixture,
                                       gconstpointer  data)
{
  fixture->channel->code = HERALD_ERROR_BUSY;
  fixture->channel->commits = FALSE;
  herald_outbox_start (fixture->outbox);
  fixture_say_by (fixture, "greylisted", "greylisted");
  fixture_spin ();
  mend_channel (fixture);
  say_all (fixture);
  fixture_spin ();
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DEFERRED);
  fixture_assert_state (fixture, N_PRINTERS + 1, HERALD_DELIVERY_DELIVERED);

  fake_clock_advance (fixture->clock, 59 * 1000);
  fixture_look_again (fixture);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DEFERRED);
  fake_clock_advance (fixture->clock, 5 * 1000);
  fixture_look_again (fixture);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
}

/* Four lanes, a wrong password: tried once, and once more after a new start. */
static void
test_wrong_password_is_tried_once (Fixture       *fixture,
                                   gconstpointer  data)
{
  fixture->channel->code = HERALD_ERROR_UNAUTHORIZED;
  fixture->channel->commits = FALSE;
  herald_outbox_start (fixture->outbox);
  say_all (fixture);
  fixture_spin ();
  fake_clock_advance (fixture->clock, 30 * 60 * 1000);
  herald_outbox_resume (fixture->outbox, NULL);
  fixture_look_again (fixture);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
  g_assert_nonnull (herald_channel_get_problem (HERALD_CHANNEL (fixture->channel)));
}

static void
test_channel_that_goes_and_comes_is_a_new_one (Fixture       *fixture,
                                               gconstpointer  data)
{
  g_autoptr(FakeChannel) other = NULL;

  break_channel (fixture, 3600);
  g_list_store_remove_all (fixture->channels);
  fixture_spin ();
  other = fake_channel_new ("one");
  g_list_store_append (fixture->channels, other);
  fixture_say_by (fixture, "mk0", "later");
  fixture_spin ();
  g_assert_cmpuint (other->n_attempts, ==, 1);
  g_list_store_remove_all (fixture->channels);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_ADD ("/outbox/breaker/f95-accepting", NULL, test_accepting_sends_nothing_itself);
  FIXTURE_ADD ("/outbox/breaker/one-for-all", NULL, test_one_attempt_speaks_for_all);
  FIXTURE_ADD ("/outbox/breaker/reason", NULL, test_who_was_not_tried_says_why_it_waits);
  FIXTURE_ADD ("/outbox/breaker/success", NULL, test_success_of_the_probe_lets_all_go);
  FIXTURE_ADD ("/outbox/breaker/refusal", NULL, test_refusal_lets_the_others_go);
  FIXTURE_ADD ("/outbox/breaker/rotation", NULL, test_next_probe_is_another_message);
  FIXTURE_ADD ("/outbox/breaker/asked", NULL, test_time_the_server_named_is_kept);
  FIXTURE_ADD ("/outbox/breaker/f99-nothing-lost", NULL, test_nothing_is_lost_meanwhile);
  FIXTURE_ADD ("/outbox/breaker/network", NULL, test_network_that_is_back_is_tried_at_once);
  FIXTURE_ADD ("/outbox/breaker/retry", NULL, test_person_who_retries_need_not_wait);
  FIXTURE_ADD ("/outbox/breaker/busy-recipient", NULL, test_busy_recipient_stops_nobody_else);
  FIXTURE_ADD ("/outbox/breaker/password", NULL, test_wrong_password_is_tried_once);
  FIXTURE_ADD ("/outbox/breaker/new-channel", NULL, test_channel_that_goes_and_comes_is_a_new_one);

  return g_test_run ();
}
