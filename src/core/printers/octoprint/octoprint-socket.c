/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-socket"

#include "core/printers/octoprint/octoprint-socket.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"
#include "core/net/websocket-guard.h"
#include "core/printers/octoprint/frame.h"

/* OctoPrint sends a heartbeat every 25 s; two may be late while it is busy. */
#define SILENCE_TIMEOUT_S 60

/* From the first byte of the handshake to the first state. */
#define READY_TIMEOUT_S 15

/* In half seconds: a state every 2 s while something happens, every 5 s while nothing does. News
 * come as events, which are not held back. */
#define THROTTLE_BUSY 4
#define THROTTLE_IDLE 10

/* A garbled frame can be an accident, several in a row are not OctoPrint. */
#define BAD_FRAMES_MAX 5

/**
 * HeraldOctoprintSocket:
 *
 * OctoPrint's push interface over one framed SockJS websocket: opens it,
 * authenticates, subscribes, hands on what comes. Ends once, with a reason,
 * also when the server falls silent or sends more than it may.
 */
struct _HeraldOctoprintSocket
{
  GObject parent_instance;

  HeraldOctoprintServer *server;
  char *auth_frame;
  SoupMessage *message;
  SoupWebsocketConnection *connection;
  HeraldWebsocketGuard *guard;
  GCancellable *cancellable;
  guint timeout_id;
  guint n_bad_frames;
  gboolean busy;
  gboolean opened;
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (HeraldOctoprintSocket, herald_octoprint_socket, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_PUSHED,
  SIGNAL_CLOSED,
} HeraldOctoprintSocketSignal;

static guint signals[SIGNAL_CLOSED + 1];

static void
release (HeraldOctoprintSocket *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_pointer (&self->guard, herald_websocket_guard_free);
  if (self->connection != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->connection, self);
      if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
      /* libsoup waits for the peer's answer, as long as the peer likes. */
      g_io_stream_close_async (soup_websocket_connection_get_io_stream (self->connection),
                               G_PRIORITY_DEFAULT, NULL, NULL, NULL);
    }
  g_clear_object (&self->connection);
  g_clear_object (&self->message);
}

static void
end (HeraldOctoprintSocket *self,
     const GError          *reason)
{
  if (self->closed)
    return;

  self->closed = TRUE;
  release (self);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0, reason);
}

static void
end_with (HeraldOctoprintSocket *self,
          HeraldError            code,
          const char            *sentence)
{
  g_autoptr(GError) reason = g_error_new_literal (HERALD_ERROR, (int) code, sentence);

  end (self, reason);
}

static void
end_with_nonsense (HeraldOctoprintSocket *self)
{
  end_with (self, HERALD_ERROR_PROTOCOL, _("The server sends what OctoPrint would not send"));
}

static void
end_with_break (HeraldOctoprintSocket *self)
{
  end_with (self, HERALD_ERROR_UNREACHABLE, _("The connection to OctoPrint broke off"));
}

static gboolean
on_silence_timeout (gpointer user_data)
{
  HeraldOctoprintSocket *self = HERALD_OCTOPRINT_SOCKET (user_data);

  self->timeout_id = 0;
  end_with (self, HERALD_ERROR_UNREACHABLE, _("OctoPrint has fallen silent"));

  return G_SOURCE_REMOVE;
}

static void
watch_silence (HeraldOctoprintSocket *self,
               guint                  seconds)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  self->timeout_id = g_timeout_add_seconds (seconds, on_silence_timeout, self);
}

