/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-rest-camera"

#include "demo/demo-rest.h"

#include <string.h>

#include "core/base/json-reader.h"

/* A camera as mjpg-streamer serves it, beside OctoPrint on the same port, which a proxy makes of the two on OctoPi. */

#define FRAME_MS 500
#define HUGE_BYTES (10 * 1024 * 1024)
#define PIECE_BYTES (64 * 1024)
#define SLOW_DEFAULT_S 8.0
#define SLOW_MAX_S 3600.0
#define BOUNDARY "boundarydonotcross"

static const char *const faults[] = {
  [HERALD_DEMO_CAMERA_FINE] = "none",         [HERALD_DEMO_CAMERA_DISABLED] = "disabled",
  [HERALD_DEMO_CAMERA_OFF] = "off",           [HERALD_DEMO_CAMERA_SLOW] = "slow",
  [HERALD_DEMO_CAMERA_ENDLESS] = "endless",   [HERALD_DEMO_CAMERA_HTML] = "html",
  [HERALD_DEMO_CAMERA_HUGE] = "huge",         [HERALD_DEMO_CAMERA_TRUNCATED] = "truncated",
  [HERALD_DEMO_CAMERA_REDIRECT] = "redirect", [HERALD_DEMO_CAMERA_DARK] = "dark",
};

/* An answer that goes on after its request was handled */
typedef struct
{
  HeraldDemoPrinter *printer;
  SoupServerMessage *message;
  guint timeout_id;
} Delivery;

static void
delivery_free (Delivery *delivery)
{
  g_clear_handle_id (&delivery->timeout_id, g_source_remove);
  g_clear_object (&delivery->printer);
  g_free (delivery);
}

static Delivery *
begin_delivery (HeraldDemoRequest *request)
{
  Delivery *delivery = g_new0 (Delivery, 1);

  delivery->printer = g_object_ref (request->printer);
  delivery->message = request->message;
  g_object_set_data_full (G_OBJECT (request->message), "delivery", delivery, (GDestroyNotify) delivery_free);

  return delivery;
}

static GBytes *
take_picture (HeraldDemoPrinter *printer)
{
  HeraldDemoView view = { 0 };
  gboolean prints;

  herald_demo_job_get_view (printer->job, &view);
  prints = view.has_progress && view.seconds > 0;

  return herald_demo_camera_draw (&printer->camera, prints ? view.elapsed_s / view.seconds : -1);
}

static void
answer_picture (SoupServerMessage *message,
                GBytes            *picture,
                gsize              length)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "image/jpeg", SOUP_MEMORY_COPY, g_bytes_get_data (picture, NULL), length);
}

static gboolean
on_slow_timeout (gpointer user_data)
{
  Delivery *delivery = user_data;
  g_autoptr(GBytes) picture = take_picture (delivery->printer);

  delivery->timeout_id = 0;
  answer_picture (delivery->message, picture, g_bytes_get_size (picture));
  soup_server_message_unpause (delivery->message);

  return G_SOURCE_REMOVE;
}

static void
on_wrote_piece (SoupServerMessage *message,
                gpointer           user_data)
{
  static const char noise[PIECE_BYTES] = { 1 };

  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC, noise, sizeof noise);
  soup_server_message_unpause (message);
}

