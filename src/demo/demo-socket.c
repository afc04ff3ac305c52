/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-socket"

#include "demo/demo-printer-private.h"

#include <string.h>

#include "core/base/json-reader.h"

/* OctoPrint 1.11.8: `current` at most every 0.5 s times the throttle, `h` every 25 s */
#define CURRENT_US (G_USEC_PER_SEC / 2)
#define HEARTBEAT_US (25 * G_USEC_PER_SEC)
/* 1600 points are some 210 kB */
#define LONG_HISTORY_POINTS 1600
#define HUGE_BYTES (HERALD_JSON_MAX_BYTES + 1024)
#define DEEP_LEVELS 90000
#define FRAGMENT_BYTES 65535
#define N_FRAGMENTS 400

/* One client at the push socket of a printer, framed as SockJS (protocol note 3). */
struct _HeraldDemoSocket
{
  HeraldDemoPrinter *printer;
  SoupWebsocketConnection *connection;
  gboolean authenticated;
  /* A frame was left unfinished: nothing may follow it */
  gboolean mute;
  gboolean wants_state;
  GStrv wants_events;
  gboolean wants_all_events;
  int throttle;
  gint64 next_current_us;
  gint64 next_heartbeat_us;
};

static void
send_text (HeraldDemoSocket *self,
           const char       *text)
{
  if (self->mute || self->printer->fault == HERALD_DEMO_FAULT_SILENCE ||
      soup_websocket_connection_get_state (self->connection) != SOUP_WEBSOCKET_STATE_OPEN)
    return;

  soup_websocket_connection_send_text (self->connection, text);
}

/* Takes @body */
static void
send_take_body (HeraldDemoSocket *self,
                const char       *name,
                JsonNode         *body)
{
  g_autoptr(JsonObject) message = json_object_new ();
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;
  g_autofree char *frame = NULL;

  json_object_set_member (message, name, body);
  json_node_set_object (node, message);
  json = json_to_string (node, FALSE);
  frame = self->printer->fault == HERALD_DEMO_FAULT_SEVERAL
              ? g_strdup_printf ("a[{\"timelapse\":null},%s,{\"timelapse\":null}]", json)
              : g_strdup_printf ("a[%s]", json);
  send_text (self, frame);
}

static void
send_take_object (HeraldDemoSocket *self,
                  const char       *name,
                  JsonObject       *body)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, body);
  send_take_body (self, name, node);
}

static void
send_connected (HeraldDemoSocket *self)
{
  JsonObject *connected = json_object_new ();

  json_object_set_string_member (connected, "version", "1.11.8");
  json_object_set_string_member (connected, "display_version", "1.11.8");
  json_object_set_string_member (connected, "branch", "HEAD");
  json_object_set_string_member (connected, "python_version", "3.11.2");
  json_object_set_string_member (connected, "plugin_hash", "2a13cd83ef9f2d0687d733508f6d0a70");
  json_object_set_string_member (connected, "config_hash", "ea5fb3587d37eb728beff01eb00f0c63");
  json_object_set_boolean_member (connected, "debug", FALSE);
  json_object_set_null_member (connected, "safe_mode");
  json_object_set_boolean_member (connected, "online", TRUE);
  json_object_set_array_member (connected, "permissions", json_array_new ());
  send_take_object (self, "connected", connected);
}

static void
send_reauth (HeraldDemoSocket *self,
             const char       *reason)
{
  JsonObject *body = json_object_new ();

  self->authenticated = FALSE;
  json_object_set_string_member (body, "reason", reason);
  send_take_object (self, "reauthRequired", body);
}

static void
authenticate (HeraldDemoSocket *self,
              const char       *auth)
{
  HeraldDemoPrinter *printer = self->printer;
  g_autofree char *expected = g_strdup_printf ("admin:%s", printer->session);
  guint n_points = printer->fault == HERALD_DEMO_FAULT_LONG_HISTORY ? LONG_HISTORY_POINTS : 1;

  if (printer->fault == HERALD_DEMO_FAULT_NO_AUTH_REPLY)
    return;
  if (printer->session == NULL || !g_str_equal (auth, expected))
    {
      send_reauth (self, "stale");
      return;
    }

  self->authenticated = TRUE;
  if (self->wants_state)
    {
      JsonObject *history = herald_demo_printer_new_current (printer, n_points);

      /* The real server has it in `current` only */
      json_object_remove_member (history, "busyFiles");
      send_take_object (self, "history", history);
    }
  send_take_body (self, "timelapse", json_node_new (JSON_NODE_NULL));
}

