/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-demo-server"

#include <libsoup/soup.h>
#include <string.h>

#include "demo/demo-printer.h"

#define KEY "DEMOKEYDEMOKEYDEMOKEYDEMOKEY0001"
#define WAIT_MS (20 * 1000)

typedef struct
{
  HeraldDemoClock *clock;
  HeraldDemoPrinter *printer;
  SoupSession *http;
  SoupWebsocketConnection *socket;
  GError *error;
  GPtrArray *frames;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;

  fixture->clock = herald_demo_clock_new (1);
  fixture->printer = herald_demo_printer_new ("MK3", KEY, 0, 1, &error);
  g_assert_no_error (error);
  herald_demo_printer_set_clock (fixture->printer, fixture->clock);
  fixture->http = soup_session_new ();
  fixture->frames = g_ptr_array_new_with_free_func (g_free);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  if (fixture->socket != NULL)
    {
      g_signal_handlers_disconnect_by_data (fixture->socket, fixture);
      soup_websocket_connection_close (fixture->socket, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
      while (soup_websocket_connection_get_state (fixture->socket) != SOUP_WEBSOCKET_STATE_CLOSED)
        g_main_context_iteration (NULL, TRUE);
      g_clear_object (&fixture->socket);
    }
  g_clear_object (&fixture->http);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->printer);
  g_assert_finalize_object (fixture->clock);
  g_clear_error (&fixture->error);
  g_ptr_array_unref (fixture->frames);
}

static gboolean
on_late_timeout (gpointer user_data)
{
  g_error ("Waited in vain for the simulator");

  return G_SOURCE_REMOVE;
}

static SoupMessage *
make_message (Fixture    *fixture,
              const char *method,
              const char *path)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u%s",
                                          herald_demo_printer_get_port (fixture->printer), path);
  SoupMessage *message = soup_message_new (method, url);

  soup_message_headers_append (soup_message_get_request_headers (message), "X-Api-Key", KEY);

  return message;
}

static void
on_sent (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GBytes **) user_data = soup_session_send_and_read_finish (SOUP_SESSION (object), result, NULL);
}

/* Returns (transfer full): what it answers; the status is checked. */
static char *
ask (Fixture    *fixture,
     const char *method,
     const char *path,
     const char *json,
     guint       expected)
{
  g_autoptr(SoupMessage) message = make_message (fixture, method, path);
  g_autoptr(GBytes) sent = json != NULL ? g_bytes_new (json, strlen (json)) : NULL;
  g_autoptr(GBytes) got = NULL;
  guint late = g_timeout_add (WAIT_MS, on_late_timeout, NULL);

  if (sent != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", sent);
  soup_session_send_and_read_async (fixture->http, message, G_PRIORITY_DEFAULT, NULL, on_sent,
                                    &got);
  while (got == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
  g_assert_cmpuint (soup_message_get_status (message), ==, expected);

  return g_strndup (g_bytes_get_data (got, NULL), g_bytes_get_size (got));
}

static void
tell (Fixture    *fixture,
      const char *path,
      const char *json)
{
  g_free (ask (fixture, "POST", path, json, 204));
}

static void
on_message (SoupWebsocketConnection *socket,
            SoupWebsocketDataType    type,
            GBytes                  *bytes,
            gpointer                 user_data)
{
  Fixture *fixture = user_data;

  g_ptr_array_add (fixture->frames,
                   g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)));
}

static void
on_connected (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->socket =
      soup_session_websocket_connect_finish (SOUP_SESSION (object), result, &fixture->error);
  if (fixture->socket != NULL)
    g_signal_connect (fixture->socket, "message", G_CALLBACK (on_message), fixture);
}

