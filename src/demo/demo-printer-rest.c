/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-printer-rest"

#include "demo/demo-printer-private.h"

#include <string.h>

#include "core/base/json-reader.h"

#define FILES_PATH "/api/files/local/"
#define PRINT_DEFAULT_S 60.0

/* One request on its way through the table of paths */
typedef struct
{
  HeraldDemoPrinter *printer;
  SoupServerMessage *message;
  const char *path;
  JsonObject *body;
  HeraldDemoView view;
} Request;

/* Takes @object */
static void
answer_take (Request    *request,
             guint       status,
             JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;

  json_node_take_object (node, object);
  json = json_to_string (node, FALSE);
  soup_server_message_set_status (request->message, status, NULL);
  soup_server_message_set_response (request->message, "application/json", SOUP_MEMORY_COPY, json,
                                    strlen (json));
}

static void
answer_error (Request    *request,
              guint       status,
              const char *words)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "error", words);
  answer_take (request, status, object);
}

static void
answer_text (Request    *request,
             guint       status,
             const char *type,
             const char *text)
{
  soup_server_message_set_status (request->message, status, NULL);
  soup_server_message_set_response (request->message, type, SOUP_MEMORY_COPY, text, strlen (text));
}

static void
answer_json (Request    *request,
             const char *json)
{
  answer_text (request, 200, "application/json", json);
}

static void
answer_nothing (Request *request)
{
  soup_server_message_set_status (request->message, 204, NULL);
}

static gboolean
has_key (Request *request)
{
  const char *key = soup_message_headers_get_one (
      soup_server_message_get_request_headers (request->message), "X-Api-Key");

  return request->printer->fault != HERALD_DEMO_FAULT_REVOKED &&
         g_strcmp0 (key, request->printer->key) == 0;
}

static void
get_version (Request *request)
{
  answer_json (request, "{\"api\":\"0.1\",\"server\":\"1.11.8\",\"text\":\"OctoPrint 1.11.8\"}");
}

static void
get_server (Request *request)
{
  answer_json (request, "{\"version\":\"1.11.8\",\"safemode\":null}");
}

static void
get_current_user (Request *request)
{
  if (request->printer->fault == HERALD_DEMO_FAULT_NO_STATUS && has_key (request))
    {
      answer_json (request, "{\"name\":\"maker\",\"groups\":[],\"permissions\":[\"WEBCAM\"]}");
      return;
    }

  answer_json (request, has_key (request)
                            ? "{\"name\":\"admin\",\"groups\":[\"users\",\"admins\"],"
                              "\"permissions\":[\"ADMIN\",\"STATUS\",\"CONNECTION\",\"WEBCAM\","
                              "\"FILES_LIST\",\"FILES_DOWNLOAD\",\"PRINT\",\"CONTROL\","
                              "\"MONITOR_TERMINAL\",\"SETTINGS_READ\",\"SETTINGS\"]}"
                            : "{\"name\":null,\"groups\":[\"guests\"],\"permissions\":[]}");
}

static void
post_login (Request *request)
{
  HeraldDemoPrinter *printer = request->printer;
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *json = NULL;

  g_free (printer->session);
  printer->session = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uuid, -1);
  json = g_strdup_printf (
      "{\"name\":\"admin\",\"session\":\"%s\",\"active\":true,\"admin\":true,\"user\":true,"
      "\"apikey\":null,\"groups\":[\"users\",\"admins\"],\"roles\":[\"user\",\"admin\"],"
      "\"permissions\":[],\"needs\":{\"group\":[\"users\",\"admins\"],\"role\":[\"status\"]},"
      "\"settings\":{},\"_is_external_client\":false,\"_login_mechanism\":\"apikey\","
      "\"_credentials_seen\":\"2026-01-01T00:00:00+00:00\"}",
      printer->session);
  answer_json (request, json);
}