static void
send_frame (HeraldOctoprintSocket *self,
            const char            *frame)
{
  if (self->connection != NULL &&
      soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (self->connection, frame);
}

/* What we want is said before who we are, so that not even the first state brings terminal lines. */
static void
greet (HeraldOctoprintSocket *self)
{
  g_autofree char *subscribe = herald_frame_make_subscribe ();
  g_autofree char *throttle = herald_frame_make_throttle (self->busy ? THROTTLE_BUSY : THROTTLE_IDLE);

  self->opened = TRUE;
  send_frame (self, subscribe);
  send_frame (self, throttle);
  if (self->auth_frame != NULL)
    send_frame (self, self->auth_frame);
}

static void
hand_on (HeraldOctoprintSocket *self,
         HeraldFrame           *frame)
{
  for (guint i = 0; i < herald_frame_get_size (frame) && !self->closed; i++)
    {
      JsonObject *content;
      HeraldPushType type = herald_frame_get_message (frame, i, &content);

      if (type != HERALD_PUSH_UNKNOWN)
        g_signal_emit (self, signals[SIGNAL_PUSHED], 0, (int) type, content);
    }
}

static void
on_message (SoupWebsocketConnection *connection,
            int                      data_type,
            GBytes                  *bytes,
            gpointer                 user_data)
{
  g_autoptr(HeraldOctoprintSocket) self = g_object_ref (HERALD_OCTOPRINT_SOCKET (user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldFrame) frame = NULL;

  herald_websocket_guard_message_complete (self->guard);
  watch_silence (self, SILENCE_TIMEOUT_S);

  frame = herald_frame_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  if (frame == NULL)
    {
      g_debug ("Frame of %" G_GSIZE_FORMAT " bytes passed over: %s", g_bytes_get_size (bytes), error->message);
      if (++self->n_bad_frames >= BAD_FRAMES_MAX)
        end_with_nonsense (self);
      return;
    }
  self->n_bad_frames = 0;

  switch (frame->type)
    {
    case HERALD_FRAME_OPEN:
      greet (self);
      break;
    case HERALD_FRAME_MESSAGES:
      hand_on (self, frame);
      break;
    case HERALD_FRAME_CLOSE:
      end_with (self, HERALD_ERROR_UNREACHABLE, _("OctoPrint has closed the connection"));
      break;
    case HERALD_FRAME_HEARTBEAT:
    default:
      break;
    }
}

static void
on_connection_error (SoupWebsocketConnection *connection,
                     GError                  *error,
                     gpointer                 user_data)
{
  g_autoptr(HeraldOctoprintSocket) self = g_object_ref (HERALD_OCTOPRINT_SOCKET (user_data));

  g_debug ("Socket error: %s", error->message);
  if (error->domain == SOUP_WEBSOCKET_ERROR)
    end_with_nonsense (self);
  else
    end_with_break (self);
}

static void
on_connection_closed (SoupWebsocketConnection *connection,
                      gpointer                 user_data)
{
  g_autoptr(HeraldOctoprintSocket) self = g_object_ref (HERALD_OCTOPRINT_SOCKET (user_data));

  end_with_break (self);
}

static void
on_flood (gpointer user_data)
{
  g_autoptr(HeraldOctoprintSocket) self = g_object_ref (HERALD_OCTOPRINT_SOCKET (user_data));

  end_with_nonsense (self);
}

static void
on_connect_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(HeraldOctoprintSocket) self = HERALD_OCTOPRINT_SOCKET (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(SoupWebsocketConnection) connection = NULL;

  connection = soup_session_websocket_connect_finish (SOUP_SESSION (object), result, &error);
  if (self->closed)
    return;
  if (connection == NULL)
    {
      g_autoptr(GError) reason = NULL;

      reason = herald_octoprint_server_translate_error (self->server, error, self->message);

      end (self, reason);
      return;
    }

  self->connection = g_steal_pointer (&connection);
  soup_websocket_connection_set_max_incoming_payload_size (self->connection, HERALD_JSON_MAX_BYTES);
  g_signal_connect (self->connection, "message", G_CALLBACK (on_message), self);
  g_signal_connect (self->connection, "error", G_CALLBACK (on_connection_error), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (on_connection_closed), self);
  herald_websocket_guard_start (self->guard);
  /* With its headers it is larger than all the rest of us. */
  g_clear_object (&self->message);
}

/* GObject */

static void
herald_octoprint_socket_dispose (GObject *object)
{
  HeraldOctoprintSocket *self = HERALD_OCTOPRINT_SOCKET (object);

  g_cancellable_cancel (self->cancellable);
  self->closed = TRUE;
  release (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (herald_octoprint_socket_parent_class)->dispose (object);
}

static void
herald_octoprint_socket_finalize (GObject *object)
{
  HeraldOctoprintSocket *self = HERALD_OCTOPRINT_SOCKET (object);

  g_clear_pointer (&self->auth_frame, g_free);

  G_OBJECT_CLASS (herald_octoprint_socket_parent_class)->finalize (object);
}

static void
herald_octoprint_socket_class_init (HeraldOctoprintSocketClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_octoprint_socket_dispose;
  object_class->finalize = herald_octoprint_socket_finalize;

  signals[SIGNAL_PUSHED] = g_signal_new ("pushed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                         G_TYPE_INT, JSON_TYPE_OBJECT);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
herald_octoprint_socket_init (HeraldOctoprintSocket *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * herald_octoprint_socket_new:
 * @server: where to, and through what
 */
HeraldOctoprintSocket *
herald_octoprint_socket_new (HeraldOctoprintServer *server)
{
  HeraldOctoprintSocket *self = g_object_new (HERALD_TYPE_OCTOPRINT_SOCKET, NULL);

  self->server = g_object_ref (server);

  return self;
}

/**
 * herald_octoprint_socket_open:
 *
 * To be called once. Sends no `Origin`, which a proxy could make mismatch the
 * host, and no key: the session says who we are.
 */
void
herald_octoprint_socket_open (HeraldOctoprintSocket *self)
{
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *path = g_strdup_printf ("/sockjs/%03d/%s/websocket",
                                           g_random_int_range (0, 1000), random);
  HeraldHttpClient *http = herald_octoprint_server_get_http (self->server);

  g_return_if_fail (self->message == NULL);

  self->message = herald_octoprint_server_make_message (self->server, HERALD_OCTOPRINT_ANONYMOUS,
                                                        SOUP_METHOD_GET, path);
  self->guard = herald_websocket_guard_new (self->message, on_flood, self);
  watch_silence (self, READY_TIMEOUT_S);
  soup_session_websocket_connect_async (herald_http_client_get_session (http, self->message), self->message,
                                        NULL, NULL, G_PRIORITY_DEFAULT, self->cancellable,
                                        on_connect_ready, g_object_ref (self));
}

/**
 * herald_octoprint_socket_authenticate:
 * @user: name, as the login told it
 * @session: key of the session, as the login told it
 *
 * Now, or as soon as the socket is open. May be called again when the session has gone stale.
 */
void
herald_octoprint_socket_authenticate (HeraldOctoprintSocket *self,
                                      const char            *user,
                                      const char            *session)
{
  g_free (self->auth_frame);
  self->auth_frame = herald_frame_make_auth (user, session);
  if (self->opened)
    send_frame (self, self->auth_frame);
}

/**
 * herald_octoprint_socket_close:
 *
 * Ends it without a signal.
 */
void
herald_octoprint_socket_close (HeraldOctoprintSocket *self)
{
  g_cancellable_cancel (self->cancellable);
  self->closed = TRUE;
  release (self);
}

gboolean
herald_octoprint_socket_was_opened (HeraldOctoprintSocket *self)
{
  return self->opened;
}

/**
 * herald_octoprint_socket_set_busy:
 * @busy: whether something happens there, so that states are wanted more often
 */
void
herald_octoprint_socket_set_busy (HeraldOctoprintSocket *self,
                                  gboolean               busy)
{
  g_autofree char *throttle = NULL;

  if (self->busy == busy)
    return;

  self->busy = busy;
  throttle = herald_frame_make_throttle (busy ? THROTTLE_BUSY : THROTTLE_IDLE);
  if (self->opened)
    send_frame (self, throttle);
}
