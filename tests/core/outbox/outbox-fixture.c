/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-fixture"

#include "outbox-fixture.h"

#include <sqlite3.h>
#include <string.h>

#include "core/outbox/outbox-held.h"

/* Half a millisecond each. Counted in rounds and not in time, so that a busy computer only takes longer. */
#define QUIET_ROUNDS 60

/* A clock that stands still a millisecond before something is due is never quiet. */
#define ROUNDS_MAX 1000

void
fixture_open (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  fixture->outbox = herald_outbox_new (fixture->path, G_LIST_MODEL (fixture->channels),
                                       HERALD_CLOCK (fixture->clock), &error);
  g_assert_no_error (error);
}

void
fixture_close (Fixture *fixture)
{
  herald_outbox_stop (fixture->outbox);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->outbox));
}

void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->directory = g_dir_make_tmp ("outbox-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->directory, "herald.db", NULL);
  fixture->channels = g_list_store_new (HERALD_TYPE_CHANNEL);
  fixture->clock = fake_clock_new ();
  fixture->channel = fake_channel_new ("one");
  g_list_store_append (fixture->channels, fixture->channel);
  fixture_open (fixture);
}

void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *command = g_strdup_printf ("rm -r %s", fixture->directory);

  fixture_close (fixture);
  g_clear_object (&fixture->channels);
  g_assert_finalize_object (fixture->channel);
  g_assert_finalize_object (fixture->clock);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->directory);
  g_free (fixture->path);
}

