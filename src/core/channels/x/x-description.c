/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-description"

#include "core/channels/x/x-description.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "core/base/text.h"

#define METADATA_PATH "/2/media/metadata"

/* X takes 1000 characters. */
#define DESCRIPTION_MAX_CHARS 1000

/**
 * herald_x_description_make:
 *
 * Which printer, what has become of the print (its percentage, where that is the news), and which file.
 */
char *
herald_x_description_make (HeraldMessage *message)
{
  gboolean has_printer = message->printer_name != NULL && *message->printer_name != '\0';
  gboolean has_file = message->file != NULL && *message->file != '\0';
  GString *text = g_string_new (NULL);
  g_autofree char *full = NULL;

  if (has_printer)
    /* Translators: what is on a picture, said to people who cannot see it; the name of a printer */
    g_string_append_printf (text, _("Picture of the 3D printer “%s”."), message->printer_name);
  else
    g_string_append (text, _("Picture of a 3D printer."));
  if (message->title != NULL && *message->title != '\0')
    g_string_append_printf (text, " %s.", message->title);
  if (has_file)
    /* Translators: the name of a file */
    g_string_append_printf (text, _(" File: %s."), message->file);
  full = g_string_free (text, FALSE);

  return herald_text_clean (full, DESCRIPTION_MAX_CHARS);
}

static GBytes *
make_body (const char *media_id,
           const char *text)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  char *json;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, media_id);
  json_builder_set_member_name (builder, "metadata");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "alt_text");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "text");
  json_builder_add_string_value (builder, text);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json = json_to_string (root, FALSE);

  return g_bytes_new_take (json, strlen (json));
}

static void
on_reply_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;
  g_autoptr(HeraldXReply) reply = herald_x_client_send_finish (HERALD_X_CLIENT (object), result, &error);

  if (reply != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * herald_x_description_send_async:
 * @visit: with its attempt
 * @media_id: of a picture; X keeps none of a film
 */
void
herald_x_description_send_async (HeraldXClient       *client,
                                 const HeraldXVisit  *visit,
                                 const char          *media_id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (client, cancellable, callback, user_data);
  g_autofree char *text = herald_x_description_make (herald_attempt_get_message (visit->attempt));
  g_autoptr(GBytes) content = make_body (media_id, text);
  GBytes *const body[] = { content, NULL };
  const HeraldXRequest request = {
    .action = HERALD_X_DESCRIBE,
    .method = SOUP_METHOD_POST,
    .path = METADATA_PATH,
    .content_type = "application/json",
    .body = body,
  };

  herald_x_client_send_async (client, visit, &request, cancellable, on_reply_ready, g_steal_pointer (&task));
}

/**
 * herald_x_description_send_finish:
 *
 * Returns: whether X has taken it; if not, a HERALD_ERROR, which is no reason not to post
 */
gboolean
herald_x_description_send_finish (HeraldXClient  *client,
                                  GAsyncResult   *result,
                                  GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
