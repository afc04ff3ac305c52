/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox"

#include "core/outbox/outbox.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "core/base/error.h"
#include "fake-channel.h"

typedef struct
{
  char *directory;
  char *path;
  GListStore *channels;
  HeraldClock *clock;
  FakeChannel *channel;
  HeraldOutbox *outbox;
} Fixture;

static void
open_outbox (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  fixture->outbox = herald_outbox_new (fixture->path, G_LIST_MODEL (fixture->channels),
                                       fixture->clock, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->directory = g_dir_make_tmp ("outbox-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->directory, "herald.db", NULL);
  fixture->channels = g_list_store_new (HERALD_TYPE_CHANNEL);
  fixture->clock = herald_clock_new ();
  fixture->channel = fake_channel_new ("one");
  g_list_store_append (fixture->channels, fixture->channel);
  open_outbox (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *command = g_strdup_printf ("rm -r %s", fixture->directory);

  herald_outbox_stop (fixture->outbox);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->outbox);
  g_clear_object (&fixture->channels);
  g_assert_finalize_object (fixture->channel);
  g_assert_finalize_object (fixture->clock);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->directory);
  g_free (fixture->path);
}

static void
spin (void)
{
  for (gint64 end = g_get_monotonic_time () + 50 * 1000; g_get_monotonic_time () < end;)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
}

static gint64
say (Fixture         *fixture,
     HeraldEventKind  kind,
     const char      *dedupe)
{
  g_autoptr(HeraldEvent) event = herald_event_new (kind, HERALD_SOURCE_LIVE, "mk3", "job", dedupe,
                                                   g_get_real_time () / 1000, NULL);
  HeraldMessage content = { .kind = kind, .printer = (char *) "mk3", .job = (char *) "job",
                            .title = (char *) dedupe, .text = (char *) "text" };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_draft_free);
  g_autoptr(GError) error = NULL;
  gint64 id = -1;

  g_ptr_array_add (drafts, herald_draft_new ("one", "fake", "somebody", 3600, message));
  g_assert_true (herald_outbox_accept (fixture->outbox, event, drafts, &id, &error));
  g_assert_no_error (error);

  return id;
}

static HeraldDelivery *
find (Fixture *fixture,
      gint64   id)
{
  HeraldHistoryFilter filter = { .delivery = id };
  g_autoptr(GPtrArray) rows = herald_outbox_query_history (fixture->outbox, &filter, NULL);

  g_assert_cmpuint (rows->len, ==, 1);
  return g_ptr_array_steal_index (rows, 0);
}

static void
assert_state (Fixture             *fixture,
              gint64               id,
              HeraldDeliveryState  state)
{
  g_autoptr(HeraldDelivery) delivery = find (fixture, id);
  HeraldLedger ledger;

  g_assert_cmpstr (herald_delivery_state_to_id (delivery->state), ==,
                   herald_delivery_state_to_id (state));
  herald_outbox_get_ledger (fixture->outbox, &ledger);
  g_assert_cmpuint (ledger.total, ==, ledger.waiting + ledger.held + ledger.finished);
}

static void
test_accepted_is_delivered_once (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_assert_cmpint (say (fixture, HERALD_KIND_PRINT_DONE, "a"), >, 0);
  g_assert_cmpint (say (fixture, HERALD_KIND_PRINT_DONE, "a"), ==, 0);
  assert_state (fixture, 1, HERALD_DELIVERY_PENDING);
  herald_outbox_start (fixture->outbox);
  spin ();
  assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
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
      say (fixture, HERALD_KIND_PRINT_FAILED, key);
      spin ();
      assert_state (fixture, i + 1, rows[i].state);
      herald_outbox_get_ledger (fixture->outbox, &ledger);
      g_assert_cmpuint (ledger.held, ==, rows[i].holds ? 1 : 0);

      fixture->channel->code = -1;
      fixture->channel->commits = TRUE;
      herald_outbox_resume (fixture->outbox, "one");
      spin ();
      if (rows[i].state == HERALD_DELIVERY_DEFERRED)
        assert_state (fixture, i + 1, HERALD_DELIVERY_DELIVERED);
    }
}