static void
get_connection (Request *request)
{
  gboolean closed = request->view.state == HERALD_DEMO_STATE_OFFLINE;
  g_autofree char *json = g_strdup_printf (
      "{\"current\":{\"state\":\"%s\",\"port\":%s,\"baudrate\":%s,\"printerProfile\":\"_default\"},"
      "\"options\":{\"ports\":[\"VIRTUAL\"],\"baudrates\":[250000,115200],"
      "\"printerProfiles\":[{\"id\":\"_default\",\"name\":\"Default\"}],"
      "\"portPreference\":\"VIRTUAL\",\"baudratePreference\":0,"
      "\"printerProfilePreference\":\"_default\"}}",
      closed ? "Closed" : request->view.state_text, closed ? "null" : "\"VIRTUAL\"",
      closed ? "null" : "115200");

  answer_json (request, json);
}

static void
post_connection (Request *request)
{
  const char *command = NULL;

  herald_json_get_string (request->body, "command", &command);
  if (g_strcmp0 (command, "connect") == 0)
    herald_demo_job_connect (request->printer->job);
  else if (g_strcmp0 (command, "disconnect") == 0)
    herald_demo_job_disconnect (request->printer->job, NULL);
  else
    {
      answer_error (request, 400, "command is invalid");
      return;
    }
  answer_nothing (request);
}

static void
get_job (Request *request)
{
  const HeraldDemoView *view = &request->view;
  HeraldDemoStatusFlags flags = herald_demo_printer_get_flags (request->printer);
  const HeraldDemoPrints *prints =
      view->file != NULL ? herald_demo_job_get_prints (request->printer->job, view->file) : NULL;
  JsonObject *object = json_object_new ();

  json_object_set_object_member (object, "job", herald_demo_status_new_job (view, prints, flags));
  json_object_set_object_member (object, "progress", herald_demo_status_new_progress (view, flags));
  json_object_set_string_member (object, "state", view->state_text);
  if (view->error != NULL)
    json_object_set_string_member (object, "error", view->error);
  answer_take (request, 200, object);
}

static void
post_job (Request *request)
{
  HeraldDemoJob *job = request->printer->job;
  const char *command = NULL;
  const char *action = "toggle";
  gboolean active = herald_demo_job_is_active (job);

  herald_json_get_string (request->body, "command", &command);
  herald_json_get_string (request->body, "action", &action);
  if (g_strcmp0 (command, "start") == 0)
    {
      if (active)
        answer_error (request, 409,
                      "Printer already has an active print job, did you mean 'restart'?");
      else
        {
          if (request->view.file != NULL)
            herald_demo_job_start (job, request->view.file, request->view.seconds,
                                   HERALD_DEMO_OUTCOME_DONE);
          answer_nothing (request);
        }
      return;
    }
  if (g_strcmp0 (command, "cancel") != 0 && g_strcmp0 (command, "pause") != 0)
    {
      answer_error (request, 400, "command is invalid");
      return;
    }
  if (!active)
    {
      g_autofree char *words = g_strdup_printf (
          "Printer is neither printing nor paused, '%s' command cannot be performed", command);

      answer_error (request, 409, words);
      return;
    }

  /* What does not fit the moment is accepted and ignored, as by the real server. */
  if (g_str_equal (command, "cancel"))
    herald_demo_job_cancel (job);
  else if (g_str_equal (action, "resume") ||
           (g_str_equal (action, "toggle") && request->view.state == HERALD_DEMO_STATE_PAUSED))
    herald_demo_job_resume (job);
  else
    herald_demo_job_pause (job);
  answer_nothing (request);
}

static void
get_printer (Request *request)
{
  g_autofree char *json = NULL;
  g_autofree char *state = NULL;
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  const HeraldDemoView *view = &request->view;

  if (view->state == HERALD_DEMO_STATE_OFFLINE)
    {
      answer_error (request, 409, "Printer is not operational");
      return;
    }

  json_node_take_object (node, herald_demo_status_new_state (
                                   view, herald_demo_printer_get_flags (request->printer)));
  state = json_to_string (node, FALSE);
  json = g_strdup_printf ("{\"sd\":{\"ready\":true},\"state\":%s,\"temperature\":{"
                          "\"tool0\":{\"actual\":%d.5,\"target\":%d.0,\"offset\":0},"
                          "\"bed\":{\"actual\":%d.5,\"target\":%d.0,\"offset\":0}}}",
                          state, (int) view->tool, (int) view->tool_target, (int) view->bed,
                          (int) view->bed_target);
  answer_json (request, json);
}

