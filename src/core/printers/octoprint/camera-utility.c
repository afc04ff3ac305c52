/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-camera-utility"

#include "core/printers/octoprint/camera-utility.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"

/* How long OctoPrint waits for the camera */
#define CAMERA_TIMEOUT_S 5

static char *
make_question (const char *url)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "command");
  json_builder_add_string_value (builder, "url");
  json_builder_set_member_name (builder, "url");
  json_builder_add_string_value (builder, url);
  json_builder_set_member_name (builder, "method");
  json_builder_add_string_value (builder, "GET");
  json_builder_set_member_name (builder, "response");
  json_builder_add_string_value (builder, "bytes");
  json_builder_set_member_name (builder, "timeout");
  json_builder_add_int_value (builder, CAMERA_TIMEOUT_S);
  json_builder_set_member_name (builder, "validSsl");
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/* Returns (transfer full) (nullable) */
static GBytes *
read_answer (GBytes  *body,
             GError **error)
{
  g_autoptr(JsonNode) node = herald_json_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL);
  JsonObject *answer = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonObject *response = answer != NULL ? herald_json_get_object (answer, "response") : NULL;
  const char *content = NULL;
  guchar *bytes;
  gsize length = 0;

  if (response == NULL || !herald_json_get_boolean (answer, "result") ||
      !herald_json_get_string (response, "content", &content) || *content == '\0')
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE, _("The camera gives OctoPrint no picture, either"));
      return NULL;
    }

  bytes = g_base64_decode (content, &length);

  return g_bytes_new_take (bytes, length);
}

static void
on_answer_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  SoupMessage *message = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = herald_octoprint_server_send_finish (HERALD_OCTOPRINT_SERVER (object), result, &error);
  GBytes *picture = NULL;

  if (body != NULL && soup_message_get_status (message) == SOUP_STATUS_FORBIDDEN)
    g_set_error_literal (&error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                         _("The key is not allowed to have OctoPrint ask the camera"));
  else if (body != NULL)
    picture = read_answer (body, &error);

  if (picture != NULL)
    g_task_return_pointer (task, picture, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
herald_camera_utility_read_async (HeraldOctoprintServer *server,
                                  const char            *url,
                                  GCancellable          *cancellable,
                                  GAsyncReadyCallback    callback,
                                  gpointer               user_data)
{
  g_autoptr(GTask) task = g_task_new (server, cancellable, callback, user_data);
  SoupMessage *message = herald_octoprint_server_make_message (server, HERALD_OCTOPRINT_WITH_KEY, SOUP_METHOD_POST,
                                                               "/api/util/test");
  g_autofree char *question = make_question (url);

  g_task_set_task_data (task, message, g_object_unref);
  herald_octoprint_server_set_json_body (message, question);
  herald_octoprint_server_send_async (server, message, HERALD_JSON_MAX_BYTES, cancellable, on_answer_ready,
                                      g_steal_pointer (&task));
}

GBytes *
herald_camera_utility_read_finish (GAsyncResult  *result,
                                   GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