static void
begin_endless (HeraldDemoRequest *request)
{
  g_autoptr(GBytes) picture = take_picture (request->printer);
  SoupMessageBody *body = soup_server_message_get_response_body (request->message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);

  soup_server_message_set_status (request->message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (headers, "image/jpeg", NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_append (body, SOUP_MEMORY_COPY, g_bytes_get_data (picture, NULL), g_bytes_get_size (picture) / 2);
  g_signal_connect (request->message, "wrote-chunk", G_CALLBACK (on_wrote_piece), NULL);
}

static void
answer_huge (HeraldDemoRequest *request)
{
  g_autofree guint8 *bytes = g_malloc0 (HUGE_BYTES);
  g_autoptr(GBytes) picture = take_picture (request->printer);

  memcpy (bytes, g_bytes_get_data (picture, NULL), g_bytes_get_size (picture) / 2);
  soup_server_message_set_status (request->message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (request->message, "image/jpeg", SOUP_MEMORY_COPY, (char *) bytes, HUGE_BYTES);
}

/* Returns whether a fault has answered. */
static gboolean
answer_with_fault (HeraldDemoRequest *request)
{
  HeraldDemoCamera *camera = &request->printer->camera;
  Delivery *delivery;

  switch (camera->fault)
    {
    case HERALD_DEMO_CAMERA_OFF:
      herald_demo_answer_text (request, 503, "text/html", "<html><body>503 Service Unavailable</body></html>");
      return TRUE;
    case HERALD_DEMO_CAMERA_SLOW:
      delivery = begin_delivery (request);
      soup_server_message_pause (request->message);
      delivery->timeout_id = g_timeout_add ((guint) (camera->seconds * 1000), on_slow_timeout, delivery);
      return TRUE;
    case HERALD_DEMO_CAMERA_ENDLESS:
      begin_endless (request);
      return TRUE;
    case HERALD_DEMO_CAMERA_HTML:
      herald_demo_answer_text (request, 200, "text/html", "<!DOCTYPE html><html><body>Camera</body></html>");
      return TRUE;
    case HERALD_DEMO_CAMERA_HUGE:
      answer_huge (request);
      return TRUE;
    case HERALD_DEMO_CAMERA_REDIRECT:
      soup_server_message_set_redirect (request->message, 302, camera->location);
      return TRUE;
    case HERALD_DEMO_CAMERA_FINE:
    case HERALD_DEMO_CAMERA_DISABLED:
    case HERALD_DEMO_CAMERA_TRUNCATED:
    case HERALD_DEMO_CAMERA_DARK:
    default:
      return FALSE;
    }
}

static void
count (HeraldDemoRequest *request)
{
  request->printer->camera.n_asked++;
  if (soup_message_headers_get_one (soup_server_message_get_request_headers (request->message), "X-Api-Key") != NULL)
    request->printer->camera.n_keyed++;
}

static void
answer_snapshot (HeraldDemoRequest *request)
{
  g_autoptr(GBytes) picture = NULL;
  gsize length;

  if (answer_with_fault (request))
    return;

  picture = take_picture (request->printer);
  length = g_bytes_get_size (picture);
  answer_picture (request->message, picture,
                  request->printer->camera.fault == HERALD_DEMO_CAMERA_TRUNCATED ? length / 2 : length);
}

static gboolean
on_frame_timeout (gpointer user_data)
{
  Delivery *delivery = user_data;
  SoupMessageBody *body = soup_server_message_get_response_body (delivery->message);
  g_autoptr(GBytes) picture = take_picture (delivery->printer);
  g_autofree char *head = g_strdup_printf ("--" BOUNDARY "\r\nContent-Type: image/jpeg\r\nContent-Length: %" G_GSIZE_FORMAT
                                           "\r\n\r\n", g_bytes_get_size (picture));

  soup_message_body_append (body, SOUP_MEMORY_COPY, head, strlen (head));
  soup_message_body_append_bytes (body, picture);
  soup_message_body_append (body, SOUP_MEMORY_STATIC, "\r\n", 2);
  soup_server_message_unpause (delivery->message);

  return G_SOURCE_CONTINUE;
}

static void
begin_stream (HeraldDemoRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  Delivery *delivery = begin_delivery (request);

  soup_server_message_set_status (request->message, SOUP_STATUS_OK, NULL);
  soup_message_headers_replace (headers, "Content-Type", "multipart/x-mixed-replace;boundary=" BOUNDARY);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_EOF);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (request->message), FALSE);
  on_frame_timeout (delivery);
  delivery->timeout_id = g_timeout_add (FRAME_MS, on_frame_timeout, delivery);
}

/* `/webcam/?action=snapshot` and `/webcam/?action=stream` */
void
herald_demo_get_webcam (HeraldDemoRequest *request)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (request->message));

  count (request);
  if (query != NULL && strstr (query, "action=snapshot") != NULL)
    answer_snapshot (request);
  else if (query != NULL && strstr (query, "action=stream") != NULL && !answer_with_fault (request))
    begin_stream (request);
  else if (query == NULL || strstr (query, "action=stream") == NULL)
    herald_demo_answer_text (request, 200, "text/html", "<!DOCTYPE html><html><body>MJPG-Streamer</body></html>");
}

/* OctoPrint asks the camera itself. */
void
herald_demo_get_current_picture (HeraldDemoRequest *request)
{
  if (request->printer->camera.fault == HERALD_DEMO_CAMERA_DISABLED)
    herald_demo_answer_not_found (request);
  else
    answer_snapshot (request);
}

