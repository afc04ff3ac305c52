/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-desk"

#include "core/outbox/outbox-held.h"
#include "outbox-fixture.h"

#include "core/base/error.h"

#define AWAY_MS (5 * 60 * 1000)
#define HOLD_MS 8000

/* Everything that is said goes only if nobody is at the desk. */
static gint64
say (Fixture    *fixture,
     const char *dedupe)
{
  gint64 event;

  fixture->desk_ms = AWAY_MS;
  event = fixture_say (fixture, HERALD_KIND_PRINT_DONE, dedupe);
  fixture->desk_ms = 0;

  return event;
}

static gint64
say_illustrated (Fixture    *fixture,
                 const char *dedupe)
{
  gint64 event;

  fixture->desk_ms = AWAY_MS;
  event = fixture_say_held (fixture, HERALD_KIND_PRINT_DONE, dedupe, HOLD_MS, TRUE);
  fixture->desk_ms = 0;

  return event;
}

static void
release (Fixture *fixture,
         gint64   event)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (herald_outbox_release_desk (fixture->outbox, event, HOLD_MS, &error));
  g_assert_no_error (error);
  fixture_spin ();
}

static void
end (Fixture *fixture,
     gint64   event)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (herald_outbox_end_desk (fixture->outbox, event, &error));
  g_assert_no_error (error);
  fixture_spin ();
}

static void
assert_reason (Fixture    *fixture,
               gint64      id,
               const char *expected)
{
  g_autoptr(GPtrArray) rows = fixture_query (fixture, id);
  const char *reason = ((HeraldDelivery *) rows->pdata[0])->reason;

  if (expected == NULL)
    g_assert_null (reason);
  else
    g_assert_cmpstr (reason, ==, expected);
}

static void
assert_ledger (Fixture *fixture,
               guint64  total,
               guint64  waiting)
{
  HeraldLedger ledger;

  herald_outbox_get_ledger (fixture->outbox, &ledger);
  g_assert_cmpuint (ledger.total, ==, total);
  g_assert_cmpuint (ledger.waiting, ==, waiting);
  g_assert_cmpuint (ledger.finished, ==, total - waiting);
}

static void
test_goes_when_nobody_is_there (Fixture       *fixture,
                                gconstpointer  data)
{
  gint64 event;

  herald_outbox_start (fixture->outbox);
  event = say (fixture, "a");
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_PENDING);
  assert_reason (fixture, 1, "It waits to see whether somebody is at this computer.");
  assert_ledger (fixture, 1, 1);
  release (fixture, event);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
  assert_reason (fixture, 1, NULL);
}

static void
test_ends_when_somebody_is_there (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autoptr(GPtrArray) rows = NULL;
  gint64 event;

  herald_outbox_start (fixture->outbox);
  event = say (fixture, "a");
  end (fixture, event);
  release (fixture, event);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_SUPERSEDED);
  assert_reason (fixture, 1, "You were at the computer, where it was shown.");
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
  assert_ledger (fixture, 1, 0);
  rows = fixture_query (fixture, 1);
  g_assert_cmpint (((HeraldDelivery *) rows->pdata[0])->finished_ms, ==, fixture->clock->wall_ms);

  /* Whoever wants it all the same gets it. */
  g_assert_true (herald_outbox_retry (fixture->outbox, 1, NULL));
  fixture_spin ();
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_DELIVERED);
}

/* Nothing else than knowing lets it go: not time, not the network, not the channel. */
static void
test_nothing_else_lets_it_go (Fixture       *fixture,
                              gconstpointer  data)
{
  herald_outbox_start (fixture->outbox);
  say (fixture, "a");
  herald_outbox_resume (fixture->outbox, NULL);
  herald_outbox_resume (fixture->outbox, "one");
  fake_clock_advance (fixture->clock, AWAY_MS * 2);
  fixture_look_again (fixture);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_PENDING);
}

/* If it were forgotten, it would still be told that it was not. */
static void
test_too_old_is_expired (Fixture       *fixture,
                         gconstpointer  data)
{
  herald_outbox_start (fixture->outbox);
  say (fixture, "a");
  fake_clock_advance (fixture->clock, 3600 * 1000);
  fixture_look_again (fixture);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_EXPIRED);
  assert_reason (fixture, 1, "It could not be sent in time and is too old to be told now.");
  assert_ledger (fixture, 1, 0);
}

static void
test_discarded_does_not_wait_any_more (Fixture       *fixture,
                                       gconstpointer  data)
{
  herald_outbox_start (fixture->outbox);
  say (fixture, "a");
  g_assert_true (herald_outbox_discard (fixture->outbox, 1, NULL));
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_CANCELLED);
  assert_reason (fixture, 1, "Discarded by you.");
}

