/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-printer-rest"

#include "demo/demo-rest.h"

#include "core/base/json-reader.h"

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
  void (*answer) (HeraldDemoRequest *request);
} paths[] = {
  { "GET", "/api/version", FOR_KEY, herald_demo_get_version },
  { "GET", "/api/server", FOR_KEY, herald_demo_get_server },
  { "GET", "/api/currentuser", FOR_ANYBODY, herald_demo_get_current_user },
  { "POST", "/api/login", FOR_KEY, herald_demo_post_login },
  { "GET", "/api/settings", FOR_KEY, herald_demo_get_settings },
  { "GET", "/api/connection", FOR_KEY, herald_demo_get_connection },
  { "POST", "/api/connection", FOR_KEY, herald_demo_post_connection },
  { "GET", "/api/job", FOR_KEY, herald_demo_get_job },
  { "POST", "/api/job", FOR_KEY, herald_demo_post_job },
  { "GET", "/api/printer", FOR_KEY, herald_demo_get_printer },
  { "GET", "/api/printer/error", FOR_KEY, herald_demo_get_error },
  { "GET", "/api/files", FOR_KEY, herald_demo_get_all_files },
  { "GET", HERALD_DEMO_FILES_PATH, FOR_KEY, herald_demo_get_file },
  { "GET", "/api/timelapse", FOR_KEY, herald_demo_get_timelapse },
  { "GET", "/webcam/", FOR_ANYBODY, herald_demo_get_webcam },
  { "GET", "/downloads/files/local/", FOR_KEY, herald_demo_get_download },
  { "GET", "/downloads/timelapse/", FOR_KEY, herald_demo_get_movie },
  { "GET", "/downloads/camera/current", FOR_KEY, herald_demo_get_current_picture },
  { "GET", "/plugin/appkeys/probe", FOR_ANYBODY, herald_demo_get_probe },
  { "POST", "/plugin/appkeys/request", FOR_ANYBODY, herald_demo_post_request },
  { "GET", HERALD_DEMO_REQUEST_PATH, FOR_ANYBODY, herald_demo_get_request },
  { "GET", HERALD_DEMO_AUTH_PATH, FOR_ANYBODY, herald_demo_get_auth },
  { "GET", "/sockjs/info", FOR_ANYBODY, herald_demo_get_sockjs_info },
  { "GET", "/online.txt", FOR_ANYBODY, herald_demo_get_online },
  { "POST", "/demo/fault", FOR_ANYBODY, herald_demo_post_fault },
  { "POST", "/demo/print", FOR_ANYBODY, herald_demo_post_print },
  { "POST", "/demo/transfer", FOR_ANYBODY, herald_demo_post_transfer },
  { "POST", "/demo/upload", FOR_ANYBODY, herald_demo_post_upload },
  { "POST", "/demo/event", FOR_ANYBODY, herald_demo_post_event },
  { "POST", "/demo/plugin", FOR_ANYBODY, herald_demo_post_plugin },
  { "POST", "/demo/logs", FOR_ANYBODY, herald_demo_post_logs },
  { "POST", "/demo/access", FOR_ANYBODY, herald_demo_post_access },
  { "POST", "/demo/camera", FOR_ANYBODY, herald_demo_post_camera },
  { "GET", "/demo/camera", FOR_ANYBODY, herald_demo_get_camera },
  { "POST", "/demo/advance", FOR_ANYBODY, herald_demo_post_advance },
};

/* Returns TRUE if a fault has answered in place of the server. */
static gboolean
answer_with_fault (HeraldDemoRequest *request)
{
  const char *location = request->printer->location;

  switch ((int) request->printer->fault)
    {
    case HERALD_DEMO_FAULT_REDIRECT:
      soup_server_message_set_redirect (request->message, 302,
                                        location != NULL ? location : "http://127.0.0.1:1/");
      return TRUE;
    case HERALD_DEMO_FAULT_NOT_OCTOPRINT:
      herald_demo_answer_text (request, 200, "text/html", "<html><body>It works!</body></html>");
      return TRUE;
    case HERALD_DEMO_FAULT_UNAVAILABLE:
      herald_demo_answer_text (request, 503, "text/html",
                               "<html><body>503 Service Unavailable</body></html>");
      return TRUE;
    default:
      return FALSE;
    }
}

static void
refuse (HeraldDemoRequest *request,
        const char        *method)
{
  if (g_str_equal (method, "POST") && !herald_demo_request_has (request, HERALD_DEMO_FAULT_OLD))
    herald_demo_answer_error (request, 400, "CSRF validation failed");
  else
    herald_demo_answer_error (request, 403,
                              "You don't have the permission to access the requested "
                              "resource. It is either read-protected or not readable by "
                              "the server.");
}

static void
dispatch (HeraldDemoRequest *request)
{
  const char *method = soup_server_message_get_method (request->message);

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      gboolean folder = g_str_has_suffix (paths[i].path, "/");

      if (!g_str_equal (paths[i].method, method) ||
          !(folder ? g_str_has_prefix (request->path, paths[i].path)
                   : g_str_equal (request->path, paths[i].path)))
        continue;

      if (paths[i].access == FOR_ANYBODY || herald_demo_request_has_key (request))
        paths[i].answer (request);
      else
        refuse (request, method);
      return;
    }

  herald_demo_answer_not_found (request);
}

/* A proxy that does not know websockets, before libsoup can shake hands */
void
herald_demo_printer_handle_early (SoupServer        *server,
                                  SoupServerMessage *message,
                                  const char        *path,
                                  GHashTable        *query,
                                  gpointer           user_data)
{
  HeraldDemoRequest request = { .printer = user_data, .message = message, .path = path };
  const char *upgrade = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Upgrade");

  if (upgrade != NULL && herald_demo_request_has (&request, HERALD_DEMO_FAULT_NO_WEBSOCKET))
    herald_demo_answer_text (&request, 400, "text/html", "Can \"Upgrade\" only to \"WebSocket\".");
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
  HeraldDemoRequest request = { .printer = printer, .message = message, .path = path };

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    request.body = json_node_get_object (node);
  if (soup_message_headers_get_one (soup_server_message_get_request_headers (message), "X-Api-Key"))
    printer->n_keyed++;

  herald_demo_printer_tick (printer);
  herald_demo_job_get_view (printer->job, &request.view);
  if (g_str_has_prefix (path, "/demo/") || !answer_with_fault (&request))
    dispatch (&request);
}
