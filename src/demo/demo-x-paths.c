/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-paths"

#include "demo/demo-x-faults.h"
#include "demo/demo-x-tokens.h"

#include <string.h>

#include "core/base/json-reader.h"

/* Limits of X for one user, as of 2026-08 */
static const HeraldDemoXPath paths[] = {
  { "POST", "/2/tweets", 100, "tweet.write tweet.read users.read", herald_demo_x_post_tweet },
  { "GET", "/2/users/me", 75, "users.read tweet.read", herald_demo_x_get_me },
  { "POST", "/2/media/upload", 500, "media.write", herald_demo_x_post_upload },
  { "GET", "/2/media/upload", 1000, "media.write", herald_demo_x_get_upload },
  { "POST", "/2/media/upload/initialize", 1875, "media.write", herald_demo_x_post_initialize },
  { "POST", "/2/media/upload/{id}/append", 1875, "media.write", herald_demo_x_post_append },
  { "POST", "/2/media/upload/{id}/finalize", 1875, "media.write", herald_demo_x_post_finalize },
  { "POST", "/2/media/metadata", 500, "media.write", herald_demo_x_post_metadata },
  { "GET", "/i/oauth2/authorize", 500, NULL, herald_demo_x_get_authorize },
  { "POST", "/2/oauth2/token", 500, NULL, herald_demo_x_post_token },
  { "POST", "/2/oauth2/revoke", 500, NULL, herald_demo_x_post_revoke },
};

guint
herald_demo_x_count_paths (void)
{
  return G_N_ELEMENTS (paths);
}

/* Whether @path is as in the table; @id gets what stands for {id} */
static gboolean
matches (const char  *pattern,
         const char  *path,
         char       **id)
{
  const char *brace = strstr (pattern, "{id}");
  gsize n_before = brace != NULL ? (gsize) (brace - pattern) : 0;
  g_autofree char *found = NULL;

  if (brace == NULL)
    return g_str_equal (pattern, path);
  if (strncmp (pattern, path, n_before) != 0)
    return FALSE;

  path += n_before;
  found = g_strndup (path, strcspn (path, "/"));
  if (!herald_demo_x_is_id (found) || !g_str_equal (path + strlen (found), brace + strlen ("{id}")))
    return FALSE;

  *id = g_steal_pointer (&found);

  return TRUE;
}

/* What is done, and what is said of it */
static void
answer (HeraldDemoXRequest *request,
        guint               row)
{
  g_autoptr(HeraldDemoXPlayed) played = herald_demo_x_take_fault (request);

  if (herald_demo_x_count (request, row) && (played == NULL || herald_demo_x_does_it (played)) &&
      (request->row->scope == NULL || herald_demo_x_let_in (request)))
    request->row->answer (request);
  if (played != NULL)
    herald_demo_x_answer_fault (request, played);
}

static void
dispatch (HeraldDemoXRequest *request)
{
  const char *method = soup_server_message_get_method (request->message);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      if (!g_str_equal (paths[i].method, method) || !matches (paths[i].path, request->path, &request->id))
        continue;

      request->row = &paths[i];
      answer (request, i);
      return;
    }

  soup_server_message_set_status (request->message, 404, NULL);
}

static void
read_json (HeraldDemoXRequest *request,
           JsonNode          **node)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  gsize size = 0;
  const char *data = g_bytes_get_data (request->bytes, &size);

  if (g_strcmp0 (soup_message_headers_get_content_type (headers, NULL), "application/json") != 0)
    return;

  *node = herald_json_parse (data, size, NULL);
  if (*node != NULL && JSON_NODE_HOLDS_OBJECT (*node))
    request->json = json_node_get_object (*node);
}

/* SoupServer's handler; @user_data is X */
void
herald_demo_x_handle (SoupServer        *server,
                      SoupServerMessage *message,
                      const char        *path,
                      GHashTable        *query,
                      gpointer           user_data)
{
  g_autoptr(GBytes) bytes = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr(JsonNode) node = NULL;
  HeraldDemoXRequest request = {
    .x = user_data,
    .message = message,
    .path = path,
    .query = query,
    .bytes = bytes,
  };

  read_json (&request, &node);
  if (herald_demo_x_control (&request))
    return;

  herald_demo_x_set_date (&request);
  dispatch (&request);
  herald_demo_x_note_request (&request);
  g_free (request.id);
}
