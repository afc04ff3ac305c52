/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-post"

#include "core/channels/x/x-post.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/channels/x/x-answer.h"

#define POST_PATH "/2/tweets"

/* Where people see a post of whom only the id is known */
#define POST_URL "https://x.com/i/web/status/%s"

/**
 * herald_x_post_make_body:
 * @text: of the post
 *
 * X refuses keys that it does not know.
 */
GBytes *
herald_x_post_make_body (const char *text,
                         const char *media_id)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  char *json;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "text");
  json_builder_add_string_value (builder, text);
  if (media_id != NULL)
    {
      json_builder_set_member_name (builder, "media");
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "media_ids");
      json_builder_begin_array (builder);
      json_builder_add_string_value (builder, media_id);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json = json_to_string (root, FALSE);

  return g_bytes_new_take (json, strlen (json));
}

static void
note_receipt (HeraldAttempt *attempt,
              guint          status,
              const char    *id)
{
  g_autofree char *url = g_strdup_printf (POST_URL, id);

  herald_attempt_set_receipt (attempt, (int) status, url, id);
}

static void
on_reply_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldAttempt *attempt = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldXReply) reply = herald_x_client_send_finish (HERALD_X_CLIENT (object), result, &error);
  g_autoptr(JsonObject) data = reply != NULL ? herald_x_answer_ref_data (reply->body) : NULL;
  g_autofree char *id = herald_x_answer_dup_id (data);

  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (reply->had_arrived)
    herald_attempt_set_remark (attempt, _("An earlier attempt had got through: X has this post already."));
  else if (id != NULL)
    note_receipt (attempt, reply->status, id);
  else
    {
      g_task_return_error (task, herald_x_verdict_on_nonsense (HERALD_X_POST, reply->status));
      return;
    }

  g_task_return_boolean (task, TRUE);
}

/**
 * herald_x_post_send_async:
 * @visit: with its attempt
 */
void
herald_x_post_send_async (HeraldXClient       *client,
                          const HeraldXVisit  *visit,
                          const char          *media_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (client, cancellable, callback, user_data);
  g_autoptr(GBytes) content = herald_x_post_make_body (herald_attempt_get_message (visit->attempt)->text, media_id);
  GBytes *const body[] = { content, NULL };
  const HeraldXRequest request = {
    .action = HERALD_X_POST,
    .method = SOUP_METHOD_POST,
    .path = POST_PATH,
    .content_type = "application/json",
    .body = body,
  };

  g_task_set_task_data (task, g_object_ref (visit->attempt), g_object_unref);
  herald_x_client_send_async (client, visit, &request, cancellable, on_reply_ready, g_steal_pointer (&task));
}

/**
 * herald_x_post_send_finish:
 *
 * Returns: whether it is posted, now or by an earlier attempt; if not, a HERALD_ERROR
 */
gboolean
herald_x_post_send_finish (HeraldXClient  *client,
                           GAsyncResult   *result,
                           GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