/* Changes the file while the outbox is closed. */
void
fixture_run_sql (Fixture    *fixture,
                 const char *sql)
{
  sqlite3 *connection = NULL;

  g_assert_cmpint (sqlite3_open (fixture->path, &connection), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (connection, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (connection);
}

/* Returns: whether nothing is done any more */
gboolean
fixture_spin (void)
{
  guint n_quiet = 0;

  for (guint i = 0; i < ROUNDS_MAX && n_quiet < QUIET_ROUNDS; i++)
    {
      n_quiet = g_main_context_iteration (NULL, FALSE) ? 0 : n_quiet + 1;
      g_usleep (500);
    }

  return n_quiet >= QUIET_ROUNDS;
}

/* "TOGETHER(2:a,b)" */
static HeraldDraft *
tell_together (HeraldChannel *channel,
               const char    *destination,
               GPtrArray     *parts,
               gpointer       user_data)
{
  g_autoptr(GString) title = g_string_new (NULL);
  HeraldMessage content = { .kind = HERALD_KIND_CUSTOM, .text = (char *) "text" };
  g_autoptr(HeraldMessage) message = NULL;

  g_string_printf (title, "TOGETHER(%u:", parts->len);
  for (guint i = 0; i < parts->len; i++)
    g_string_append_printf (title, "%s%s", ((HeraldDelivery *) parts->pdata[i])->message->title,
                            i + 1 < parts->len ? "," : ")");
  content.title = title->str;
  message = herald_message_new (&content);

  return herald_draft_new (herald_channel_get_id (channel), "fake", destination, 0, message);
}

void
fixture_begin (Fixture *fixture)
{
  herald_outbox_set_digest (fixture->outbox, tell_together, NULL);
  herald_outbox_start (fixture->outbox);
  fixture_spin ();
}

/* What a timer would do if the fake clock could move it */
void
fixture_look_again (Fixture *fixture)
{
  g_list_model_items_changed (G_LIST_MODEL (fixture->channels), 0, 0, 0);
  fixture_spin ();
}

void
fixture_pass (Fixture *fixture,
              gint64   ms)
{
  fake_clock_advance (fixture->clock, ms);
  fixture_look_again (fixture);
}

static gint64
say (Fixture         *fixture,
     const char      *printer,
     HeraldEventKind  kind,
     const char      *dedupe,
     guint            hold_ms,
     gboolean         awaits_picture)
{
  gint64 now_ms = herald_clock_get_wall_ms (HERALD_CLOCK (fixture->clock));
  g_autoptr(HeraldEvent) event = herald_event_new (kind, HERALD_SOURCE_LIVE, printer, "job", dedupe,
                                                   now_ms, NULL);
  HeraldMessage content = { .kind = kind, .urgency = herald_event_kind_get_info (kind)->urgency, .printer = (char *) printer,
                            .job = (char *) "job", .title = (char *) dedupe, .text = (char *) "text" };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_draft_free);
  g_autoptr(GError) error = NULL;
  HeraldDraft *draft;
  gint64 id = -1;

  draft = herald_draft_new ("one", "fake", fixture->destination != NULL ? fixture->destination : "somebody",
                            fixture->lifetime_s != 0 ? fixture->lifetime_s : 3600, message);
  draft->hold_ms = hold_ms;
  draft->awaits_picture = awaits_picture;
  draft->desk_ms = fixture->desk_ms;
  draft->silence = g_strdup (fixture->silence);
  draft->price = fixture->price;
  draft->picture_price = 5000;
  g_ptr_array_add (drafts, draft);
  g_assert_true (herald_outbox_accept (fixture->outbox, event, drafts, &id, &error));
  g_assert_no_error (error);

  return id;
}

gint64
fixture_say_held (Fixture         *fixture,
                  HeraldEventKind  kind,
                  const char      *dedupe,
                  guint            hold_ms,
                  gboolean         awaits_picture)
{
  return say (fixture, "mk3", kind, dedupe, hold_ms, awaits_picture);
}

gint64
fixture_say_by (Fixture    *fixture,
                const char *printer,
                const char *dedupe)
{
  return say (fixture, printer, HERALD_KIND_PRINT_DONE, dedupe, 0, FALSE);
}

gint64
fixture_say (Fixture         *fixture,
             HeraldEventKind  kind,
             const char      *dedupe)
{
  return fixture_say_held (fixture, kind, dedupe, 0, FALSE);
}

static GHashTable *
make_pictures (const char *channel,
               const char *content)
{
  GHashTable *pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                (GDestroyNotify) herald_illustration_unref);
  g_autoptr(GBytes) bytes = g_bytes_new (content, strlen (content));
  HeraldIllustration picture = { .bytes = bytes, .media_type = (char *) "image/jpeg",
                                 .suffix = (char *) "jpg", .width = 640, .height = 480 };

  g_hash_table_insert (pictures, g_strdup (channel), herald_illustration_new (&picture));

  return pictures;
}

void
fixture_illustrate (Fixture    *fixture,
                    gint64      event,
                    const char *channel,
                    const char *content)
{
  g_autoptr(GHashTable) pictures = make_pictures (channel, content);
  g_autoptr(GError) error = NULL;

  herald_outbox_illustrate (fixture->outbox, event, pictures, "snapshot", NULL, &error);
  g_assert_no_error (error);
  fixture_spin ();
}

GPtrArray *
fixture_query (Fixture *fixture,
               gint64   id)
{
  HeraldHistoryFilter filter = { .delivery = id };
  g_autoptr(GError) error = NULL;
  GPtrArray *rows = herald_outbox_query_history (fixture->outbox, &filter, &error);

  g_assert_no_error (error);
  return rows;
}

void
fixture_assert_state (Fixture             *fixture,
                      gint64               id,
                      HeraldDeliveryState  state)
{
  g_autoptr(GPtrArray) rows = fixture_query (fixture, id);
  HeraldLedger ledger;

  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (herald_delivery_state_to_id (((HeraldDelivery *) rows->pdata[0])->state), ==,
                   herald_delivery_state_to_id (state));
  herald_outbox_get_ledger (fixture->outbox, &ledger);
  g_assert_cmpuint (ledger.total, ==, ledger.waiting + ledger.held + ledger.finished);
}
