/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-repeat"

#include "outbox-fixture.h"

#include <string.h>

#include "core/base/error.h"

#define MINUTES (60 * 1000)

/* Told, and put off for half an hour; returns the key. */
static char *
put_off (Fixture         *fixture,
         HeraldEventKind  kind)
{
  char *key;

  fixture->channel->commits = TRUE;
  fixture_begin (fixture);
  fixture_say (fixture, kind, "a");
  fixture_spin ();
  key = g_strdup (fixture->channel->last_key);
  g_assert_true (herald_outbox_repeat (fixture->outbox, "one", key,
                                       herald_clock_get_wall_ms (HERALD_CLOCK (fixture->clock)) + 30 * MINUTES, NULL));
  fixture_spin ();
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_PENDING);

  return key;
}

static void
assert_told (Fixture    *fixture,
             const char *log)
{
  g_assert_cmpstr (fixture->channel->log->str, ==, log);
}

static void
test_told_again_when_its_time_has_come (Fixture       *fixture,
                                        gconstpointer  data)
{
  g_autofree char *key = put_off (fixture, HERALD_KIND_ATTENTION_NEEDED);
  g_autoptr(GPtrArray) rows = fixture_query (fixture, 2);
  HeraldDelivery *row = rows->pdata[0];

  g_assert_cmpstr (row->note, ==, "Told again because you have put it off.");
  g_assert_nonnull (strstr (row->reason, "Next try at"));
  fixture_pass (fixture, 29 * MINUTES);
  assert_told (fixture, "a ");
  fixture_pass (fixture, 2 * MINUTES);
  assert_told (fixture, "a a ");
  g_assert_cmpstr (fixture->channel->last_key, ==, key);
  g_assert_true (fixture->channel->last_is_repeat);
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_DELIVERED);
}

static void
test_nothing_waits_behind_it (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autofree char *key = put_off (fixture, HERALD_KIND_ATTENTION_NEEDED);

  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "b");
  fixture_spin ();
  assert_told (fixture, "a b ");
  g_assert_false (fixture->channel->last_is_repeat);
}

static void
test_restart_and_boot_keep_it (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autofree char *key = put_off (fixture, HERALD_KIND_ATTENTION_NEEDED);

  fixture_close (fixture);
  fake_clock_advance (fixture->clock, 10 * MINUTES);
  fixture->clock->boot_ms = 5;
  fixture->clock->boot_id = "another";
  fixture_open (fixture);
  fixture_begin (fixture);
  assert_told (fixture, "a ");
  fixture_pass (fixture, 19 * MINUTES);
  assert_told (fixture, "a ");
  fixture_pass (fixture, 2 * MINUTES);
  assert_told (fixture, "a a ");
}

static void
test_what_hurries_others_does_not_hurry_it (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autofree char *key = put_off (fixture, HERALD_KIND_ATTENTION_NEEDED);

  herald_outbox_resume (fixture->outbox, "one");
  herald_outbox_resume (fixture->outbox, NULL);
  fixture_spin ();
  assert_told (fixture, "a ");
  g_assert_true (herald_outbox_retry (fixture->outbox, 2, NULL));
  fixture_spin ();
  assert_told (fixture, "a a ");
}

static void
test_what_is_not_true_any_more_is_not_told (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autofree char *key = put_off (fixture, HERALD_KIND_ATTENTION_NEEDED);
  g_autoptr(GPtrArray) rows = NULL;

  fixture->channel->pointless = "Solved.";
  fixture_pass (fixture, 31 * MINUTES);
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_SUPERSEDED);
  rows = fixture_query (fixture, 2);
  g_assert_cmpstr (((HeraldDelivery *) rows->pdata[0])->reason, ==, "Solved.");
}

static void
test_newer_news_of_its_kind_takes_its_place (Fixture       *fixture,
                                             gconstpointer  data)
{
  g_autofree char *key = put_off (fixture, HERALD_KIND_ATTENTION_NEEDED);
  g_autoptr(GPtrArray) rows = NULL;

  fixture_say (fixture, HERALD_KIND_PRINT_PAUSED, "b");
  fixture_spin ();
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_PENDING);
  fixture_say (fixture, HERALD_KIND_ATTENTION_NEEDED, "c");
  fixture_spin ();
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_SUPERSEDED);
  rows = fixture_query (fixture, 2);
  g_assert_cmpstr (((HeraldDelivery *) rows->pdata[0])->reason, ==, "There was newer news of the same kind.");
  fixture_pass (fixture, 31 * MINUTES);
  assert_told (fixture, "a b c ");
}

