/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-control"

#include "demo/demo-x-rest.h"

#include <string.h>

#include "core/base/json-reader.h"

/* What no X has: how it is asked what came, and how faults are played. Nothing of this needs a signature. */

#define MEDIA_PATH "/demo/media/"

void
herald_demo_x_note_request (HeraldDemoXRequest *request)
{
  guint status = soup_server_message_get_status (request->message);

  g_ptr_array_add (request->x->requests,
                   g_strdup_printf ("%s %s %u%s%s", soup_server_message_get_method (request->message), request->path,
                                    status, status >= 400 && request->x->refusal != NULL ? " " : "",
                                    status >= 400 && request->x->refusal != NULL ? request->x->refusal : ""));
}

static JsonObject *
tell_media (const HeraldDemoXMedia *media)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", media->id);
  json_object_set_string_member (object, "category", media->category);
  json_object_set_string_member (object, "type", media->type != NULL ? media->type : "");
  json_object_set_string_member (object, "sha256", media->sha256 != NULL ? media->sha256 : "");
  json_object_set_int_member (object, "bytes", (gint64) media->size);
  json_object_set_int_member (object, "width", media->width);
  json_object_set_int_member (object, "height", media->height);
  json_object_set_string_member (object, "alt_text", media->alt_text != NULL ? media->alt_text : "");

  return object;
}

/* `GET /demo/posts`: all that was posted, the oldest first */
static void
get_posts (HeraldDemoXRequest *request)
{
  GPtrArray *posts = request->x->posts;
  JsonArray *list = json_array_new ();
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < posts->len; i++)
    {
      const HeraldDemoXPost *post = g_ptr_array_index (posts, i);
      JsonObject *one = json_object_new ();
      JsonArray *media = json_array_new ();

      for (guint j = 0; j < post->media->len; j++)
        json_array_add_object_element (media, tell_media (g_ptr_array_index (post->media, j)));
      json_object_set_string_member (one, "id", post->id);
      json_object_set_string_member (one, "text", post->text);
      json_object_set_int_member (one, "time", post->born_s);
      json_object_set_array_member (one, "media", media);
      json_array_add_object_element (list, one);
    }
  json_object_set_array_member (object, "posts", list);
  herald_demo_x_answer_take (request, 200, object);
}

/* `GET /demo/requests`: method, path, status and, if it was refused, why, of each */
static void
get_requests (HeraldDemoXRequest *request)
{
  GPtrArray *requests = request->x->requests;
  JsonArray *list = json_array_new ();
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < requests->len; i++)
    json_array_add_string_element (list, g_ptr_array_index (requests, i));
  json_object_set_array_member (object, "requests", list);
  herald_demo_x_answer_take (request, 200, object);
}

/* `GET /demo/media/ID`: the bytes */
static void
get_media (HeraldDemoXRequest *request)
{
  HeraldDemoXMedia *media = herald_demo_x_find_media (request->x, request->path + strlen (MEDIA_PATH));

  if (media == NULL || media->bytes == NULL)
    {
      soup_server_message_set_status (request->message, 404, NULL);
      return;
    }

  soup_server_message_set_status (request->message, 200, NULL);
  soup_server_message_set_response (request->message, media->type, SOUP_MEMORY_COPY,
                                    g_bytes_get_data (media->bytes, NULL), media->size);
}

/* `{"fault": …, "path": …, "times": 1, "before": 0, "done": …, "seconds": …, "byte": …, "location": …}`, see
 * docs/simulator.md; `none` ends them all. */
static void
post_faults (HeraldDemoXRequest *request)
{
  HeraldDemoXFault fault = { 0 };
  gint64 times = 1;
  gint64 before = 0;
  gint64 at_byte = 0;

  if (request->json != NULL)
    {
      herald_json_get_string (request->json, "fault", &fault.kind);
      herald_json_get_string (request->json, "path", &fault.path);
      herald_json_get_string (request->json, "location", &fault.location);
      herald_json_get_int (request->json, "times", &times);
      herald_json_get_int (request->json, "before", &before);
      herald_json_get_int (request->json, "seconds", &fault.seconds);
      herald_json_get_int (request->json, "byte", &at_byte);
      if (json_object_has_member (request->json, "done"))
        fault.deed = herald_json_get_boolean (request->json, "done") ? HERALD_DEMO_X_DONE : HERALD_DEMO_X_NOT_DONE;
    }
  fault.n_times = (guint) CLAMP (times, 0, G_MAXINT);
  fault.n_before = (guint) CLAMP (before, 0, G_MAXINT);
  fault.at_byte = (gsize) CLAMP (at_byte, 0, G_MAXINT);
  if (g_strcmp0 (fault.kind, "none") == 0)
    herald_demo_x_stop_faults (request->x);
  else if (!herald_demo_x_play (request->x, &fault))
    {
      herald_demo_x_answer_text (request, 400, "text/plain", "There is no such fault.\n");
      return;
    }

  soup_server_message_set_status (request->message, 204, NULL);
}

/* Returns whether the request is one of these. */
gboolean
herald_demo_x_control (HeraldDemoXRequest *request)
{
  const char *method = soup_server_message_get_method (request->message);

  if (!g_str_has_prefix (request->path, "/demo/"))
    return FALSE;

  if (g_str_equal (method, "GET") && g_str_equal (request->path, "/demo/posts"))
    get_posts (request);
  else if (g_str_equal (method, "GET") && g_str_equal (request->path, "/demo/requests"))
    get_requests (request);
  else if (g_str_equal (method, "POST") && g_str_equal (request->path, "/demo/faults"))
    post_faults (request);
  else if (g_str_equal (method, "GET") && g_str_has_prefix (request->path, MEDIA_PATH))
    get_media (request);
  else
    soup_server_message_set_status (request->message, 404, NULL);

  return TRUE;
}