static void
get_settings (Request *request)
{
  JsonObject *settings = json_object_new ();
  JsonObject *appearance = json_object_new ();
  JsonObject *webcam = json_object_new ();

  json_object_set_string_member (appearance, "name", request->printer->name);
  json_object_set_string_member (appearance, "color", "default");
  json_object_set_boolean_member (webcam, "webcamEnabled", FALSE);
  json_object_set_boolean_member (webcam, "timelapseEnabled", FALSE);
  json_object_set_string_member (webcam, "streamUrl", "");
  json_object_set_string_member (webcam, "snapshotUrl", "");
  json_object_set_boolean_member (webcam, "flipH", FALSE);
  json_object_set_boolean_member (webcam, "flipV", FALSE);
  json_object_set_boolean_member (webcam, "rotate90", FALSE);
  json_object_set_array_member (webcam, "webcams", json_array_new ());
  json_object_set_object_member (settings, "appearance", appearance);
  json_object_set_object_member (settings, "webcam", webcam);
  answer_take (request, 200, settings);
}

static void
get_file (Request *request)
{
  const char *name = request->path + strlen (FILES_PATH);
  const HeraldDemoPrints *known = herald_demo_job_get_prints (request->printer->job, name);
  JsonObject *file = NULL;
  JsonObject *prints = NULL;
  JsonObject *last = NULL;

  if (known == NULL && g_strcmp0 (request->view.file, name) != 0)
    {
      answer_error (request, 404, "The requested URL was not found on the server.");
      return;
    }

  file = json_object_new ();
  json_object_set_string_member (file, "name", name);
  json_object_set_string_member (file, "display", name);
  json_object_set_string_member (file, "path", name);
  json_object_set_string_member (file, "origin", "local");
  json_object_set_string_member (file, "type", "machinecode");
  json_object_set_int_member (file, "size", request->view.size);
  json_object_set_int_member (file, "date", request->printer->begin_wall_ms / 1000);
  if (known != NULL)
    {
      prints = json_object_new ();
      last = json_object_new ();
      json_object_set_double_member (last, "date", (double) known->last_ms / 1000);
      json_object_set_boolean_member (last, "success", known->last_success);
      if (known->last_success)
        json_object_set_double_member (last, "printTime", known->last_s);
      json_object_set_int_member (prints, "success", known->n_success);
      json_object_set_int_member (prints, "failure", known->n_failure);
      json_object_set_object_member (prints, "last", last);
      json_object_set_object_member (file, "prints", prints);
    }
  answer_take (request, 200, file);
}

static void
get_sockjs_info (Request *request)
{
  answer_json (request, "{\"websocket\":true,\"cookie_needed\":false,\"origins\":[\"*:*\"],"
                        "\"entropy\":1234567}");
}

static void
get_online (Request *request)
{
  answer_text (request, 200, "text/plain", "online\n");
}

static void
post_demo_fault (Request *request)
{
  const char *name = NULL;
  const char *location = NULL;
  double seconds = 0;
  HeraldDemoFault fault = HERALD_DEMO_FAULT_NONE;

  herald_json_get_string (request->body, "fault", &name);
  herald_json_get_string (request->body, "location", &location);
  herald_json_get_double (request->body, "seconds", &seconds);
  if (!herald_demo_printer_find_fault (name, &fault))
    {
      answer_error (request, 400, "There is no such fault.");
      return;
    }

  answer_nothing (request);
  herald_demo_printer_play_fault (request->printer, fault, CLAMP (seconds, 0, 3600), location);
}

static void
post_demo_print (Request *request)
{
  const char *file = "demo.gcode";
  const char *outcome = "done";
  double seconds = PRINT_DEFAULT_S;

  herald_json_get_string (request->body, "file", &file);
  herald_json_get_string (request->body, "outcome", &outcome);
  herald_json_get_double (request->body, "seconds", &seconds);
  if (seconds <= 0 ||
      !herald_demo_printer_print (request->printer, file, seconds,
                                  g_str_equal (outcome, "failed")      ? HERALD_DEMO_OUTCOME_FAILED
                                  : g_str_equal (outcome, "cancelled") ? HERALD_DEMO_OUTCOME_CANCELLED
                                                                       : HERALD_DEMO_OUTCOME_DONE))
    answer_error (request, 409, "The printer is not ready for a print.");
  else
    answer_nothing (request);
}

