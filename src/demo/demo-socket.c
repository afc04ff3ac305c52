/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-socket"

#include "demo/demo-socket-private.h"

#include <string.h>

#include "core/base/json-reader.h"

/* OctoPrint 1.11.8: `current` at most every 0.5 s times the throttle, `h` every 25 s; of what
 * happens while a client is logged out the first 100 messages are kept */
#define CURRENT_MS 500
#define HEARTBEAT_MS (25 * 1000)
#define BACKLOG_MAX 100

void
herald_demo_socket_send_text (HeraldDemoSocket *self,
                              const char       *text)
{
  if (self->mute || self->printer->fault == HERALD_DEMO_FAULT_SILENCE ||
      soup_websocket_connection_get_state (self->connection) != SOUP_WEBSOCKET_STATE_OPEN)
    return;

  soup_websocket_connection_send_text (self->connection, text);
}

/* Frames a message as SockJS does. */
static void
send_json (HeraldDemoSocket *self,
           const char       *json)
{
  g_autofree char *frame =
      herald_demo_printer_has_trait (self->printer, HERALD_DEMO_FAULT_SEVERAL)
          ? g_strdup_printf ("a[{\"timelapse\":null},%s,{\"timelapse\":null}]", json)
          : g_strdup_printf ("a[%s]", json);

  herald_demo_socket_send_text (self, frame);
}

/* Takes @body */
static char *
make_message (const char *name,
              JsonNode   *body)
{
  g_autoptr(JsonObject) message = json_object_new ();
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_member (message, name, body);
  json_node_set_object (node, message);

  return json_to_string (node, FALSE);
}

/* Takes @body */
static void
send_take_object (HeraldDemoSocket *self,
                  const char       *name,
                  JsonObject       *body)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;

  json_node_take_object (node, body);
  json = make_message (name, node);
  send_json (self, json);
}

static void
send_connected (HeraldDemoSocket *self)
{
  JsonObject *connected = json_object_new ();
  const char *version = herald_demo_printer_get_version (self->printer);

  json_object_set_string_member (connected, "version", version);
  json_object_set_string_member (connected, "display_version", version);
  json_object_set_string_member (connected, "branch", "HEAD");
  json_object_set_string_member (connected, "plugin_hash", "2a13cd83ef9f2d0687d733508f6d0a70");
  json_object_set_string_member (connected, "config_hash", "ea5fb3587d37eb728beff01eb00f0c63");
  json_object_set_boolean_member (connected, "debug", FALSE);
  json_object_set_null_member (connected, "safe_mode");
  json_object_set_array_member (connected, "permissions", json_array_new ());
  if (!herald_demo_printer_has_trait (self->printer, HERALD_DEMO_FAULT_OLD))
    {
      json_object_set_string_member (connected, "python_version", "3.11.2");
      json_object_set_boolean_member (connected, "online", TRUE);
    }
  send_take_object (self, "connected", connected);
}

/* Logs the client out; before 1.8.4 nobody tells it why. */
void
herald_demo_socket_send_reauth (HeraldDemoSocket *self,
                                const char       *reason)
{
  JsonObject *body = NULL;

  self->authenticated = FALSE;
  if (herald_demo_printer_has_trait (self->printer, HERALD_DEMO_FAULT_OLD))
    return;

  body = json_object_new ();
  json_object_set_string_member (body, "reason", reason);
  send_take_object (self, "reauthRequired", body);
}

static void
send_history (HeraldDemoSocket *self)
{
  JsonObject *history = NULL;
  g_autoptr(JsonArray) lines = NULL;

  self->has_history = TRUE;
  if (!herald_demo_subscription_wants_state (&self->subscription))
    return;

  history = herald_demo_printer_new_history (self->printer);
  lines = json_array_ref (json_object_get_array_member (history, "logs"));
  json_object_set_array_member (history, "logs", json_array_new ());
  for (guint i = 0; i < json_array_get_length (lines); i++)
    {
      const char *line = json_array_get_string_element (lines, i);

      if (herald_demo_subscription_wants_line (&self->subscription, line))
        json_array_add_string_element (json_object_get_array_member (history, "logs"), line);
    }
  send_take_object (self, "history", history);
}

