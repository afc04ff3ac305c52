/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-sleep"

#include "outbox-fixture.h"

/* Before a sleep nothing is begun, and what is under way goes on. */
static void
test_held_back_begins_nothing (Fixture       *fixture,
                               gconstpointer  data)
{
  gint64 first;
  gint64 second;
  gint64 trial;

  herald_outbox_start (fixture->outbox);
  herald_outbox_hold_back (fixture->outbox, TRUE);
  first = fixture_say (fixture, HERALD_KIND_CUSTOM, "first");
  second = fixture_say_by (fixture, "other", "second");
  trial = fixture_say (fixture, HERALD_KIND_TEST, "test");
  fixture_spin ();
  fixture_pass (fixture, 60 * 1000);
  herald_outbox_resume (fixture->outbox, NULL);
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
  fixture_assert_state (fixture, first, HERALD_DELIVERY_PENDING);

  herald_outbox_hold_back (fixture->outbox, FALSE);
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 3);
  fixture_assert_state (fixture, first, HERALD_DELIVERY_DELIVERED);
  fixture_assert_state (fixture, second, HERALD_DELIVERY_DELIVERED);
  fixture_assert_state (fixture, trial, HERALD_DELIVERY_DELIVERED);
}

static void
test_what_is_under_way_goes_on (Fixture       *fixture,
                                gconstpointer  data)
{
  gint64 id;

  herald_outbox_start (fixture->outbox);
  fixture->channel->code = -2;
  fixture->channel->commits = FALSE;
  id = fixture_say (fixture, HERALD_KIND_CUSTOM, "first");
  fixture_spin ();
  fixture_assert_state (fixture, id, HERALD_DELIVERY_SENDING);
  herald_outbox_hold_back (fixture->outbox, TRUE);
  fixture_spin ();
  fixture_assert_state (fixture, id, HERALD_DELIVERY_SENDING);
  g_assert_cmpuint (fixture->channel->n_under_way, ==, 1);
}

/* Somebody may close the lid while the service is not yet, or no longer, sending. */
static void
test_held_back_while_stopped (Fixture       *fixture,
                              gconstpointer  data)
{
  gint64 id;

  herald_outbox_hold_back (fixture->outbox, TRUE);
  herald_outbox_start (fixture->outbox);
  id = fixture_say (fixture, HERALD_KIND_CUSTOM, "first");
  fixture_spin ();
  fixture_assert_state (fixture, id, HERALD_DELIVERY_PENDING);
  herald_outbox_stop (fixture->outbox);
  herald_outbox_hold_back (fixture->outbox, FALSE);
  fixture_spin ();
  fixture_assert_state (fixture, id, HERALD_DELIVERY_PENDING);
  herald_outbox_start (fixture->outbox);
  fixture_spin ();
  fixture_assert_state (fixture, id, HERALD_DELIVERY_DELIVERED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_ADD ("/outbox-sleep/held back begins nothing", NULL, test_held_back_begins_nothing);
  FIXTURE_ADD ("/outbox-sleep/what is under way goes on", NULL, test_what_is_under_way_goes_on);
  FIXTURE_ADD ("/outbox-sleep/held back while stopped", NULL, test_held_back_while_stopped);

  return g_test_run ();
}
