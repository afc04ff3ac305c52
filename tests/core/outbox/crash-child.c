/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-crash-child"

#include "crash-child.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

#include "core/base/error.h"
#include "core/channels/channel.h"
#include "core/outbox/outbox-held.h"
#include "core/outbox/outbox.h"

/* Enough that there is always something under way, and that the rest is soon sent */
#define N_WAITING_MAX 40

/* About as long as it takes here until a picture comes */
#define HOLD_MS 30
#define PICTURE_BYTES 5000

#define SINK_TYPE_CHANNEL (sink_channel_get_type ())
G_DECLARE_FINAL_TYPE (SinkChannel, sink_channel, SINK, CHANNEL, HeraldChannel)

struct _SinkChannel
{
  HeraldChannel parent_instance;
};

G_DEFINE_FINAL_TYPE (SinkChannel, sink_channel, HERALD_TYPE_CHANNEL)

typedef struct
{
  HeraldAttempt *attempt;
  GSocketConnection *connection;
  char answer;
} Errand;

static const char *sink_path;

static void
errand_free (Errand *self)
{
  g_clear_object (&self->attempt);
  g_clear_object (&self->connection);
  g_free (self);
}

static void
on_answer_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));

  if (g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL) == 1)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_AMBIGUOUS, "No answer.");
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Errand *errand = g_task_get_task_data (task);

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_AMBIGUOUS, "Broken off.");
      return;
    }

  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (errand->connection)),
                             &errand->answer, 1, G_PRIORITY_DEFAULT,
                             g_task_get_cancellable (task), on_answer_ready, g_object_ref (task));
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Errand *errand = g_task_get_task_data (task);
  const char *key = herald_attempt_get_key (errand->attempt);
  g_autoptr(GError) error = NULL;

  errand->connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, NULL);
  if (errand->connection == NULL)
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNREACHABLE, "Not there.");
  else if (!herald_attempt_commit (errand->attempt, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_output_stream_write_all_async (
        g_io_stream_get_output_stream (G_IO_STREAM (errand->connection)), key, strlen (key),
        G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_written, g_object_ref (task));
}

/* HeraldChannel */

static void
sink_channel_deliver_async (HeraldChannel       *channel,
                            HeraldAttempt       *attempt,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (channel, cancellable, callback, user_data);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (sink_path);
  Errand *errand = g_new0 (Errand, 1);

  errand->attempt = g_object_ref (attempt);
  g_task_set_task_data (task, errand, (GDestroyNotify) errand_free);
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address), cancellable, on_connected,
                                 g_object_ref (task));
}

static gboolean
sink_channel_deliver_finish (HeraldChannel  *channel,
                             GAsyncResult   *result,
                             GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
sink_channel_class_init (SinkChannelClass *klass)
{
  HERALD_CHANNEL_CLASS (klass)->deliver_async = sink_channel_deliver_async;
  HERALD_CHANNEL_CLASS (klass)->deliver_finish = sink_channel_deliver_finish;
}

static void
sink_channel_init (SinkChannel *self)
{
}

static HeraldChannel *
make_channel (void)
{
  static const HeraldChannelType type = {
    .id = "sink",
    .name = "Sink",
    .get_gtype = sink_channel_get_type,
  };
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autoptr(HeraldSecretStore) secrets = herald_secret_store_new ();

  return herald_channel_new (&type, "sink", settings, secrets);
}

/* Every other event waits for a picture, which comes soon, late, or never. */
static gint64
accept_one (HeraldOutbox *outbox,
            const char   *name,
            guint         number,
            int           acks)
{
  static const char *const printers[] = { "mk3", "ender", "voron" };
  g_autofree char *dedupe = g_strdup_printf ("%s-%u", name, number);
  g_autofree char *line = g_strconcat (dedupe, "\n", NULL);
  g_autoptr(HeraldEvent) event = herald_event_new (HERALD_KIND_PRINT_DONE, HERALD_SOURCE_LIVE,
                                                   printers[number % 3], dedupe, dedupe,
                                                   g_get_real_time () / 1000, NULL);
  HeraldMessage content = { .kind = HERALD_KIND_PRINT_DONE, .title = dedupe, .text = dedupe };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_draft_free);
  gint64 id = 0;

  g_ptr_array_add (drafts, herald_draft_new ("sink", "sink", "a", 3600, message));
  g_ptr_array_add (drafts, herald_draft_new ("sink", "sink", "b", 3600, message));
  for (guint i = 0; i < drafts->len && number % 2 == 0; i++)
    {
      HeraldDraft *draft = g_ptr_array_index (drafts, i);

      draft->hold_ms = HOLD_MS;
      draft->awaits_picture = TRUE;
    }
  if (!herald_outbox_accept (outbox, event, drafts, &id, NULL) ||
      write (acks, line, strlen (line)) != (gssize) strlen (line))
    g_error ("An event could not be accepted");

  return number % 2 == 0 ? id : 0;
}

/* Now and then the oldest that waits gets its picture. */
static void
illustrate_one (HeraldOutbox *outbox,
                GArray       *waiting)
{
  static const char pixels[PICTURE_BYTES] = "picture";
  g_autoptr(GBytes) bytes = g_bytes_new_static (pixels, sizeof pixels);
  HeraldIllustration content = { .bytes = bytes, .media_type = (char *) "image/jpeg", .suffix = (char *) "jpg" };
  g_autoptr(HeraldIllustration) picture = herald_illustration_new (&content);
  g_autoptr(GHashTable) pictures = g_hash_table_new (g_str_hash, g_str_equal);

  if (waiting->len == 0 || g_random_int_range (0, 4) != 0)
    return;

  g_hash_table_insert (pictures, (char *) "sink", picture);
  if (!herald_outbox_illustrate (outbox, g_array_index (waiting, gint64, 0), pictures, "snapshot", NULL, NULL))
    g_error ("A picture could not be kept");
  g_array_remove_index (waiting, 0);
}

int
crash_child_run (const char *directory,
                 const char *name)
{
  g_autofree char *path = g_build_filename (directory, "herald.db", NULL);
  g_autofree char *acks_path = g_build_filename (directory, "acks", NULL);
  g_autofree char *socket_path = g_build_filename (directory, "sink", NULL);
  g_autoptr(GListStore) channels = g_list_store_new (HERALD_TYPE_CHANNEL);
  g_autoptr(HeraldChannel) channel = make_channel ();
  g_autoptr(HeraldClock) clock = herald_clock_new ();
  g_autoptr(HeraldOutbox) outbox = NULL;
  int acks = g_open (acks_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  g_autoptr(GArray) waiting = g_array_new (FALSE, FALSE, sizeof (gint64));
  HeraldLedger ledger = { .waiting = 1 };

  sink_path = socket_path;
  g_list_store_append (channels, channel);
  outbox = herald_outbox_new (path, G_LIST_MODEL (channels), clock, NULL);
  if (outbox == NULL || acks < 0)
    return 1;

  herald_outbox_start (outbox);
  for (guint number = 0; name != NULL || ledger.waiting > 0;)
    {
      herald_outbox_get_ledger (outbox, &ledger);
      if (name != NULL && ledger.waiting < N_WAITING_MAX)
        {
          gint64 id = accept_one (outbox, name, number++, acks);

          if (id != 0)
            g_array_append_val (waiting, id);
        }
      illustrate_one (outbox, waiting);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
  herald_outbox_stop (outbox);
  g_close (acks, NULL);

  return 0;
}
