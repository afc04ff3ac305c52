/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-film"

#include "core/channels/x/x-film.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/channels/x/x-answer.h"
#include "core/channels/x/x-form.h"
#include "core/net/time-limit.h"

#define PATH "/2/media/upload"

/* X numbers the pieces from 0 to 999. */
#define PIECE_BYTES (1024 * 1024)
#define N_PIECES_MAX 1000

/* What is not up and looked at by then had better go without: the attempt as a whole has 15 minutes. */
#define TOTAL_LIMIT_MS (8 * 60 * 1000)

/* X says when to ask again; sometimes it says 0, and it shall not say next week. */
#define ASK_AGAIN_MIN_S 1
#define ASK_AGAIN_MAX_S 30
#define ASK_AGAIN_S 5

#define CATEGORY "tweet_video"

/* One film on its way: announced, sent piece by piece, closed, and looked at by X. */
typedef struct
{
  HeraldXVisit visit;
  GBytes *bytes;
  char *media_type;
  HeraldTimeLimit *limit;
  char *id;
  guint n_sent;
} FilmCall;

static void
film_call_free (FilmCall *call)
{
  g_clear_object (&call->visit.attempt);
  g_clear_pointer (&call->bytes, g_bytes_unref);
  g_clear_pointer (&call->limit, herald_time_limit_free);
  g_free (call->media_type);
  g_free (call->id);
  g_free (call);
}

static void
return_failure (GTask  *task,
                GError *taken_error)
{
  FilmCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = taken_error;

  if (herald_time_limit_is_over (call->limit))
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_BUSY, "%s", _("X has taken too long over the film."));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Takes the task. */
static void
ask (GTask               *task,
     const char          *method,
     const char          *path,
     const char          *content_type,
     GBytes *const       *body,
     GAsyncReadyCallback  callback)
{
  FilmCall *call = g_task_get_task_data (task);
  const HeraldXRequest request = {
    .action = HERALD_X_UPLOAD,
    .method = method,
    .path = path,
    .content_type = content_type,
    .body = body,
  };

  herald_x_client_send_async (g_task_get_source_object (task), &call->visit, &request,
                              herald_time_limit_get_cancellable (call->limit), callback, task);
}

/* Looked at by X */

static void on_look_ready (GObject      *object,
                           GAsyncResult *result,
                           gpointer      user_data);

static gboolean
on_ask_again_timeout (gpointer user_data)
{
  GTask *task = user_data;
  FilmCall *call = g_task_get_task_data (task);
  g_autofree char *path = g_strdup_printf (PATH "?command=STATUS&media_id=%s", call->id);

  ask (g_object_ref (task), SOUP_METHOD_GET, path, NULL, NULL, on_look_ready);

  return G_SOURCE_REMOVE;
}

/* What is cancelled meanwhile is so at the next request. */
static void
ask_again (GTask      *task,
           JsonObject *processing)
{
  FilmCall *call = g_task_get_task_data (task);
  gint64 seconds = 0;
  g_autoptr(GSource) timeout = NULL;
  g_autoptr(GSource) cancelled = NULL;

  if (!herald_json_get_int (processing, "check_after_secs", &seconds))
    seconds = ASK_AGAIN_S;
  timeout = g_timeout_source_new_seconds ((guint) CLAMP (seconds, ASK_AGAIN_MIN_S, ASK_AGAIN_MAX_S));
  cancelled = g_cancellable_source_new (herald_time_limit_get_cancellable (call->limit));
  g_source_set_dummy_callback (cancelled);
  g_source_add_child_source (timeout, cancelled);
  g_task_attach_source (task, timeout, on_ask_again_timeout);
}

static void
take_processing (GTask              *task,
                 const HeraldXReply *reply,
                 JsonObject         *data)
{
  FilmCall *call = g_task_get_task_data (task);
  JsonObject *processing = herald_json_get_object (data, "processing_info");
  const char *state = NULL;

  if (processing == NULL || (herald_json_get_string (processing, "state", &state) && g_str_equal (state, "succeeded")))
    g_task_return_pointer (task, g_steal_pointer (&call->id), g_free);
  else if (g_strcmp0 (state, "failed") == 0)
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_REJECTED, "%s",
                             _("X cannot do anything with the film. It takes MP4 of half a second to 140 seconds."));
  else if (g_strcmp0 (state, "pending") == 0 || g_strcmp0 (state, "in_progress") == 0)
    ask_again (task, processing);
  else
    g_task_return_error (task, herald_x_verdict_on_nonsense (HERALD_X_UPLOAD, reply->status));
}