static void
subscribe (HeraldDemoSocket *self,
           JsonObject       *wishes)
{
  JsonNode *state = json_object_get_member (wishes, "state");
  JsonArray *events = herald_json_get_array (wishes, "events");

  self->wants_state = state != NULL && (JSON_NODE_HOLDS_OBJECT (state) ||
                                        herald_json_get_boolean (wishes, "state"));
  self->wants_all_events = herald_json_get_boolean (wishes, "events");
  g_clear_pointer (&self->wants_events, g_strfreev);
  if (events != NULL)
    {
      g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

      for (guint i = 0; i < json_array_get_length (events); i++)
        {
          const char *name = json_node_get_string (json_array_get_element (events, i));

          if (name != NULL)
            g_strv_builder_add (names, name);
        }
      self->wants_events = g_strv_builder_end (names);
    }
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
  self->wants_state = TRUE;
  self->wants_all_events = TRUE;
  self->next_heartbeat_us = g_get_monotonic_time () + HEARTBEAT_US;
  g_ptr_array_add (printer->sockets, self);
  g_signal_connect (connection, "message", G_CALLBACK (on_connection_message), self);
  g_signal_connect (connection, "closed", G_CALLBACK (on_connection_closed), self);
  send_text (self, "o");
  send_connected (self);
}

void
herald_demo_socket_free (HeraldDemoSocket *self)
{
  g_signal_handlers_disconnect_by_data (self->connection, self);
  g_io_stream_close (soup_websocket_connection_get_io_stream (self->connection), NULL, NULL);
  g_clear_object (&self->connection);
  g_strfreev (self->wants_events);
  g_free (self);
}

void
herald_demo_socket_tick (HeraldDemoSocket *self)
{
  gint64 now_us = g_get_monotonic_time ();
  HeraldDemoView view = { 0 };

  if (now_us >= self->next_heartbeat_us)
    {
      self->next_heartbeat_us += HEARTBEAT_US;
      send_text (self, "h");
    }

  herald_demo_job_get_view (self->printer->job, &view);
  /* Nothing changes on a printer that is off */
  if (!self->authenticated || !self->wants_state || now_us < self->next_current_us ||
      (view.state == HERALD_DEMO_STATE_OFFLINE && self->next_current_us == 0))
    return;

  self->next_current_us = view.state == HERALD_DEMO_STATE_OFFLINE
                              ? 0
                              : now_us + CURRENT_US * self->throttle;
  send_take_object (self, "current", herald_demo_printer_new_current (self->printer, 1));
}

void
herald_demo_socket_send_event (HeraldDemoSocket *self,
                               const char       *type,
                               JsonNode         *payload)
{
  JsonObject *event = NULL;

  if (!self->authenticated ||
      (!self->wants_all_events &&
       (self->wants_events == NULL ||
        !g_strv_contains ((const char *const *) self->wants_events, type))))
    return;

  event = json_object_new ();
  json_object_set_string_member (event, "type", type);
  json_object_set_member (event, "payload", json_node_copy (payload));
  send_take_object (self, "event", event);
}

static void
on_raw_written (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GByteArray) raw = g_steal_pointer (&user_data);

  /* Who was to read it may well have left in the middle. */
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, NULL);
}

/* Takes @raw. Bytes that are no proper frame go past libsoup; what they leave behind is never
 * finished. */
static void
write_raw (HeraldDemoSocket *self,
           GByteArray       *raw)
{
  GOutputStream *output =
      g_io_stream_get_output_stream (soup_websocket_connection_get_io_stream (self->connection));

  self->mute = TRUE;
  g_output_stream_write_all_async (output, raw->data, raw->len, G_PRIORITY_DEFAULT, NULL,
                                   on_raw_written, raw);
}

/* Plays a fault that happens once (RFC 6455 5.2 for the raw frames). */
void
herald_demo_socket_play (HeraldDemoSocket *self,
                         HeraldDemoFault   fault)
{
  g_autofree char *filler = NULL;
  g_autofree char *frame = NULL;
  static const guint8 half[] = { 0x81, 100, 'a', '[', '{' };
  GByteArray *raw = NULL;

  switch ((int) fault)
    {
    case HERALD_DEMO_FAULT_CLOSE_FRAME:
      send_text (self, "c[3000,\"Go away!\"]");
      soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
      break;
    case HERALD_DEMO_FAULT_GARBAGE:
      send_text (self, "a[{\"event\":{\"type\":\"Print\x01");
      break;
    case HERALD_DEMO_FAULT_HUGE:
      filler = g_strnfill (HUGE_BYTES, 'x');
      frame = g_strdup_printf ("a[{\"plugin\":{\"data\":\"%s\"}}]", filler);
      send_text (self, frame);
      break;
    case HERALD_DEMO_FAULT_DEEP:
      filler = g_strnfill (DEEP_LEVELS, '[');
      frame = g_strconcat ("a", filler, NULL);
      send_text (self, frame);
      break;
    case HERALD_DEMO_FAULT_HALF_FRAME:
      raw = g_byte_array_append (g_byte_array_new (), half, sizeof half);
      write_raw (self, raw);
      break;
    case HERALD_DEMO_FAULT_FRAGMENTS:
      filler = g_strnfill (FRAGMENT_BYTES, 'x');
      raw = g_byte_array_new ();
      for (guint i = 0; i < N_FRAGMENTS; i++)
        {
          guint8 head[] = { i == 0 ? 0x01 : 0x00, 126, 0xff, 0xff };

          g_byte_array_append (raw, head, sizeof head);
          g_byte_array_append (raw, (const guint8 *) filler, FRAGMENT_BYTES);
        }
      write_raw (self, raw);
      break;
    case HERALD_DEMO_FAULT_LOGOUT:
      send_reauth (self, "logout");
      break;
    default:
      break;
    }
}
