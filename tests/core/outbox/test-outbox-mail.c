/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-mail"

#include <string.h>

#include "core/channels/email/email-channel.h"
#include "fixtures/scripted-smtp.h"
#include "outbox-fixture.h"

/* What a person does to a mail account while a message goes by it, at every turn of the main loop */

#define OK "250 ok\r\n"
#define TAKEN OK, OK, "354 go\r\n", OK
#define CONNECTION "220 mx\r\n", "250 mx\r\n", TAKEN, TAKEN, TAKEN, SCRIPTED_SMTP_HANG_UP

/* Nothing happens any more. */
#define SILENCE_US (50 * 1000)

static const char *const script[] = { CONNECTION, CONNECTION, CONNECTION, CONNECTION, NULL };

typedef struct
{
  ScriptedSmtp *server;
  char *directory;
  GListStore *channels;
  HeraldChannel *channel;
  FakeClock *clock;
  HeraldOutbox *outbox;
} Post;

static HeraldValues *
make_settings (ScriptedSmtp *server,
               const char   *from_name)
{
  HeraldValues *settings = herald_values_new ();
  g_autofree char *port = g_strdup_printf ("%u", scripted_smtp_get_port (server));

  herald_values_set (settings, "host", "127.0.0.1");
  herald_values_set (settings, "port", port);
  herald_values_set (settings, "security", "plain");
  herald_values_set (settings, "auth", "none");
  herald_values_set (settings, "from", "a@example.org");
  herald_values_set (settings, "from-name", from_name);
  herald_values_set (settings, "to", "b@example.org");

  return settings;
}

static void
say (Post *post)
{
  g_autoptr(HeraldEvent) event = herald_event_new (HERALD_KIND_PRINT_DONE, HERALD_SOURCE_LIVE, "mk4", "job", "event",
                                                   post->clock->wall_ms, NULL);
  HeraldMessage content = { .kind = HERALD_KIND_PRINT_DONE, .printer = (char *) "mk4", .job = (char *) "job",
                            .title = (char *) "Done", .text = (char *) "Done." };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_draft_free);
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (drafts, herald_draft_new ("mail", "email", "b@example.org", 3600, message));
  herald_outbox_accept (post->outbox, event, drafts, NULL, &error);
  g_assert_no_error (error);
}

static void
post_open (Post *post)
{
  g_autofree char *path = NULL;
  g_autoptr(HeraldValues) settings = NULL;
  g_autoptr(HeraldSecretStore) secrets = herald_secret_store_new ();
  g_autoptr(GError) error = NULL;

  post->server = scripted_smtp_new (script);
  settings = make_settings (post->server, "MK4");
  post->directory = g_dir_make_tmp ("outbox-XXXXXX", NULL);
  path = g_build_filename (post->directory, "herald.db", NULL);
  post->channel = herald_channel_new (&herald_email_channel_type, "mail", settings, secrets);
  post->channels = g_list_store_new (HERALD_TYPE_CHANNEL);
  g_list_store_append (post->channels, post->channel);
  post->clock = fake_clock_new ();
  post->outbox = herald_outbox_new (path, G_LIST_MODEL (post->channels), HERALD_CLOCK (post->clock), &error);
  g_assert_no_error (error);
  herald_outbox_start (post->outbox);
  say (post);
}

/* Returns whether anything has happened. */
static gboolean
take_turn (void)
{
  gint64 end_us = g_get_monotonic_time () + SILENCE_US;

  while (!g_main_context_iteration (NULL, FALSE))
    {
      if (g_get_monotonic_time () > end_us)
        return FALSE;
      g_usleep (100);
    }

  return TRUE;
}

static HeraldDelivery *
find (Post *post)
{
  HeraldHistoryFilter filter = { .delivery = 1 };
  g_autoptr(GPtrArray) rows = herald_outbox_query_history (post->outbox, &filter, NULL);

  g_assert_cmpuint (rows->len, ==, 1);
  return g_ptr_array_steal_index (rows, 0);
}

static gboolean
is_over (Post *post)
{
  g_autoptr(HeraldDelivery) delivery = find (post);

  return delivery->finished_ms != 0;
}

static guint
count_mails (Post *post)
{
  const char *place = strstr (scripted_smtp_get_log (post->server), "\r\n.\r\n");
  guint n_mails = 0;

  for (; place != NULL; place = strstr (place + 1, "\r\n.\r\n"))
    n_mails++;

  return n_mails;
}

