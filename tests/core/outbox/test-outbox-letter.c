/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-letter"

#include "outbox-fixture.h"

#include "core/base/error.h"

#define HOUR_MS (60 * 60 * 1000)

/* What an attempt is told beside the words, so that each has the same letter */

static void
start (Fixture *fixture,
       int      code,
       gboolean commits)
{
  fixture->channel->code = code;
  fixture->channel->commits = commits;
  fixture->channel->form = "email";
  herald_outbox_start (fixture->outbox);
  fixture_say (fixture, HERALD_KIND_PRINT_FAILED, "a");
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
}

static void
try_again (Fixture *fixture,
           int      code,
           gint64   later_ms)
{
  fixture->channel->code = code;
  fake_clock_advance (fixture->clock, later_ms);
  herald_outbox_resume (fixture->outbox, "one");
  fixture_look_again (fixture);
  fixture_spin ();
}

/* Nothing of the earlier ones has arrived: the time that counts is that of this one. */
static void
test_attempt_that_failed_for_certain_does_not_count (Fixture       *fixture,
                                                     gconstpointer  data)
{
  gint64 first_ms = 0;

  start (fixture, HERALD_ERROR_UNREACHABLE, FALSE);
  first_ms = fixture->channel->last_begun_ms;
  g_assert_cmpint (first_ms, ==, fixture->clock->wall_ms);

  try_again (fixture, -1, HOUR_MS / 2);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
  g_assert_cmpint (fixture->channel->last_begun_ms, ==, first_ms + HOUR_MS / 2);
}

/* Else the mail that is sent again would say another time, and be another mail. */
static void
test_attempt_in_doubt_sets_the_time (Fixture       *fixture,
                                     gconstpointer  data)
{
  gint64 first_ms = 0;

  start (fixture, HERALD_ERROR_AMBIGUOUS, TRUE);
  first_ms = fixture->channel->last_begun_ms;

  try_again (fixture, -1, HOUR_MS / 2);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
  g_assert_cmpint (fixture->channel->last_begun_ms, ==, first_ms);
}

static void
test_attempt_cut_off_by_death_sets_the_time (Fixture       *fixture,
                                             gconstpointer  data)
{
  gint64 first_ms = 0;

  start (fixture, -2, TRUE);
  first_ms = fixture->channel->last_begun_ms;
  fixture_close (fixture);

  fake_clock_advance (fixture->clock, HOUR_MS / 2);
  fixture->channel->code = -1;
  fixture_open (fixture);
  herald_outbox_start (fixture->outbox);
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
  g_assert_cmpint (fixture->channel->last_begun_ms, ==, first_ms);
}

static void
test_messages_of_a_print_have_one_thread (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autofree char *first = NULL;

  start (fixture, -1, TRUE);
  first = g_strdup (fixture->channel->last_thread);
  g_assert_nonnull (first);

  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "b");
  fixture_spin ();
  g_assert_cmpstr (fixture->channel->last_thread, ==, first);
  g_assert_cmpstr (fixture->channel->last_thread, !=, fixture->channel->last_key);

  fixture_say_by (fixture, "mk4", "c");
  fixture_spin ();
  g_assert_cmpstr (fixture->channel->last_thread, !=, first);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_ADD ("/outbox/letter/certain", NULL, test_attempt_that_failed_for_certain_does_not_count);
  FIXTURE_ADD ("/outbox/letter/doubt", NULL, test_attempt_in_doubt_sets_the_time);
  FIXTURE_ADD ("/outbox/letter/death", NULL, test_attempt_cut_off_by_death_sets_the_time);
  FIXTURE_ADD ("/outbox/letter/thread", NULL, test_messages_of_a_print_have_one_thread);

  return g_test_run ();
}