static void
on_look_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;
  g_autoptr(HeraldXReply) reply = herald_x_client_send_finish (HERALD_X_CLIENT (object), result, &error);
  g_autoptr(JsonObject) data = reply != NULL ? herald_x_answer_ref_data (reply->body) : NULL;

  if (reply == NULL)
    return_failure (task, error);
  else if (data == NULL)
    g_task_return_error (task, herald_x_verdict_on_nonsense (HERALD_X_UPLOAD, reply->status));
  else
    take_processing (task, reply, data);
}

/* Sent piece by piece */

static void send_next (GTask *task);

static void
on_piece_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  FilmCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(HeraldXReply) reply = herald_x_client_send_finish (HERALD_X_CLIENT (object), result, &error);

  if (reply == NULL)
    {
      return_failure (task, error);
      return;
    }

  call->n_sent++;
  send_next (g_steal_pointer (&task));
}

/* Takes the task. */
static void
send_next (GTask *task)
{
  FilmCall *call = g_task_get_task_data (task);
  gsize offset = (gsize) call->n_sent * PIECE_BYTES;
  gsize size = g_bytes_get_size (call->bytes);
  g_autofree char *path = NULL;
  g_autofree char *index = g_strdup_printf ("%u", call->n_sent);
  g_autoptr(GBytes) piece = NULL;
  g_autoptr(HeraldXForm) form = NULL;

  if (offset >= size)
    {
      path = g_strdup_printf (PATH "/%s/finalize", call->id);
      ask (task, SOUP_METHOD_POST, path, NULL, NULL, on_look_ready);
      return;
    }

  path = g_strdup_printf (PATH "/%s/append", call->id);
  piece = g_bytes_new_from_bytes (call->bytes, offset, MIN (size - offset, PIECE_BYTES));
  form = herald_x_form_new ("segment_index", index, "application/octet-stream", piece);
  ask (task, SOUP_METHOD_POST, path, form->content_type, form->body, on_piece_ready);
}

/* Announced */

static void
on_announce_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  FilmCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(HeraldXReply) reply = herald_x_client_send_finish (HERALD_X_CLIENT (object), result, &error);
  g_autoptr(JsonObject) data = reply != NULL ? herald_x_answer_ref_data (reply->body) : NULL;

  call->id = herald_x_answer_dup_id (data);
  if (reply == NULL)
    return_failure (task, error);
  else if (call->id == NULL)
    g_task_return_error (task, herald_x_verdict_on_nonsense (HERALD_X_UPLOAD, reply->status));
  else
    send_next (g_steal_pointer (&task));
}

/* Takes the task. */
static void
announce (GTask *task)
{
  FilmCall *call = g_task_get_task_data (task);
  g_autofree char *json = g_strdup_printf ("{\"media_type\":\"%s\",\"total_bytes\":%" G_GSIZE_FORMAT
                                           ",\"media_category\":\"" CATEGORY "\"}",
                                           call->media_type, g_bytes_get_size (call->bytes));
  g_autoptr(GBytes) content = g_bytes_new (json, strlen (json));
  GBytes *const body[] = { content, NULL };

  ask (task, SOUP_METHOD_POST, PATH "/initialize", "application/json", body, on_announce_ready);
}

void
herald_x_film_upload_async (HeraldXClient       *client,
                            const HeraldXVisit  *visit,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (client, cancellable, callback, user_data);
  HeraldAttachment *attachment = herald_attempt_get_attachment (visit->attempt);
  FilmCall *call = g_new0 (FilmCall, 1);

  call->visit = *visit;
  g_object_ref (visit->attempt);
  call->bytes = g_bytes_ref (attachment->bytes);
  call->media_type = g_strdup (attachment->media_type);
  call->limit = herald_time_limit_new (TOTAL_LIMIT_MS, cancellable);
  g_task_set_task_data (task, call, (GDestroyNotify) film_call_free);

  if (g_strcmp0 (call->media_type, "video/mp4") != 0 || g_bytes_get_size (call->bytes) > (gsize) PIECE_BYTES * N_PIECES_MAX)
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_REJECTED, "%s",
                             _("X does not take this film: it must be MP4, and of at most 512 megabytes."));
  else
    announce (g_steal_pointer (&task));
}

char *
herald_x_film_upload_finish (HeraldXClient  *client,
                             GAsyncResult   *result,
                             GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