static void
open_socket (Fixture *fixture)
{
  g_autoptr(SoupMessage) message = make_message (fixture, "GET", "/sockjs/042/abc/websocket");
  guint late = g_timeout_add (WAIT_MS, on_late_timeout, NULL);

  soup_session_websocket_connect_async (fixture->http, message, NULL, NULL, G_PRIORITY_DEFAULT,
                                        NULL, on_connected, fixture);
  while (fixture->socket == NULL && fixture->error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

static guint
count_frames (Fixture    *fixture,
              const char *part)
{
  guint n = 0;

  for (guint i = 0; i < fixture->frames->len; i++)
    n += strstr (g_ptr_array_index (fixture->frames, i), part) != NULL ? 1 : 0;

  return n;
}

static void
await_frame (Fixture    *fixture,
             const char *part)
{
  guint late = g_timeout_add (WAIT_MS, on_late_timeout, NULL);

  while (count_frames (fixture, part) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

static void
log_in (Fixture *fixture)
{
  g_autofree char *login = ask (fixture, "POST", "/api/login", "{\"passive\":true}", 200);
  const char *session = strstr (login, "\"session\":\"") + strlen ("\"session\":\"");
  g_autofree char *auth = g_strdup_printf ("[\"{\\\"auth\\\":\\\"admin:%.64s\\\"}\"]", session);

  soup_websocket_connection_send_text (fixture->socket, auth);
}

static void
test_first_hundred_are_kept_while_logged_out (Fixture       *fixture,
                                              gconstpointer  user_data)
{
  open_socket (fixture);
  log_in (fixture);
  await_frame (fixture, "\"history\"");
  tell (fixture, "/demo/fault", "{\"fault\":\"logout\"}");
  await_frame (fixture, "reauthRequired");
  for (guint i = 0; i < 130; i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"type\":\"Alert\",\"payload\":{\"n\":%u}}", i);

      tell (fixture, "/demo/event", json);
    }
  g_assert_cmpuint (count_frames (fixture, "Alert"), ==, 0);

  log_in (fixture);
  await_frame (fixture, "{\"n\":99}");
  tell (fixture, "/demo/plugin", "{\"plugin\":\"x\",\"data\":{}}");
  await_frame (fixture, "{\"plugin\":{\"plugin\":\"x\",\"data\":{}}}");
  g_assert_cmpuint (count_frames (fixture, "Alert"), ==, 100);
  g_assert_cmpuint (count_frames (fixture, "\"history\""), ==, 1);
}

static void
test_terminal_lines_match (Fixture       *fixture,
                           gconstpointer  user_data)
{
  open_socket (fixture);
  soup_websocket_connection_send_text (
      fixture->socket,
      "[\"{\\\"subscribe\\\":{\\\"state\\\":{\\\"logs\\\":\\\"busy: paused\\\"}}}\"]");
  log_in (fixture);
  await_frame (fixture, "\"history\"");
  tell (fixture, "/demo/logs", "{\"lines\":[\"Recv: ok\",\"Recv: echo:busy: paused for user\"]}");
  tell (fixture, "/demo/event", "{\"type\":\"Alert\"}");
  await_frame (fixture, "\"logs\":[\"Recv: echo:busy: paused for user\"]");
  g_assert_cmpuint (count_frames (fixture, "Recv: ok"), ==, 0);
  g_assert_cmpuint (count_frames (fixture, "Alert"), ==, 0);
}

static void
test_key_is_handed_out_once (Fixture       *fixture,
                             gconstpointer  user_data)
{
  g_autofree char *answer =
      ask (fixture, "POST", "/plugin/appkeys/request", "{\"app\":\"Test\"}", 201);
  g_autofree char *token = g_strndup (strstr (answer, "\":\"") + 3, 43);
  g_autofree char *path = g_strconcat ("/plugin/appkeys/request/", token, NULL);
  g_autofree char *key = NULL;

  g_free (ask (fixture, "GET", "/plugin/appkeys/probe", NULL, 204));
  g_free (ask (fixture, "GET", path, NULL, 202));
  tell (fixture, "/demo/access", "{\"allow\":true}");
  key = ask (fixture, "GET", path, NULL, 200);
  g_assert_nonnull (strstr (key, KEY));
  g_free (ask (fixture, "GET", path, NULL, 404));

  /* Who does not ask for more than 5 s has gone; who asks a fourth time in a minute has to wait. */
  g_free (token);
  g_free (path);
  g_free (answer);
  answer = ask (fixture, "POST", "/plugin/appkeys/request", "{\"app\":\"Test\"}", 201);
  token = g_strndup (strstr (answer, "\":\"") + 3, 43);
  path = g_strconcat ("/plugin/appkeys/request/", token, NULL);
  herald_demo_clock_advance (fixture->clock, 4900);
  g_free (ask (fixture, "GET", path, NULL, 202));
  herald_demo_clock_advance (fixture->clock, 5200);
  g_free (ask (fixture, "GET", path, NULL, 404));
  g_free (ask (fixture, "POST", "/plugin/appkeys/request", "{\"app\":\"Test\"}", 201));
  g_free (ask (fixture, "POST", "/plugin/appkeys/request", "{\"app\":\"Test\"}", 429));
}

static void
test_traits_go_together (Fixture       *fixture,
                         gconstpointer  user_data)
{
  tell (fixture, "/demo/fault", "{\"fault\":\"no-websocket\"}");
  tell (fixture, "/demo/fault", "{\"fault\":\"no-files-permission\"}");
  tell (fixture, "/demo/fault", "{\"fault\":\"old\"}");
  open_socket (fixture);
  g_assert_error (fixture->error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_ERROR_NOT_WEBSOCKET);
  g_free (ask (fixture, "GET", "/api/files", NULL, 403));
  g_free (ask (fixture, "GET", "/api/printer/error", NULL, 404));
  g_free (ask (fixture, "GET", "/api/job", NULL, 200));
  tell (fixture, "/demo/fault", "{\"fault\":\"none\"}");
  g_free (ask (fixture, "GET", "/api/files", NULL, 200));
}

#define ADD(path, func) g_test_add ("/demo-server/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("backlog", test_first_hundred_are_kept_while_logged_out);
  ADD ("terminal", test_terminal_lines_match);
  ADD ("keys", test_key_is_handed_out_once);
  ADD ("traits", test_traits_go_together);

  return g_test_run ();
}
