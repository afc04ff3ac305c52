/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox"

#include "outbox-fixture.h"

#include "core/base/error.h"

static void
test_accepted_is_delivered_once (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_assert_cmpint (fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a"), >, 0);
  g_assert_cmpint (fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a"), ==, 0);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_PENDING);
  herald_outbox_start (fixture->outbox);
  fixture_spin ();
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
  g_assert_cmpuint (strlen (fixture->channel->last_key), ==, 32);
}

static void
test_each_error_has_its_state (Fixture       *fixture,
                               gconstpointer  data)
{
  static const struct
  {
    HeraldError code;
    gboolean commits;
    HeraldDeliveryState state;
    gboolean holds;
  } rows[] = {
    { HERALD_ERROR_UNREACHABLE, FALSE, HERALD_DELIVERY_DEFERRED, FALSE },
    { HERALD_ERROR_BUSY, TRUE, HERALD_DELIVERY_DEFERRED, FALSE },
    { HERALD_ERROR_UNAUTHORIZED, FALSE, HERALD_DELIVERY_DEFERRED, TRUE },
    { HERALD_ERROR_NO_CREDIT, TRUE, HERALD_DELIVERY_DEFERRED, TRUE },
    { HERALD_ERROR_REJECTED, TRUE, HERALD_DELIVERY_REJECTED, FALSE },
    { HERALD_ERROR_PROTOCOL, FALSE, HERALD_DELIVERY_DEFERRED, FALSE },
    { HERALD_ERROR_SETTINGS, FALSE, HERALD_DELIVERY_DEFERRED, TRUE },
    { HERALD_ERROR_UNTRUSTED, FALSE, HERALD_DELIVERY_DEFERRED, TRUE },
    { HERALD_ERROR_AMBIGUOUS, TRUE, HERALD_DELIVERY_DEFERRED, FALSE },
  };

  herald_outbox_start (fixture->outbox);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *key = g_strdup_printf ("e%u", i);
      HeraldLedger ledger;

      fixture->channel->code = (int) rows[i].code;
      fixture->channel->commits = rows[i].commits;
      fixture_say (fixture, HERALD_KIND_PRINT_FAILED, key);
      fixture_spin ();
      fixture_assert_state (fixture, i + 1, rows[i].state);
      herald_outbox_get_ledger (fixture->outbox, &ledger);
      g_assert_cmpuint (ledger.held, ==, rows[i].holds ? 1 : 0);

      fixture->channel->code = -1;
      fixture->channel->commits = TRUE;
      herald_outbox_resume (fixture->outbox, "one");
      fixture_spin ();
      if (rows[i].state == HERALD_DELIVERY_DEFERRED)
        fixture_assert_state (fixture, i + 1, HERALD_DELIVERY_DELIVERED);
    }
}

static void
test_ambiguous_is_sent_twice_at_most (Fixture       *fixture,
                                      gconstpointer  data)
{
  fixture->channel->code = HERALD_ERROR_AMBIGUOUS;
  herald_outbox_start (fixture->outbox);
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  for (guint i = 0; i < 4; i++)
    {
      fixture_spin ();
      herald_outbox_resume (fixture->outbox, "one");
    }
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_PROBABLE);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
}

static void
test_stopped_in_the_middle (Fixture       *fixture,
                            gconstpointer  data)
{
  fixture->channel->code = -2;
  fixture->channel->commits = GPOINTER_TO_INT (data);
  herald_outbox_start (fixture->outbox);
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  fixture_spin ();
  fixture_assert_state (fixture, 1,
                        fixture->channel->commits ? HERALD_DELIVERY_COMMITTING
                                                  : HERALD_DELIVERY_SENDING);
  herald_outbox_stop (fixture->outbox);
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DEFERRED);
  fixture_spin ();
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DEFERRED);
}

static void
test_order_and_superseding (Fixture       *fixture,
                            gconstpointer  data)
{
  fixture_say (fixture, HERALD_KIND_PRINT_STARTED, "start");
  fixture_say (fixture, HERALD_KIND_PRINT_PROGRESS, "p10");
  fixture_say (fixture, HERALD_KIND_PRINT_PROGRESS, "p20");
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_SUPERSEDED);
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "done");
  fixture_assert_state (fixture, 3, HERALD_DELIVERY_SUPERSEDED);
  herald_outbox_start (fixture->outbox);
  fixture_spin ();
  g_assert_cmpstr (fixture->channel->log->str, ==, "start done ");
}