/* What was held back comes first; who was registered before is not told the history again. */
static void
authenticate (HeraldDemoSocket *self,
              const char       *auth)
{
  HeraldDemoPrinter *printer = self->printer;
  g_autofree char *expected = g_strdup_printf ("admin:%s", printer->session);

  if (printer->fault == HERALD_DEMO_FAULT_NO_AUTH_REPLY)
    return;
  if (printer->session == NULL || !g_str_equal (auth, expected))
    {
      herald_demo_socket_send_reauth (self, "stale");
      return;
    }

  self->authenticated = TRUE;
  for (guint i = 0; self->backlog != NULL && i < self->backlog->len; i++)
    send_json (self, g_ptr_array_index (self->backlog, i));
  g_clear_pointer (&self->backlog, g_ptr_array_unref);
  if (self->registered)
    return;

  self->registered = TRUE;
  send_history (self);
  send_json (self, "{\"timelapse\":null}");
}

/* Since 1.8.0; a client that changes what it wants of the state is told the history again. */
static void
subscribe (HeraldDemoSocket *self,
           JsonObject       *wishes)
{
  if (herald_demo_printer_has_trait (self->printer, HERALD_DEMO_FAULT_OLD) ||
      !herald_demo_subscription_parse (&self->subscription, wishes))
    return;

  if (!herald_demo_subscription_wants_state (&self->subscription))
    self->has_history = FALSE;
  else if (self->authenticated)
    send_history (self);
}

static void
take_message (HeraldDemoSocket *self,
              const char       *text)
{
  g_autoptr(JsonNode) node = herald_json_parse (text, strlen (text), NULL);
  JsonObject *message = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                      : NULL;
  const char *auth = NULL;
  gint64 throttle = 0;
  JsonObject *wishes = herald_json_get_object (message, "subscribe");

  if (herald_json_get_string (message, "auth", &auth))
    authenticate (self, auth);
  else if (herald_json_get_int (message, "throttle", &throttle) && throttle >= 1)
    self->throttle = (int) MIN (throttle, 1000);
  else if (wishes != NULL)
    subscribe (self, wishes);
}

static void
on_connection_message (SoupWebsocketConnection *connection,
                       SoupWebsocketDataType    type,
                       GBytes                  *bytes,
                       gpointer                 user_data)
{
  HeraldDemoSocket *self = user_data;
  g_autoptr(JsonNode) node = herald_json_parse (g_bytes_get_data (bytes, NULL),
                                                g_bytes_get_size (bytes), NULL);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;

  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      JsonNode *element = json_array_get_element (json_node_get_array (node), i);

      if (json_node_get_value_type (element) == G_TYPE_STRING)
        take_message (self, json_node_get_string (element));
    }
}

static void
on_connection_closed (SoupWebsocketConnection *connection,
                      gpointer                 user_data)
{
  HeraldDemoSocket *self = user_data;

  g_ptr_array_remove_fast (self->printer->sockets, self);
}

/* SoupServer's handler for websockets; @user_data is the printer */
void
herald_demo_socket_accept (SoupServer              *server,
                           SoupServerMessage       *message,
                           const char              *path,
                           SoupWebsocketConnection *connection,
                           gpointer                 user_data)
{
  HeraldDemoPrinter *printer = user_data;
  HeraldDemoSocket *self = g_new0 (HeraldDemoSocket, 1);

  self->printer = printer;
  self->connection = g_object_ref (connection);
  self->throttle = 1;
  self->next_heartbeat_ms = herald_demo_clock_get_steady_ms (printer->clock) + HEARTBEAT_MS;
  g_ptr_array_add (printer->sockets, self);
  g_signal_connect (connection, "message", G_CALLBACK (on_connection_message), self);
  g_signal_connect (connection, "closed", G_CALLBACK (on_connection_closed), self);
  herald_demo_socket_send_text (self, "o");
  send_connected (self);
}

