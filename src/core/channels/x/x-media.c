/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-media"

#include "core/channels/x/x-media.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/channels/x/x-answer.h"
#include "core/channels/x/x-film.h"
#include "core/channels/x/x-form.h"

#define UPLOAD_PATH "/2/media/upload"

#define MEGABYTE (1000 * 1000)

/* What X takes (August 2026); films go another way. */
static const struct
{
  const char *media_type;
  const char *category;
  gsize max_bytes;
} kinds[] = {
  { "image/jpeg", "tweet_image", 5 * MEGABYTE },
  { "image/png", "tweet_image", 5 * MEGABYTE },
  { "image/webp", "tweet_image", 5 * MEGABYTE },
  { "image/gif", "tweet_gif", 15 * MEGABYTE },
};

static void
on_film_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;
  char *id = herald_x_film_upload_finish (HERALD_X_CLIENT (object), result, &error);

  if (id != NULL)
    g_task_return_pointer (task, id, g_free);
  else
    g_task_return_error (task, error);
}

static void
on_reply_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldXReply) reply = herald_x_client_send_finish (HERALD_X_CLIENT (object), result, &error);
  g_autoptr(JsonObject) data = reply != NULL ? herald_x_answer_ref_data (reply->body) : NULL;
  g_autofree char *id = herald_x_answer_dup_id (data);

  if (id != NULL)
    g_task_return_pointer (task, g_steal_pointer (&id), g_free);
  else if (reply != NULL)
    g_task_return_error (task, herald_x_verdict_on_nonsense (HERALD_X_UPLOAD, reply->status));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * herald_x_media_upload_async:
 * @visit: with an attempt that has an attachment
 *
 * Uploads a picture at once, and a film by herald_x_film_upload_async().
 */
void
herald_x_media_upload_async (HeraldXClient       *client,
                             const HeraldXVisit  *visit,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (client, cancellable, callback, user_data);
  HeraldAttachment *attachment = herald_attempt_get_attachment (visit->attempt);
  HeraldXRequest request = { .action = HERALD_X_UPLOAD, .method = SOUP_METHOD_POST, .path = UPLOAD_PATH };
  g_autoptr(HeraldXForm) form = NULL;
  guint i = 0;

  if (herald_attachment_is_film (attachment))
    {
      herald_x_film_upload_async (client, visit, cancellable, on_film_ready, g_steal_pointer (&task));
      return;
    }

  while (i < G_N_ELEMENTS (kinds) && g_strcmp0 (kinds[i].media_type, attachment->media_type) != 0)
    i++;
  if (i == G_N_ELEMENTS (kinds))
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_REJECTED, "%s",
                               _("X does not take pictures of this kind."));
      return;
    }
  if (g_bytes_get_size (attachment->bytes) > kinds[i].max_bytes)
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_REJECTED,
                               _("The picture is too large for X, which takes up to %u megabytes."),
                               (guint) (kinds[i].max_bytes / MEGABYTE));
      return;
    }

  form = herald_x_form_new ("media_category", kinds[i].category, attachment->media_type, attachment->bytes);
  request.content_type = form->content_type;
  request.body = form->body;
  herald_x_client_send_async (client, visit, &request, cancellable, on_reply_ready, g_steal_pointer (&task));
}

char *
herald_x_media_upload_finish (HeraldXClient  *client,
                              GAsyncResult   *result,
                              GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