typedef enum
{
  FOR_ANYBODY,
  FOR_KEY,
} Access;

static const struct
{
  const char *method;
  const char *path;
  Access access;
  void (*answer) (Request *request);
} paths[] = {
  { "GET", "/api/version", FOR_KEY, get_version },
  { "GET", "/api/server", FOR_KEY, get_server },
  { "GET", "/api/currentuser", FOR_ANYBODY, get_current_user },
  { "POST", "/api/login", FOR_KEY, post_login },
  { "GET", "/api/connection", FOR_KEY, get_connection },
  { "POST", "/api/connection", FOR_KEY, post_connection },
  { "GET", "/api/job", FOR_KEY, get_job },
  { "POST", "/api/job", FOR_KEY, post_job },
  { "GET", "/api/printer", FOR_KEY, get_printer },
  { "GET", "/api/settings", FOR_KEY, get_settings },
  { "GET", FILES_PATH, FOR_KEY, get_file },
  { "GET", "/sockjs/info", FOR_ANYBODY, get_sockjs_info },
  { "GET", "/online.txt", FOR_ANYBODY, get_online },
  { "POST", "/demo/fault", FOR_ANYBODY, post_demo_fault },
  { "POST", "/demo/print", FOR_ANYBODY, post_demo_print },
};

/* Returns TRUE if a fault has answered in place of the server. */
static gboolean
answer_with_fault (Request *request)
{
  const char *location = request->printer->location;

  switch ((int) request->printer->fault)
    {
    case HERALD_DEMO_FAULT_REDIRECT:
      soup_server_message_set_redirect (request->message, 302,
                                        location != NULL ? location : "http://127.0.0.1:1/");
      return TRUE;
    case HERALD_DEMO_FAULT_NOT_OCTOPRINT:
      answer_text (request, 200, "text/html", "<html><body>It works!</body></html>");
      return TRUE;
    case HERALD_DEMO_FAULT_UNAVAILABLE:
      answer_text (request, 503, "text/html", "<html><body>503 Service Unavailable</body></html>");
      return TRUE;
    default:
      return FALSE;
    }
}

static void
dispatch (Request *request)
{
  const char *method = soup_server_message_get_method (request->message);

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      gboolean folder = g_str_has_suffix (paths[i].path, "/");

      if (!g_str_equal (paths[i].method, method) ||
          !(folder ? g_str_has_prefix (request->path, paths[i].path)
                   : g_str_equal (request->path, paths[i].path)))
        continue;

      if (paths[i].access == FOR_ANYBODY || has_key (request))
        paths[i].answer (request);
      else if (g_str_equal (method, "POST"))
        answer_error (request, 400, "CSRF validation failed");
      else
        answer_error (request, 403, "You don't have the permission to access the requested resource. "
                                    "It is either read-protected or not readable by the server.");
      return;
    }

  answer_error (request, 404, "The requested URL was not found on the server.");
}

/* SoupServer's handler for everything but websockets; @user_data is the printer */
void
herald_demo_printer_handle (SoupServer        *server,
                            SoupServerMessage *message,
                            const char        *path,
                            GHashTable        *query,
                            gpointer           user_data)
{
  HeraldDemoPrinter *printer = user_data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr(GBytes) bytes = soup_message_body_flatten (body);
  g_autoptr(JsonNode) node = herald_json_parse (g_bytes_get_data (bytes, NULL),
                                                g_bytes_get_size (bytes), NULL);
  Request request = { .printer = printer, .message = message, .path = path };

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    request.body = json_node_get_object (node);
  if (soup_message_headers_get_one (soup_server_message_get_request_headers (message), "X-Api-Key"))
    printer->n_keyed++;

  herald_demo_printer_tick (printer);
  herald_demo_job_get_view (printer->job, &request.view);
  if (g_str_has_prefix (path, "/demo/") || !answer_with_fault (&request))
    dispatch (&request);
}