static void
test_silence_supersedes_nothing (Fixture       *fixture,
                                 gconstpointer  data)
{
  fixture_say (fixture, HERALD_KIND_PRINT_PROGRESS, "p10");
  fixture->silence = "It is night.";
  fixture_say (fixture, HERALD_KIND_PRINT_PROGRESS, "p20");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_PENDING);
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_CANCELLED);
  herald_outbox_start (fixture->outbox);
  fixture_spin ();
  g_assert_cmpstr (fixture->channel->log->str, ==, "p10 ");
}

/* Not when it would have been too old to be told */
static void
test_silence_is_over_at_once (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr(GPtrArray) rows = NULL;
  const HeraldDelivery *delivery;

  fixture->silence = "It is night.";
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  rows = fixture_query (fixture, 1);
  delivery = g_ptr_array_index (rows, 0);
  g_assert_cmpint (delivery->finished_ms, ==, delivery->created_ms);
}

/* What may have arrived is not called cancelled. */
static void
test_removed_channel_ends_what_waits (Fixture       *fixture,
                                      gconstpointer  data)
{
  fixture->channel->code = HERALD_ERROR_UNREACHABLE;
  fixture->channel->commits = GPOINTER_TO_INT (data);
  herald_outbox_start (fixture->outbox);
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  fixture_spin ();
  g_list_store_remove_all (fixture->channels);
  fixture_spin ();
  fixture_assert_state (fixture, 1, fixture->channel->commits ? HERALD_DELIVERY_PROBABLE : HERALD_DELIVERY_CANCELLED);
}

static void
test_discarded_may_have_arrived (Fixture       *fixture,
                                 gconstpointer  data)
{
  fixture->channel->code = HERALD_ERROR_UNREACHABLE;
  herald_outbox_start (fixture->outbox);
  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  fixture_spin ();
  g_assert_true (herald_outbox_discard (fixture->outbox, 1, NULL));
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_PROBABLE);
}

static void
test_superseded_may_have_arrived (Fixture       *fixture,
                                  gconstpointer  data)
{
  fixture->channel->code = HERALD_ERROR_UNREACHABLE;
  herald_outbox_start (fixture->outbox);
  fixture_say (fixture, HERALD_KIND_PRINT_PROGRESS, "p10");
  fixture_spin ();
  fixture_say (fixture, HERALD_KIND_PRINT_PROGRESS, "p20");
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_PROBABLE);
}

static void
test_discard_and_retry (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture_say (fixture, HERALD_KIND_PRINT_DONE, "a");
  g_assert_true (herald_outbox_discard (fixture->outbox, 1, &error));
  g_assert_false (herald_outbox_discard (fixture->outbox, 1, NULL));
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_CANCELLED);
  g_assert_true (herald_outbox_retry (fixture->outbox, 1, &error));
  g_assert_no_error (error);
  herald_outbox_start (fixture->outbox);
  fixture_spin ();
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_CANCELLED);
  fixture_assert_state (fixture, 2, HERALD_DELIVERY_DELIVERED);
  g_assert_false (herald_outbox_retry (fixture->outbox, 2, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
}

static void
test_second_instance_is_refused (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldOutbox) second = herald_outbox_new (
      fixture->path, G_LIST_MODEL (fixture->channels), HERALD_CLOCK (fixture->clock), &error);

  g_assert_null (second);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_ADD ("/outbox/delivered-once", NULL, test_accepted_is_delivered_once);
  FIXTURE_ADD ("/outbox/each-error", NULL, test_each_error_has_its_state);
  FIXTURE_ADD ("/outbox/ambiguous", NULL, test_ambiguous_is_sent_twice_at_most);
  FIXTURE_ADD ("/outbox/stopped-before", GINT_TO_POINTER (FALSE), test_stopped_in_the_middle);
  FIXTURE_ADD ("/outbox/stopped-after", GINT_TO_POINTER (TRUE), test_stopped_in_the_middle);
  FIXTURE_ADD ("/outbox/silence", NULL, test_silence_supersedes_nothing);
  FIXTURE_ADD ("/outbox/silence-over", NULL, test_silence_is_over_at_once);
  FIXTURE_ADD ("/outbox/superseding", NULL, test_order_and_superseding);
  FIXTURE_ADD ("/outbox/removed-before", GINT_TO_POINTER (FALSE), test_removed_channel_ends_what_waits);
  FIXTURE_ADD ("/outbox/removed-after", GINT_TO_POINTER (TRUE), test_removed_channel_ends_what_waits);
  FIXTURE_ADD ("/outbox/discarded-after", NULL, test_discarded_may_have_arrived);
  FIXTURE_ADD ("/outbox/superseded-after", NULL, test_superseded_may_have_arrived);
  FIXTURE_ADD ("/outbox/discard-retry", NULL, test_discard_and_retry);
  FIXTURE_ADD ("/outbox/second-instance", NULL, test_second_instance_is_refused);

  return g_test_run ();
}