static void
test_what_was_put_off_is_not_waiting (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autofree char *key = put_off (fixture, HERALD_KIND_ATTENTION_NEEDED);
  HeraldLedger ledger;

  herald_outbox_get_ledger (fixture->outbox, &ledger);
  g_assert_cmpuint (ledger.waiting, ==, 1);
  g_assert_cmpuint (ledger.put_off, ==, 1);
  fixture->channel->code = HERALD_ERROR_UNREACHABLE;
  fixture->channel->commits = FALSE;
  fixture_pass (fixture, 31 * MINUTES);
  herald_outbox_get_ledger (fixture->outbox, &ledger);
  g_assert_cmpuint (ledger.waiting, ==, 1);
  g_assert_cmpuint (ledger.put_off, ==, 0);
}

static void
test_failed_is_still_told_again (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autofree char *key = put_off (fixture, HERALD_KIND_ATTENTION_NEEDED);

  fixture->channel->code = HERALD_ERROR_UNREACHABLE;
  fixture->channel->commits = FALSE;
  fixture_pass (fixture, 31 * MINUTES);
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_DEFERRED);
  fixture->channel->code = -1;
  fixture->channel->commits = TRUE;
  fixture_pass (fixture, 1 * MINUTES);
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_DELIVERED);
  g_assert_true (fixture->channel->last_is_repeat);
}

static void
test_two_clicks_are_one (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autofree char *key = put_off (fixture, HERALD_KIND_ATTENTION_NEEDED);
  g_autoptr(GPtrArray) rows = NULL;
  gint64 now_ms;

  fixture_pass (fixture, 10 * MINUTES);
  now_ms = herald_clock_get_wall_ms (HERALD_CLOCK (fixture->clock));
  g_assert_true (herald_outbox_repeat (fixture->outbox, "one", key, now_ms + 30 * MINUTES, NULL));
  rows = fixture_query (fixture, 0);
  g_assert_cmpuint (rows->len, ==, 2);
  fixture_pass (fixture, 25 * MINUTES);
  assert_told (fixture, "a ");
  fixture_pass (fixture, 10 * MINUTES);
  assert_told (fixture, "a a ");

  /* And what was told again can be put off once more. */
  g_assert_true (herald_outbox_repeat (fixture->outbox, "one", key, now_ms + 60 * MINUTES, NULL));
  fixture_pass (fixture, 60 * MINUTES);
  assert_told (fixture, "a a a ");
}

static void
test_unknown_message_is_refused (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (herald_outbox_repeat (fixture->outbox, "one", "unknown", 1, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD ("/outbox/repeat/in-time", NULL, test_told_again_when_its_time_has_come);
  FIXTURE_ADD ("/outbox/repeat/no-queue", NULL, test_nothing_waits_behind_it);
  FIXTURE_ADD ("/outbox/repeat/restart", NULL, test_restart_and_boot_keep_it);
  FIXTURE_ADD ("/outbox/repeat/no-hurry", NULL, test_what_hurries_others_does_not_hurry_it);
  FIXTURE_ADD ("/outbox/repeat/pointless", NULL, test_what_is_not_true_any_more_is_not_told);
  FIXTURE_ADD ("/outbox/repeat/newer", NULL, test_newer_news_of_its_kind_takes_its_place);
  FIXTURE_ADD ("/outbox/repeat/ledger", NULL, test_what_was_put_off_is_not_waiting);
  FIXTURE_ADD ("/outbox/repeat/failed", NULL, test_failed_is_still_told_again);
  FIXTURE_ADD ("/outbox/repeat/twice", NULL, test_two_clicks_are_one);
  FIXTURE_ADD ("/outbox/repeat/unknown", NULL, test_unknown_message_is_refused);

  return g_test_run ();
}