static void
wait_for_end (Post *post)
{
  for (guint i = 0; i < 1000 && !is_over (post); i++)
    {
      if (take_turn ())
        continue;
      fake_clock_advance (post->clock, 60 * 1000);
      herald_outbox_resume (post->outbox, "mail");
    }
  g_assert_true (is_over (post));
}

/* Nothing of it is left: not the channel, not the outbox, not a clock that somebody still asks. */
static void
post_close (Post *post)
{
  g_autofree char *command = g_strdup_printf ("rm -r %s", post->directory);

  herald_outbox_stop (post->outbox);
  while (take_turn ())
    ;
  g_assert_finalize_object (g_steal_pointer (&post->outbox));
  g_clear_object (&post->channels);
  g_assert_finalize_object (g_steal_pointer (&post->channel));
  g_assert_finalize_object (g_steal_pointer (&post->clock));
  scripted_smtp_free (post->server);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (post->directory);
}

static void
change_settings (Post *post)
{
  g_autoptr(HeraldValues) settings = make_settings (post->server, "Prusa");

  herald_channel_set_settings (post->channel, settings);
}

static void
assert_sent_once (Post *post)
{
  g_autoptr(HeraldDelivery) delivery = NULL;

  wait_for_end (post);
  delivery = find (post);
  g_assert_cmpstr (herald_delivery_state_to_id (delivery->state), ==, "delivered");
  g_assert_cmpuint (delivery->attempts, ==, 1);
  g_assert_cmpuint (count_mails (post), ==, 1);
}

static void
remove_channel (Post *post)
{
  g_list_store_remove_all (post->channels);
}

/* Nothing says that it was not sent if it was. */
static void
assert_nothing_denied (Post *post)
{
  g_autoptr(HeraldDelivery) delivery = NULL;

  wait_for_end (post);
  delivery = find (post);
  g_assert_cmpuint (delivery->attempts, <=, 1);
  g_assert_cmpuint (count_mails (post), <=, 1);
  if (delivery->state == HERALD_DELIVERY_DELIVERED)
    g_assert_cmpuint (count_mails (post), ==, 1);
  else if (count_mails (post) == 1)
    g_assert_cmpstr (herald_delivery_state_to_id (delivery->state), ==, "probable");
}

static void
stop_and_start (Post *post)
{
  herald_outbox_stop (post->outbox);
  herald_outbox_start (post->outbox);
}

static void
assert_sent_twice_at_most (Post *post)
{
  g_autoptr(HeraldDelivery) delivery = NULL;

  wait_for_end (post);
  delivery = find (post);
  g_assert_cmpstr (herald_delivery_state_to_id (delivery->state), ==, "delivered");
  g_assert_cmpuint (count_mails (post), >=, 1);
  g_assert_cmpuint (count_mails (post), <=, 1 + delivery->ambiguous);
}

static void
stop (Post *post)
{
  herald_outbox_stop (post->outbox);
}

static void
assert_kept (Post *post)
{
  g_autoptr(HeraldDelivery) delivery = find (post);

  if (delivery->finished_ms == 0)
    g_assert_cmpuint (count_mails (post), <=, delivery->ambiguous);
}

typedef struct
{
  const char *name;
  void (*act) (Post *post);
  void (*check) (Post *post);
} Row;

static const Row rows[] = {
  { "settings", change_settings, assert_sent_once },
  { "removed", remove_channel, assert_nothing_denied },
  { "stopped", stop, assert_kept },
  { "started again", stop_and_start, assert_sent_twice_at_most },
};

/* Returns whether there was something left to be interrupted. */
static gboolean
act_after (const Row *row,
           guint      n_turns)
{
  Post post = { 0 };
  gboolean was_over;

  post_open (&post);
  for (guint i = 0; i < n_turns; i++)
    take_turn ();
  was_over = is_over (&post);
  row->act (&post);
  row->check (&post);
  post_close (&post);

  return !was_over;
}

static void
test_interrupted_at_any_turn (gconstpointer data)
{
  guint n_turns = 0;

  while (act_after (data, n_turns))
    n_turns++;

  g_test_message ("interrupted after 0 to %u turns", n_turns);
  g_assert_cmpuint (n_turns, >, 5);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/outbox-mail/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_interrupted_at_any_turn);
    }

  return g_test_run ();
}
