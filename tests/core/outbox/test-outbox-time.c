/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-time"

#include "outbox-fixture.h"

#include <string.h>

#include "core/base/error.h"

#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

static void
assert_reason (Fixture    *fixture,
               gint64      id,
               const char *words)
{
  g_autoptr(GPtrArray) rows = fixture_query (fixture, id);
  const char *reason = ((HeraldDelivery *) rows->pdata[0])->reason;

  g_assert_nonnull (reason);
  g_assert_nonnull (strstr (reason, words));
}

static void
fail_first_attempt (Fixture *fixture)
{
  fixture->channel->code = HERALD_ERROR_UNREACHABLE;
  fixture->channel->commits = FALSE;
  herald_outbox_start (fixture->outbox);
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  fixture_spin ();
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DEFERRED);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
}

static void
reboot (Fixture *fixture,
        gint64   wall_ms)
{
  fixture_close (fixture);
  fixture->clock->boot_id = "boot-2";
  fixture->clock->boot_ms = 5000;
  fixture->clock->wall_ms += wall_ms;
  fixture_open (fixture);
  herald_outbox_start (fixture->outbox);
  fixture_spin ();
}

static void
test_first_retry_comes_within_ten_seconds (Fixture       *fixture,
                                           gconstpointer  data)
{
  fail_first_attempt (fixture);
  fake_clock_advance (fixture->clock, 4999);
  fixture_look_again (fixture);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
  fake_clock_advance (fixture->clock, 5001);
  fixture_look_again (fixture);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
}

static void
test_too_old_expires_with_a_reason (Fixture       *fixture,
                                    gconstpointer  data)
{
  fail_first_attempt (fixture);
  fake_clock_advance (fixture->clock, 3600 * 1000 + 1);
  fixture_look_again (fixture);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_EXPIRED);
  assert_reason (fixture, 1, "too old");
  assert_reason (fixture, 1, "It failed.");
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
}

/* F96: OctoText gives up after six times 30 s. */
static void
test_away_for_its_whole_life_is_tried_to_the_end (Fixture       *fixture,
                                                  gconstpointer  data)
{
  fail_first_attempt (fixture);
  for (guint minutes = 0; minutes < 59; minutes++)
    {
      fake_clock_advance (fixture->clock, 60 * 1000);
      fixture_look_again (fixture);
    }
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DEFERRED);
  g_assert_cmpuint (fixture->channel->n_attempts, >=, 6);
  g_assert_cmpuint (fixture->channel->n_attempts, <=, 30);

  fixture->channel->code = -1;
  herald_outbox_resume (fixture->outbox, NULL);
  fixture_spin ();
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
}

static void
test_held_expires_too (Fixture       *fixture,
                       gconstpointer  data)
{
  fail_first_attempt (fixture);
  herald_channel_set_problem (HERALD_CHANNEL (fixture->channel), "The password is wrong.");
  fake_clock_advance (fixture->clock, 3600 * 1000 + 1);
  fixture_look_again (fixture);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_EXPIRED);
}

static void
test_reboot_keeps_the_wait (Fixture       *fixture,
                            gconstpointer  data)
{
  fail_first_attempt (fixture);
  fixture->channel->code = -1;
  reboot (fixture, 1000);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DEFERRED);
  fake_clock_advance (fixture->clock, 9000);
  fixture_look_again (fixture);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
}

static void
test_reboot_counts_the_time_it_took (Fixture       *fixture,
                                     gconstpointer  data)
{
  fail_first_attempt (fixture);
  reboot (fixture, 3600 * 1000 + 1);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_EXPIRED);
}

/* A board without a battery begins in the past until it has asked for the time. */
static void
test_reboot_into_the_past_sends_at_once (Fixture       *fixture,
                                         gconstpointer  data)
{
  fail_first_attempt (fixture);
  fixture->channel->code = -1;
  reboot (fixture, -400 * DAY_MS);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
}

static void
test_jump_of_the_wall_clock_changes_nothing (Fixture       *fixture,
                                             gconstpointer  data)
{
  gint64 jump_ms = GPOINTER_TO_INT (data) * DAY_MS;

  fail_first_attempt (fixture);
  fixture->clock->wall_ms += jump_ms;
  fixture_look_again (fixture);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DEFERRED);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);

  fixture->clock->boot_ms += 10000;
  fixture_look_again (fixture);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
  fixture_look_again (fixture);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);

  fixture->channel->code = -1;
  fixture->clock->boot_ms += 60 * 1000;
  fixture_look_again (fixture);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
}

static void
test_over_for_thirty_days_is_forgotten (Fixture       *fixture,
                                        gconstpointer  data)
{
  g_autoptr(GPtrArray) kept = NULL;
  g_autoptr(GPtrArray) gone = NULL;

  herald_outbox_start (fixture->outbox);
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  fixture_spin ();
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);

  fake_clock_advance (fixture->clock, 29 * DAY_MS);
  fixture_look_again (fixture);
  kept = fixture_query (fixture, 1);
  g_assert_cmpuint (kept->len, ==, 1);

  fake_clock_advance (fixture->clock, 2 * DAY_MS);
  fixture_look_again (fixture);
  gone = fixture_query (fixture, 1);
  g_assert_cmpuint (gone->len, ==, 0);
}