void
herald_demo_socket_free (HeraldDemoSocket *self)
{
  g_signal_handlers_disconnect_by_data (self->connection, self);
  g_io_stream_close (soup_websocket_connection_get_io_stream (self->connection), NULL, NULL);
  g_clear_object (&self->connection);
  herald_demo_subscription_clear (&self->subscription);
  g_clear_pointer (&self->backlog, g_ptr_array_unref);
  g_clear_pointer (&self->logs, g_ptr_array_unref);
  g_free (self);
}

void
herald_demo_socket_tick (HeraldDemoSocket *self)
{
  gint64 now_ms = herald_demo_clock_get_steady_ms (self->printer->clock);
  HeraldDemoView view = { 0 };
  g_autofree char *json = NULL;

  if (now_ms >= self->next_heartbeat_ms)
    {
      self->next_heartbeat_ms = now_ms + HEARTBEAT_MS;
      herald_demo_socket_send_text (self, "h");
    }
  if (!self->authenticated || !self->has_history || now_ms < self->next_current_ms ||
      !herald_demo_subscription_wants_state (&self->subscription))
    return;

  herald_demo_job_get_view (self->printer->job, &view);
  /* Nothing changes on a printer that is off */
  if (view.state == HERALD_DEMO_STATE_OFFLINE && self->next_current_ms == 0 && self->logs == NULL)
    return;

  self->next_current_ms = view.state == HERALD_DEMO_STATE_OFFLINE
                              ? 0
                              : now_ms + CURRENT_MS * self->throttle;
  json = herald_demo_printer_make_current (self->printer, self->logs);
  g_clear_pointer (&self->logs, g_ptr_array_unref);
  send_json (self, json);
}

/* A plugin's message does not ask whether anybody is registered; an event does. */
static gboolean
is_wanted (HeraldDemoSocket *self,
           HeraldDemoSays    what,
           const char       *type)
{
  if (what == HERALD_DEMO_SAYS_PLUGIN)
    return herald_demo_subscription_wants_plugin (&self->subscription, type);
  if (!self->registered)
    return FALSE;

  return what == HERALD_DEMO_SAYS_MESSAGE ||
         herald_demo_subscription_wants_event (&self->subscription, type);
}

void
herald_demo_socket_say (HeraldDemoSocket *self,
                        HeraldDemoSays    what,
                        const char       *type,
                        JsonNode         *payload)
{
  JsonNode *node = NULL;
  JsonObject *body = NULL;
  g_autofree char *json = NULL;

  if (!is_wanted (self, what, type))
    return;

  if (what == HERALD_DEMO_SAYS_MESSAGE)
    node = json_node_copy (payload);
  else
    {
      body = json_object_new ();
      json_object_set_string_member (body, what == HERALD_DEMO_SAYS_EVENT ? "type" : "plugin",
                                     type);
      json_object_set_member (body, what == HERALD_DEMO_SAYS_EVENT ? "payload" : "data",
                              json_node_copy (payload));
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, body);
    }
  json = make_message (what == HERALD_DEMO_SAYS_EVENT    ? "event"
                       : what == HERALD_DEMO_SAYS_PLUGIN ? "plugin"
                                                         : type,
                       node);
  if (self->authenticated)
    {
      send_json (self, json);
      return;
    }

  if (self->backlog == NULL)
    self->backlog = g_ptr_array_new_with_free_func (g_free);
  if (self->backlog->len < BACKLOG_MAX)
    g_ptr_array_add (self->backlog, g_steal_pointer (&json));
}

void
herald_demo_socket_add_log (HeraldDemoSocket *self,
                            const char       *line)
{
  if (!self->authenticated || !herald_demo_subscription_wants_line (&self->subscription, line))
    return;

  if (self->logs == NULL)
    self->logs = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->logs, g_strdup (line));
}
