/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-asker"

#include "x-asker.h"

#include <string.h>

#define WAIT_S 20
/* What is larger is too deep for json-glib. */
#define PARSED_BYTES 65536

XAsker *
x_asker_new (void)
{
  XAsker *self = g_new0 (XAsker, 1);
  g_autoptr(GError) error = NULL;

  self->x = herald_demo_x_new (0, &error);
  g_assert_no_error (error);
  self->http = soup_session_new_with_options ("timeout", WAIT_S, NULL);
  self->keys = (HeraldOauth1Keys) {
    .consumer_key = HERALD_DEMO_X_API_KEY,
    .consumer_secret = HERALD_DEMO_X_API_SECRET,
    .token = HERALD_DEMO_X_ACCESS_TOKEN,
    .token_secret = HERALD_DEMO_X_ACCESS_SECRET,
  };

  return self;
}

static void
forget (XAsker *self)
{
  g_clear_object (&self->message);
  g_clear_pointer (&self->answer, g_bytes_unref);
  g_clear_pointer (&self->node, json_node_unref);
  g_clear_error (&self->error);
}

void
x_asker_free (XAsker *self)
{
  forget (self);
  soup_session_abort (self->http);
  g_assert_finalize_object (self->http);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->x);
  g_free (self->nonce);
  g_free (self->bearer);
  g_free (self);
}

static void
on_send_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  XAsker *self = user_data;

  self->answer = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &self->error);
}

static void
authorize (XAsker     *self,
           const char *method,
           const char *url)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (self->message);
  g_autofree char *nonce = self->nonce != NULL ? g_strdup (self->nonce) : herald_oauth1_make_nonce ();
  gint64 stamp_s = g_get_real_time () / G_USEC_PER_SEC + self->stamp_off_s;
  g_autofree char *header = self->bearer != NULL
                                ? g_strconcat ("Bearer ", self->bearer, NULL)
                                : herald_oauth1_make_header (method, url, &self->keys, nonce, stamp_s);

  soup_message_headers_replace (headers, "Authorization", header);
}

guint
x_asker_send (XAsker     *self,
              const char *method,
              const char *path,
              const char *type,
              GBytes     *body)
{
  g_autofree char *base = herald_demo_x_dup_url (self->x);
  g_autofree char *url = g_strconcat (base, path, NULL);
  g_autoptr(JsonParser) parser = json_parser_new ();

  forget (self);
  self->message = soup_message_new (method, url);
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  authorize (self, method, url);
  if (body != NULL)
    soup_message_set_request_body_from_bytes (self->message, type, body);
  soup_session_send_and_read_async (self->http, self->message, 0, NULL, on_send_ready, self);
  while (self->answer == NULL && self->error == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (self->answer == NULL)
    return 0;

  if (g_bytes_get_size (self->answer) > 0 && g_bytes_get_size (self->answer) < PARSED_BYTES &&
      json_parser_load_from_data (parser, g_bytes_get_data (self->answer, NULL),
                                  (gssize) g_bytes_get_size (self->answer), NULL))
    self->node = json_parser_steal_root (parser);

  return soup_message_get_status (self->message);
}

guint
x_asker_get (XAsker     *self,
             const char *path)
{
  return x_asker_send (self, "GET", path, NULL, NULL);
}

guint
x_asker_post_json (XAsker     *self,
                   const char *path,
                   const char *json)
{
  g_autoptr(GBytes) body = g_bytes_new (json, strlen (json));

  return x_asker_send (self, "POST", path, "application/json", body);
}

guint
x_asker_post_text (XAsker     *self,
                   const char *text)
{
  g_autofree char *json = g_strdup_printf ("{\"text\":\"%s\"}", text);

  return x_asker_post_json (self, "/2/tweets", json);
}

guint
x_asker_post_media (XAsker     *self,
                    const char *path,
                    GBytes     *media,
                    const char *name,
                    const char *value)
{
  g_autoptr(SoupMultipart) multipart = soup_multipart_new ("multipart/form-data");
  g_autoptr(SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_MULTIPART);
  g_autoptr(GBytes) body = NULL;

  soup_multipart_append_form_file (multipart, "media", "a.jpg", "application/octet-stream", media);
  if (name != NULL)
    soup_multipart_append_form_string (multipart, name, value);
  soup_multipart_to_message (multipart, headers, &body);

  return x_asker_send (self, "POST", path, soup_message_headers_get_one (headers, "Content-Type"), body);
}

const char *
x_asker_get_string (XAsker     *self,
                    const char *name)
{
  JsonObject *object = json_node_get_object (self->node);

  if (json_object_has_member (object, "data"))
    object = json_object_get_object_member (object, "data");
  g_assert_true (json_object_has_member (object, name));

  return json_object_get_string_member (object, name);
}

gboolean
x_asker_heard (XAsker     *self,
               const char *words)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (self->answer, NULL), g_bytes_get_size (self->answer));

  return strstr (text, words) != NULL;
}

const char *
x_asker_get_header (XAsker     *self,
                    const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (self->message), name);
}
