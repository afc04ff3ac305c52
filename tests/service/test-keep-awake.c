/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-keep-awake"

#include "service/session/keep-awake.h"

#include <glib/gstdio.h>

#include "core/outbox/fake-channel.h"
#include "core/store/preferences.h"
#include "fixtures/simulated-time.h"

/* How long a computer is kept awake for nothing */
#define STRETCH_S (10 * 60)

typedef struct
{
  char *folder;
  HeraldEngine *engine;
  FakeChannel *channel;
  HeraldKeepAwake *keep_awake;
  guint n_changes;
} Fixture;

static void
on_changed (Fixture *fixture)
{
  fixture->n_changes++;
}

static void
want (Fixture    *fixture,
      const char *value)
{
  g_autoptr(HeraldValues) changes = herald_values_new ();

  herald_values_set (changes, "keep-awake", value);
  g_assert_true (herald_preferences_set (herald_engine_get_config (fixture->engine), changes, NULL));
}

static gboolean
on_passed (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Simulated: takes no time */
static void
let_pass (guint seconds)
{
  gboolean passed = FALSE;

  g_timeout_add_seconds (seconds, on_passed, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
}

static void
say (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (herald_engine_send (fixture->engine, HERALD_KIND_CUSTOM, "Title", "Text", "fake", NULL, &error), >, 0);
  g_assert_no_error (error);
  let_pass (2);
}

/* How far a print is: the newest word of it makes the one before pointless. */
static void
say_progress (Fixture *fixture,
              guint    percent)
{
  g_autofree char *words = g_strdup_printf ("%u %%", percent);
  g_autoptr(HeraldEvent) event = herald_event_new (HERALD_KIND_PRINT_PROGRESS, HERALD_SOURCE_LIVE, "mk3", "job", words,
                                                   g_get_real_time () / 1000, NULL);
  HeraldMessage content = { .kind = HERALD_KIND_PRINT_PROGRESS, .printer = (char *) "mk3", .job = (char *) "job",
                            .title = words, .text = (char *) "text" };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_draft_free);
  g_autoptr(GError) error = NULL;
  gint64 id = 0;

  g_ptr_array_add (drafts, herald_draft_new ("fake", "fake", "somebody", 24 * 60 * 60, message));
  g_assert_true (herald_outbox_accept (herald_engine_get_outbox (fixture->engine), event, drafts, &id, &error));
  g_assert_no_error (error);
  let_pass (2);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  static const HeraldChannelType *const no_types[] = { NULL };
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("keep-awake-XXXXXX", NULL);
  fixture->engine = herald_engine_new (fixture->folder, fixture->folder, no_types, &error);
  g_assert_no_error (error);
  fixture->channel = fake_channel_new_mail ("fake");
  fixture->channel->commits = FALSE;
  fixture->channel->code = HERALD_ERROR_UNREACHABLE;
  g_list_store_append (G_LIST_STORE (herald_engine_get_channels (fixture->engine)), fixture->channel);
  herald_engine_start (fixture->engine);
  fixture->keep_awake = herald_keep_awake_new (fixture->engine);
  g_signal_connect_swapped (fixture->keep_awake, "changed", G_CALLBACK (on_changed), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  const char *const command[] = { "rm", "-r", fixture->folder, NULL };

  herald_engine_stop (fixture->engine);
  g_assert_finalize_object (fixture->keep_awake);
  g_clear_object (&fixture->engine);
  g_clear_object (&fixture->channel);
  g_assert_true (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  g_free (fixture->folder);
}

static void
assert_needed (Fixture  *fixture,
               gboolean  is_needed)
{
  g_assert_true (herald_keep_awake_is_needed (fixture->keep_awake) == is_needed);
}

static void
test_nobody_is_kept_awake_unasked (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  say (fixture);
  assert_needed (fixture, FALSE);
  want (fixture, "true");
  assert_needed (fixture, TRUE);
  want (fixture, "false");
  assert_needed (fixture, FALSE);
  g_assert_cmpuint (fixture->n_changes, ==, 2);
}

static void
test_until_the_message_is_sent (Fixture       *fixture,
                                gconstpointer  user_data)
{
  want (fixture, "true");
  assert_needed (fixture, FALSE);
  say (fixture);
  assert_needed (fixture, TRUE);
  fixture->channel->code = -1;
  herald_outbox_resume (herald_engine_get_outbox (fixture->engine), NULL);
  let_pass (2);
  assert_needed (fixture, FALSE);
  g_assert_cmpuint (fixture->n_changes, ==, 2);
}

static void
test_not_longer_than_ten_minutes_for_nothing (Fixture       *fixture,
                                              gconstpointer  user_data)
{
  want (fixture, "true");
  say (fixture);
  let_pass (STRETCH_S - 60);
  assert_needed (fixture, TRUE);
  let_pass (120);
  assert_needed (fixture, FALSE);
  g_assert_cmpuint (fixture->channel->n_attempts, >, 1);

  /* A printer tells of itself all day: that is no progress. */
  for (guint i = 0; i < 10; i++)
    {
      say (fixture);
      let_pass (60);
      assert_needed (fixture, FALSE);
    }
}

static void
test_what_is_replaced_is_no_progress (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  HeraldLedger ledger;

  want (fixture, "true");
  for (guint i = 0; i < 13; i++)
    {
      say_progress (fixture, i);
      let_pass (58);
      if (i != 9)
        assert_needed (fixture, i < 9);
    }
  herald_outbox_get_ledger (herald_engine_get_outbox (fixture->engine), &ledger);
  g_assert_cmpuint (ledger.waiting, ==, 1);
  g_assert_cmpuint (ledger.finished, ==, 12);
}

/* One after the other is discarded: nothing has gone. */
static void
test_ten_minutes_are_those_of_all_together (Fixture       *fixture,
                                            gconstpointer  user_data)
{
  HeraldOutbox *outbox = herald_engine_get_outbox (fixture->engine);

  want (fixture, "true");
  for (guint i = 0; i < 4; i++)
    {
      const HeraldHistoryFilter newest = { .limit = 1 };
      g_autoptr(GPtrArray) rows = NULL;

      say (fixture);
      assert_needed (fixture, i < 3);
      let_pass (4 * 60);
      rows = herald_outbox_query_history (outbox, &newest, NULL);
      g_assert_true (herald_outbox_discard (outbox, ((HeraldDelivery *) rows->pdata[0])->id, NULL));
      let_pass (60);
      assert_needed (fixture, FALSE);
    }
}

static void
test_what_goes_begins_the_ten_minutes_anew (Fixture       *fixture,
                                            gconstpointer  user_data)
{
  want (fixture, "true");
  say (fixture);
  let_pass (STRETCH_S + 60);
  assert_needed (fixture, FALSE);

  /* One goes, the next does not. */
  fixture->channel->code = -1;
  herald_outbox_resume (herald_engine_get_outbox (fixture->engine), NULL);
  let_pass (2);
  fixture->channel->code = HERALD_ERROR_UNREACHABLE;
  say (fixture);
  assert_needed (fixture, TRUE);
  let_pass (STRETCH_S + 60);
  assert_needed (fixture, FALSE);
}

static void
test_what_waits_for_a_person_does_not_count (Fixture       *fixture,
                                             gconstpointer  user_data)
{
  want (fixture, "true");
  fixture->channel->code = HERALD_ERROR_UNAUTHORIZED;
  say (fixture);
  g_assert_nonnull (herald_channel_get_problem (HERALD_CHANNEL (fixture->channel)));
  assert_needed (fixture, FALSE);
  say (fixture);
  assert_needed (fixture, FALSE);

  /* The person has acted, and now it is the network. */
  fixture->channel->code = HERALD_ERROR_UNREACHABLE;
  herald_channel_set_problem (HERALD_CHANNEL (fixture->channel), NULL);
  let_pass (2);
  assert_needed (fixture, TRUE);
}

static void
test_what_was_put_off_does_not_count (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  HeraldOutbox *outbox = herald_engine_get_outbox (fixture->engine);

  want (fixture, "true");
  fixture->channel->commits = TRUE;
  fixture->channel->code = -1;
  say (fixture);
  g_assert_true (herald_outbox_repeat (outbox, "fake", fixture->channel->last_key,
                                       g_get_real_time () / 1000 + 30 * 60 * 1000, NULL));
  let_pass (2);
  assert_needed (fixture, FALSE);

  /* What cannot be sent beside it does. */
  fixture->channel->commits = FALSE;
  fixture->channel->code = HERALD_ERROR_UNREACHABLE;
  say (fixture);
  assert_needed (fixture, TRUE);
}

int
main (int    argc,
      char **argv)
{
  simulated_time_begin ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/keep-awake/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("nobody is kept awake unasked", test_nobody_is_kept_awake_unasked);
  ADD ("until the message is sent", test_until_the_message_is_sent);
  ADD ("not longer than ten minutes for nothing", test_not_longer_than_ten_minutes_for_nothing);
  ADD ("what is replaced is no progress", test_what_is_replaced_is_no_progress);
  ADD ("ten minutes are those of all together", test_ten_minutes_are_those_of_all_together);
  ADD ("what goes begins the ten minutes anew", test_what_goes_begins_the_ten_minutes_anew);
  ADD ("what waits for a person does not count", test_what_waits_for_a_person_does_not_count);
  ADD ("what was put off does not count", test_what_was_put_off_does_not_count);

  return g_test_run ();
}
