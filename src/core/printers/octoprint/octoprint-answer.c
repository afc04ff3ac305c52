/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-answer"

#include "core/printers/octoprint/octoprint-answer.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"

static JsonObject *
read_object (SoupMessage  *message,
             GBytes       *body,
             GError      **error)
{
  guint status = soup_message_get_status (message);
  const char *host = g_uri_get_host (soup_message_get_uri (message));
  g_autoptr(JsonNode) node = NULL;

  if (status == SOUP_STATUS_FORBIDDEN)
    {
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                   _("The key is not allowed to ask OctoPrint on “%s” for that"), host);
      return NULL;
    }
  if (status != SOUP_STATUS_OK)
    {
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_REJECTED, _("OctoPrint on “%s” did not answer that"), host);
      herald_error_set_reply (*error, (int) status, soup_message_get_reason_phrase (message));
      return NULL;
    }

  node = herald_json_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), error);
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_propagate_error (error, herald_octoprint_server_make_stranger_error (message));
      return NULL;
    }

  return json_node_dup_object (node);
}

static void
on_answer_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = herald_octoprint_server_send_finish (HERALD_OCTOPRINT_SERVER (object), result, &error);
  JsonObject *answer = NULL;

  if (body != NULL)
    answer = read_object (g_task_get_task_data (task), body, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) json_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
herald_octoprint_ask_async (HeraldOctoprintServer *server,
                            const char            *path,
                            gsize                  max_bytes,
                            GCancellable          *cancellable,
                            GAsyncReadyCallback    callback,
                            gpointer               user_data)
{
  g_autoptr(GTask) task = g_task_new (server, cancellable, callback, user_data);
  SoupMessage *message = herald_octoprint_server_make_message (server, HERALD_OCTOPRINT_WITH_KEY, SOUP_METHOD_GET, path);

  g_task_set_task_data (task, message, g_object_unref);
  herald_octoprint_server_send_async (server, message, max_bytes, cancellable, on_answer_ready,
                                      g_steal_pointer (&task));
}

JsonObject *
herald_octoprint_ask_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