static void
tell_settings (HeraldDemoPrinter *printer)
{
  g_autoptr(JsonNode) payload = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *hash = g_strdup_printf ("%032x", printer->camera.revision);

  json_node_take_object (payload, json_object_new ());
  json_object_set_string_member (json_node_get_object (payload), "config_hash", hash);
  json_object_set_string_member (json_node_get_object (payload), "effective_hash", hash);
  herald_demo_printer_say (printer, HERALD_DEMO_SAYS_EVENT, "SettingsUpdated", payload);
}

/* `{"fault": …, "seconds": …, "location": …, "flipH": …, "flipV": …, "rotate90": …}` */
void
herald_demo_post_camera (HeraldDemoRequest *request)
{
  HeraldDemoCamera *camera = &request->printer->camera;
  const char *name = faults[HERALD_DEMO_CAMERA_FINE];
  const char *location = "http://127.0.0.1:1/";
  double seconds = SLOW_DEFAULT_S;

  herald_json_get_string (request->body, "fault", &name);
  herald_json_get_string (request->body, "location", &location);
  herald_json_get_double (request->body, "seconds", &seconds);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      if (!g_str_equal (faults[i], name))
        continue;

      camera->fault = (HeraldDemoCameraFault) i;
      camera->seconds = CLAMP (seconds, 0, SLOW_MAX_S);
      camera->flip_horizontally = herald_json_get_boolean (request->body, "flipH");
      camera->flip_vertically = herald_json_get_boolean (request->body, "flipV");
      camera->rotate_left = herald_json_get_boolean (request->body, "rotate90");
      camera->revision++;
      g_strlcpy (camera->location, location, sizeof camera->location);
      tell_settings (request->printer);
      herald_demo_answer_nothing (request);
      return;
    }

  herald_demo_answer_error (request, 400, "There is no such fault of a camera.");
}

/* How often the camera was asked, and how often with a key */
void
herald_demo_get_camera (HeraldDemoRequest *request)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "asked", request->printer->camera.n_asked);
  json_object_set_int_member (object, "keyed", request->printer->camera.n_keyed);
  herald_demo_answer_take (request, 200, object);
}

static JsonObject *
new_compat (const char *stream,
            const char *snapshot)
{
  JsonObject *compat = json_object_new ();

  json_object_set_string_member (compat, "stream", stream);
  json_object_set_string_member (compat, "snapshot", snapshot);
  json_object_set_int_member (compat, "streamTimeout", 5);
  json_object_set_int_member (compat, "snapshotTimeout", 5);
  json_object_set_boolean_member (compat, "snapshotSslValidation", TRUE);

  return compat;
}

static void
add_turns (JsonObject             *object,
           const HeraldDemoCamera *camera)
{
  json_object_set_boolean_member (object, "flipH", camera->flip_horizontally);
  json_object_set_boolean_member (object, "flipV", camera->flip_vertically);
  json_object_set_boolean_member (object, "rotate90", camera->rotate_left);
}

/* The member `webcam` of OctoPrint's settings */
JsonObject *
herald_demo_new_webcam (HeraldDemoRequest *request)
{
  const HeraldDemoCamera *camera = &request->printer->camera;
  const char *stream = "/webcam/?action=stream";
  g_autofree char *snapshot = g_strdup_printf ("http://127.0.0.1:%u/webcam/?action=snapshot", request->printer->port);
  JsonObject *webcam = json_object_new ();
  JsonArray *webcams;
  JsonObject *classic;

  json_object_set_boolean_member (webcam, "webcamEnabled", camera->fault != HERALD_DEMO_CAMERA_DISABLED);
  json_object_set_boolean_member (webcam, "timelapseEnabled", TRUE);
  json_object_set_string_member (webcam, "streamUrl", stream);
  json_object_set_string_member (webcam, "snapshotUrl", snapshot);
  add_turns (webcam, camera);
  if (herald_demo_request_has (request, HERALD_DEMO_FAULT_OLD))
    return webcam;

  webcams = json_array_new ();
  classic = json_object_new ();
  json_object_set_string_member (classic, "name", "classic");
  json_object_set_string_member (classic, "displayName", "Classic Webcam");
  json_object_set_boolean_member (classic, "canSnapshot", TRUE);
  json_object_set_string_member (classic, "snapshotDisplay", snapshot);
  json_object_set_string_member (classic, "provider", "classicwebcam");
  add_turns (classic, camera);
  json_object_set_object_member (classic, "compat", new_compat (stream, snapshot));
  json_array_add_object_element (webcams, classic);
  json_object_set_array_member (webcam, "webcams", webcams);
  json_object_set_string_member (webcam, "defaultWebcam", "classic");
  json_object_set_string_member (webcam, "snapshotWebcam", "classic");

  return webcam;
}