static void
test_ambiguous_is_sent_twice_at_most (Fixture       *fixture,
                                      gconstpointer  data)
{
  fixture->channel->code = HERALD_ERROR_AMBIGUOUS;
  herald_outbox_start (fixture->outbox);
  say (fixture, HERALD_KIND_PRINT_DONE, "a");
  for (guint i = 0; i < 4; i++)
    {
      spin ();
      herald_outbox_resume (fixture->outbox, "one");
    }
  assert_state (fixture, 1, HERALD_DELIVERY_PROBABLE);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
}

static void
test_stopped_in_the_middle (Fixture       *fixture,
                            gconstpointer  data)
{
  fixture->channel->code = -2;
  fixture->channel->commits = GPOINTER_TO_INT (data);
  herald_outbox_start (fixture->outbox);
  say (fixture, HERALD_KIND_PRINT_DONE, "a");
  spin ();
  assert_state (fixture, 1, fixture->channel->commits ? HERALD_DELIVERY_COMMITTING
                                                      : HERALD_DELIVERY_SENDING);
  herald_outbox_stop (fixture->outbox);
  assert_state (fixture, 1, HERALD_DELIVERY_DEFERRED);
  spin ();
  assert_state (fixture, 1, HERALD_DELIVERY_DEFERRED);
}

static void
test_order_and_superseding (Fixture       *fixture,
                            gconstpointer  data)
{
  say (fixture, HERALD_KIND_PRINT_STARTED, "start");
  say (fixture, HERALD_KIND_PRINT_PROGRESS, "p10");
  say (fixture, HERALD_KIND_PRINT_PROGRESS, "p20");
  assert_state (fixture, 2, HERALD_DELIVERY_SUPERSEDED);
  say (fixture, HERALD_KIND_PRINT_DONE, "done");
  assert_state (fixture, 3, HERALD_DELIVERY_SUPERSEDED);
  herald_outbox_start (fixture->outbox);
  spin ();
  g_assert_cmpstr (fixture->channel->log->str, ==, "start done ");
}

static void
test_removed_channel_cancels (Fixture       *fixture,
                              gconstpointer  data)
{
  fixture->channel->code = HERALD_ERROR_UNREACHABLE;
  herald_outbox_start (fixture->outbox);
  say (fixture, HERALD_KIND_PRINT_DONE, "a");
  spin ();
  g_list_store_remove_all (fixture->channels);
  spin ();
  assert_state (fixture, 1, HERALD_DELIVERY_CANCELLED);
}

static void
test_discard_and_retry (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  say (fixture, HERALD_KIND_PRINT_DONE, "a");
  g_assert_true (herald_outbox_discard (fixture->outbox, 1, &error));
  g_assert_false (herald_outbox_discard (fixture->outbox, 1, NULL));
  assert_state (fixture, 1, HERALD_DELIVERY_CANCELLED);
  g_assert_true (herald_outbox_retry (fixture->outbox, 1, &error));
  g_assert_no_error (error);
  herald_outbox_start (fixture->outbox);
  spin ();
  assert_state (fixture, 1, HERALD_DELIVERY_CANCELLED);
  assert_state (fixture, 2, HERALD_DELIVERY_DELIVERED);
  g_assert_false (herald_outbox_retry (fixture->outbox, 2, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
}

static void
test_second_instance_is_refused (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldOutbox) second = herald_outbox_new (
      fixture->path, G_LIST_MODEL (fixture->channels), fixture->clock, &error);

  g_assert_null (second);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
}

#define ADD(path, data, test) g_test_add (path, Fixture, data, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/outbox/delivered-once", NULL, test_accepted_is_delivered_once);
  ADD ("/outbox/each-error", NULL, test_each_error_has_its_state);
  ADD ("/outbox/ambiguous", NULL, test_ambiguous_is_sent_twice_at_most);
  ADD ("/outbox/stopped-before", GINT_TO_POINTER (FALSE), test_stopped_in_the_middle);
  ADD ("/outbox/stopped-after", GINT_TO_POINTER (TRUE), test_stopped_in_the_middle);
  ADD ("/outbox/superseding", NULL, test_order_and_superseding);
  ADD ("/outbox/removed-channel", NULL, test_removed_channel_cancels);
  ADD ("/outbox/discard-retry", NULL, test_discard_and_retry);
  ADD ("/outbox/second-instance", NULL, test_second_instance_is_refused);

  return g_test_run ();
}
