/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-restore"

#include "outbox-fixture.h"

#define MINUTE_MS (60 * 1000)

static HeraldDelivery *
get_row (Fixture    *fixture,
         GPtrArray **rows)
{
  g_clear_pointer (rows, g_ptr_array_unref);
  *rows = fixture_query (fixture, 1);

  return g_ptr_array_index (*rows, 0);
}

static void
restore (Fixture *fixture,
         gint64   id)
{
  g_autoptr(GError) error = NULL;

  herald_outbox_restore (fixture->outbox, id, &error);
  g_assert_no_error (error);
}

static void
assert_refused (Fixture    *fixture,
                gint64      id,
                const char *sentence)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (herald_outbox_restore (fixture->outbox, id, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, sentence));
}

/* Not sooner, and with the same reason */
static void
test_it_waits_as_long_as_it_did (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr(GPtrArray) before = NULL;
  g_autoptr(GPtrArray) after = NULL;
  HeraldDelivery *was;
  HeraldDelivery *is;

  fixture->channel->code = HERALD_ERROR_UNREACHABLE;
  fixture->channel->commits = GPOINTER_TO_INT (data);
  herald_outbox_start (fixture->outbox);
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  fixture_spin ();
  was = get_row (fixture, &before);
  g_assert_cmpint (was->state, ==, HERALD_DELIVERY_DEFERRED);
  g_assert_true (herald_outbox_discard (fixture->outbox, 1, NULL));
  fixture_assert_state (fixture, 1, fixture->channel->commits ? HERALD_DELIVERY_PROBABLE : HERALD_DELIVERY_CANCELLED);
  restore (fixture, 1);
  fixture_spin ();
  is = get_row (fixture, &after);
  g_assert_cmpint (is->state, ==, HERALD_DELIVERY_DEFERRED);
  g_assert_cmpint (is->due_ms, ==, was->due_ms);
  g_assert_cmpint (is->finished_ms, ==, 0);
  g_assert_cmpuint (is->ambiguous, ==, was->ambiguous);
  g_assert_cmpstr (is->reason, ==, was->reason);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);

  fixture->channel->code = -1;
  fixture_pass (fixture, 5 * MINUTE_MS);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
  assert_refused (fixture, 1, "was not discarded");
}

static void
test_it_is_put_back_after_a_reboot (Fixture       *fixture,
                                    gconstpointer  data)
{
  gint64 due_ms;
  g_autoptr(GPtrArray) rows = NULL;

  fixture->channel->code = HERALD_ERROR_UNREACHABLE;
  herald_outbox_start (fixture->outbox);
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  fixture_spin ();
  due_ms = get_row (fixture, &rows)->due_ms;
  g_assert_true (herald_outbox_discard (fixture->outbox, 1, NULL));
  fixture_close (fixture);
  fixture->clock->boot_id = "another boot";
  fixture->clock->boot_ms = 1;
  fixture_open (fixture);
  herald_outbox_start (fixture->outbox);
  fixture_assert_state (fixture, 1, fixture->channel->commits ? HERALD_DELIVERY_PROBABLE : HERALD_DELIVERY_CANCELLED);
  restore (fixture, 1);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DEFERRED);
  g_assert_cmpint (get_row (fixture, &rows)->due_ms, ==, due_ms);
  fixture->channel->code = -1;
  fixture_pass (fixture, 5 * MINUTE_MS);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
}

static void
test_what_a_person_must_look_at_is_so_again (Fixture       *fixture,
                                             gconstpointer  data)
{
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  fixture_close (fixture);
  fixture_run_sql (fixture, "UPDATE delivery SET state='quarantined', reason='It died.' WHERE id=1");
  fixture_open (fixture);
  g_assert_true (herald_outbox_discard (fixture->outbox, 1, NULL));
  restore (fixture, 1);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_QUARANTINED);
  herald_outbox_start (fixture->outbox);
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
}

static void
test_what_is_made_pointless_meanwhile_is_not_put_back (Fixture       *fixture,
                                                       gconstpointer  data)
{
  fixture_say (fixture, HERALD_KIND_PRINT_PROGRESS, "p10");
  g_assert_true (herald_outbox_discard (fixture->outbox, 1, NULL));
  fixture_say (fixture, HERALD_KIND_PRINT_PROGRESS, "p20");
  assert_refused (fixture, 1, "Newer news");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_CANCELLED);

  g_assert_true (herald_outbox_discard (fixture->outbox, 2, NULL));
  g_assert_true (herald_outbox_retry (fixture->outbox, 2, NULL));
  assert_refused (fixture, 2, "sent again meanwhile");

  g_assert_true (herald_outbox_discard (fixture->outbox, 3, NULL));
  fake_clock_advance (fixture->clock, 100 * MINUTE_MS);
  assert_refused (fixture, 3, "too old");

  assert_refused (fixture, 99, "no message with this number");
}

static void
test_what_waits_for_a_removed_account_is_not_put_back (Fixture       *fixture,
                                                       gconstpointer  data)
{
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  g_assert_true (herald_outbox_discard (fixture->outbox, 1, NULL));
  g_list_store_remove_all (fixture->channels);
  fixture_spin ();
  assert_refused (fixture, 1, "account");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_CANCELLED);
}

/* Whatever else is over stays over. */
static void
test_only_what_was_discarded_can_be_put_back (Fixture       *fixture,
                                              gconstpointer  data)
{
  fixture_say (fixture, HERALD_KIND_PRINT_PROGRESS, "p10");
  fixture_say (fixture, HERALD_KIND_PRINT_PROGRESS, "p20");
  assert_refused (fixture, 1, "was not discarded");
  assert_refused (fixture, 2, "was not discarded");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_SUPERSEDED);
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_PENDING);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD ("/outbox/restore/waits", GINT_TO_POINTER (FALSE), test_it_waits_as_long_as_it_did);
  FIXTURE_ADD ("/outbox/restore/in-doubt", GINT_TO_POINTER (TRUE), test_it_waits_as_long_as_it_did);
  FIXTURE_ADD ("/outbox/restore/reboot", NULL, test_it_is_put_back_after_a_reboot);
  FIXTURE_ADD ("/outbox/restore/quarantined", NULL, test_what_a_person_must_look_at_is_so_again);
  FIXTURE_ADD ("/outbox/restore/pointless", NULL, test_what_is_made_pointless_meanwhile_is_not_put_back);
  FIXTURE_ADD ("/outbox/restore/account", NULL, test_what_waits_for_a_removed_account_is_not_put_back);
  FIXTURE_ADD ("/outbox/restore/others", NULL, test_only_what_was_discarded_can_be_put_back);

  return g_test_run ();
}