static void
test_others_pass (Fixture       *fixture,
                  gconstpointer  data)
{
  gint64 event;

  herald_outbox_start (fixture->outbox);
  event = say (fixture, "a");
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "b");
  fixture_say (fixture, HERALD_KIND_PRINTER_ERROR, "c");
  fixture_spin ();
  g_assert_cmpstr (fixture->channel->log->str, ==, "b c ");
  release (fixture, event);
  g_assert_cmpstr (fixture->channel->log->str, ==, "b c a ");
}

static void
test_waits_for_both_desk_and_picture (Fixture       *fixture,
                                      gconstpointer  data)
{
  gint64 event;

  herald_outbox_start (fixture->outbox);

  event = say_illustrated (fixture, "a");
  fixture_illustrate (fixture, event, "one", "a picture");
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
  release (fixture, event);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
  g_assert_nonnull (fixture->channel->last_attachment);

  event = say_illustrated (fixture, "b");
  release (fixture, event);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
  fixture_illustrate (fixture, event, "one", "a picture");
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
  g_assert_nonnull (fixture->channel->last_attachment);

  /* A picture that never comes does not hold it longer than it would have without a desk. */
  event = say_illustrated (fixture, "c");
  release (fixture, event);
  fake_clock_advance (fixture->clock, HOLD_MS);
  fixture_look_again (fixture);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 3);

  event = say_illustrated (fixture, "d");
  end (fixture, event);
  fixture_illustrate (fixture, event, "one", "a picture");
  fixture_assert_state (fixture, 4, HERALD_DELIVERY_SUPERSEDED);
}

static void
test_waits_for_both_desk_and_script (Fixture       *fixture,
                                     gconstpointer  data)
{
  gint64 event;

  herald_outbox_start (fixture->outbox);
  fixture->desk_ms = AWAY_MS;
  event = fixture_say_held (fixture, HERALD_KIND_PRINT_DONE, "a", HOLD_MS, FALSE);
  g_assert_true (herald_outbox_release (fixture->outbox, event, NULL));
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
  release (fixture, event);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
}

/* Nobody looks any more who is there. */
static void
test_new_start_sends (Fixture       *fixture,
                      gconstpointer  data)
{
  say (fixture, "a");
  say_illustrated (fixture, "b");
  fixture_close (fixture);
  fixture_open (fixture);
  assert_reason (fixture, 1, NULL);
  herald_outbox_start (fixture->outbox);
  fixture_spin ();
  g_assert_cmpstr (fixture->channel->log->str, ==, "a b ");
  assert_reason (fixture, 1, NULL);
  assert_ledger (fixture, 2, 0);
}

/* What may not go at all is no part of what tells of many, and is not left out for want of room. */
static void
test_budget_does_not_touch_it (Fixture       *fixture,
                               gconstpointer  data)
{
  gint64 event;

  fixture->channel->allowance.per_day = 1;
  fixture_begin (fixture);
  event = say (fixture, "a");
  fixture_say_by (fixture, "mk4", "b");
  fixture_say_by (fixture, "mk5", "c");
  fixture_spin ();
  fixture_pass (fixture, 60 * 1000);
  g_assert_cmpstr (fixture->channel->log->str, ==, "TOGETHER(2:b,c) ");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_PENDING);
  end (fixture, event);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_SUPERSEDED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_ADD ("/outbox/desk/goes", NULL, test_goes_when_nobody_is_there);
  FIXTURE_ADD ("/outbox/desk/ends", NULL, test_ends_when_somebody_is_there);
  FIXTURE_ADD ("/outbox/desk/nothing-else", NULL, test_nothing_else_lets_it_go);
  FIXTURE_ADD ("/outbox/desk/expired", NULL, test_too_old_is_expired);
  FIXTURE_ADD ("/outbox/desk/discarded", NULL, test_discarded_does_not_wait_any_more);
  FIXTURE_ADD ("/outbox/desk/others", NULL, test_others_pass);
  FIXTURE_ADD ("/outbox/desk/picture", NULL, test_waits_for_both_desk_and_picture);
  FIXTURE_ADD ("/outbox/desk/script", NULL, test_waits_for_both_desk_and_script);
  FIXTURE_ADD ("/outbox/desk/restart", NULL, test_new_start_sends);
  FIXTURE_ADD ("/outbox/desk/budget", NULL, test_budget_does_not_touch_it);

  return g_test_run ();
}