/* @data: for how many days it is kept */
static void
test_is_kept_as_long_as_is_said (Fixture       *fixture,
                                 gconstpointer  data)
{
  guint days = GPOINTER_TO_UINT (data);
  g_autoptr(GPtrArray) kept = NULL;
  g_autoptr(GPtrArray) rest = NULL;

  herald_outbox_start (fixture->outbox);
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  fixture->price = 1;
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "b");
  fixture_spin ();
  herald_outbox_set_kept_days (fixture->outbox, days);

  fake_clock_advance (fixture->clock, days * DAY_MS);
  fixture_look_again (fixture);
  kept = fixture_query (fixture, 0);
  g_assert_cmpuint (kept->len, ==, 2);

  fake_clock_advance (fixture->clock, 2 * DAY_MS);
  fixture_look_again (fixture);
  /* What has cost something counts for the budget of its month. */
  rest = fixture_query (fixture, 0);
  g_assert_cmpuint (rest->len, ==, days == 0 ? 2 : days < 30 ? 1 : 0);
}

static void
test_third_death_quarantines (Fixture       *fixture,
                              gconstpointer  data)
{
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  for (guint n_deaths = 1; n_deaths <= 3; n_deaths++)
    {
      fixture_close (fixture);
      fixture_run_sql (fixture, "UPDATE delivery SET state='sending' WHERE id=1");
      fixture_open (fixture);
      fixture_assert_state (fixture, 1, n_deaths < 3 ? HERALD_DELIVERY_DEFERRED
                                                     : HERALD_DELIVERY_QUARANTINED);
    }

  assert_reason (fixture, 1, "ended unexpectedly");
  fixture_say (fixture, HERALD_KIND_PRINT_FAILED, "b");
  herald_outbox_start (fixture->outbox);
  fixture_spin ();
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_QUARANTINED);
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_DELIVERED);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
  g_assert_true (herald_outbox_retry (fixture->outbox, 1, NULL));
  fixture_spin ();
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
}

static void
test_unreadable_is_never_sent (Fixture       *fixture,
                               gconstpointer  data)
{
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  fixture_say (fixture, HERALD_KIND_PRINT_FAILED, "b");
  fixture_close (fixture);
  fixture_run_sql (fixture, "UPDATE delivery SET body=X'7B00FF' WHERE id=1");
  fixture_open (fixture);
  herald_outbox_start (fixture->outbox);
  fixture_spin ();
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_QUARANTINED);
  assert_reason (fixture, 1, "could not be read");
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_DELIVERED);
  g_assert_cmpstr (fixture->channel->log->str, ==, "b ");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_ADD ("/outbox/time/first-retry", NULL, test_first_retry_comes_within_ten_seconds);
  FIXTURE_ADD ("/outbox/time/expired", NULL, test_too_old_expires_with_a_reason);
  FIXTURE_ADD ("/outbox/time/f96-tried-to-the-end", NULL, test_away_for_its_whole_life_is_tried_to_the_end);
  FIXTURE_ADD ("/outbox/time/held-expires", NULL, test_held_expires_too);
  FIXTURE_ADD ("/outbox/time/reboot-wait", NULL, test_reboot_keeps_the_wait);
  FIXTURE_ADD ("/outbox/time/reboot-long", NULL, test_reboot_counts_the_time_it_took);
  FIXTURE_ADD ("/outbox/time/reboot-past", NULL, test_reboot_into_the_past_sends_at_once);
  FIXTURE_ADD ("/outbox/time/jump-ahead", GINT_TO_POINTER (400),
               test_jump_of_the_wall_clock_changes_nothing);
  FIXTURE_ADD ("/outbox/time/jump-back", GINT_TO_POINTER (-400),
               test_jump_of_the_wall_clock_changes_nothing);
  FIXTURE_ADD ("/outbox/time/retention", NULL, test_over_for_thirty_days_is_forgotten);
  FIXTURE_ADD ("/outbox/time/kept-for-a-week", GUINT_TO_POINTER (7), test_is_kept_as_long_as_is_said);
  FIXTURE_ADD ("/outbox/time/kept-for-forty-days", GUINT_TO_POINTER (40), test_is_kept_as_long_as_is_said);
  FIXTURE_ADD ("/outbox/time/kept-for-ever", GUINT_TO_POINTER (0), test_is_kept_as_long_as_is_said);
  FIXTURE_ADD ("/outbox/time/deaths", NULL, test_third_death_quarantines);
  FIXTURE_ADD ("/outbox/time/unreadable", NULL, test_unreadable_is_never_sent);

  return g_test_run ();
}
