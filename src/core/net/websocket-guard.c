/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-websocket-guard"

#include "core/net/websocket-guard.h"

#include <gio/gio.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

/* Twice the largest message we accept: what a server may send without completing one. */
#define INCOMPLETE_MAX_BYTES (8 * 1024 * 1024)

/**
 * HeraldWebsocketGuard:
 *
 * Watches how many bytes a websocket has received since its last complete
 * message. libsoup 3.2 collects fragments without end;
 * this calls for help before they fill the memory. Costs nothing while the
 * socket is quiet: it looks only when there is something to read.
 */
struct _HeraldWebsocketGuard
{
  GSocket *socket;
  GSource *source;
  guint64 complete_bytes;
  HeraldFloodFunc on_flood;
  gpointer user_data;
  SoupMessage *handshake;
  gulong network_event_id;
};

static guint64
get_received_bytes (HeraldWebsocketGuard *self)
{
  struct tcp_info info = { 0 };
  socklen_t size = sizeof info;

  if (getsockopt (g_socket_get_fd (self->socket), IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
    return self->complete_bytes;

  return info.tcpi_bytes_received;
}

static gboolean
on_readable (GSocket      *socket,
             GIOCondition  condition,
             gpointer      user_data)
{
  HeraldWebsocketGuard *self = user_data;

  if (get_received_bytes (self) - self->complete_bytes <= INCOMPLETE_MAX_BYTES)
    return G_SOURCE_CONTINUE;

  self->on_flood (self->user_data);

  return G_SOURCE_REMOVE;
}

static void
on_network_event (SoupMessage        *handshake,
                  GSocketClientEvent  event,
                  GIOStream          *stream,
                  gpointer            user_data)
{
  HeraldWebsocketGuard *self = user_data;

  if (event == G_SOCKET_CLIENT_CONNECTED && G_IS_SOCKET_CONNECTION (stream))
    g_set_object (&self->socket, g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream)));
}

static void
release_handshake (HeraldWebsocketGuard *self)
{
  g_clear_signal_handler (&self->network_event_id, self->handshake);
  g_clear_object (&self->handshake);
}

/**
 * herald_websocket_guard_new:
 * @handshake: the request that is going to open the websocket, not yet sent
 * @on_flood: called once when too much has come; may free the guard
 */
HeraldWebsocketGuard *
herald_websocket_guard_new (SoupMessage     *handshake,
                            HeraldFloodFunc  on_flood,
                            gpointer         user_data)
{
  HeraldWebsocketGuard *self = g_new0 (HeraldWebsocketGuard, 1);

  self->on_flood = on_flood;
  self->user_data = user_data;
  self->handshake = g_object_ref (handshake);
  self->network_event_id = g_signal_connect (handshake, "network-event", G_CALLBACK (on_network_event), self);

  return self;
}

/**
 * herald_websocket_guard_start:
 *
 * The websocket is open: from now on bytes count.
 */
void
herald_websocket_guard_start (HeraldWebsocketGuard *self)
{
  if (self->socket == NULL || self->source != NULL)
    return;

  release_handshake (self);
  herald_websocket_guard_message_complete (self);
  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_static_name (self->source, "websocket-guard");
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_readable), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

/**
 * herald_websocket_guard_message_complete:
 *
 * A whole message has arrived.
 */
void
herald_websocket_guard_message_complete (HeraldWebsocketGuard *self)
{
  if (self->socket != NULL)
    self->complete_bytes = get_received_bytes (self);
}

void
herald_websocket_guard_free (HeraldWebsocketGuard *self)
{
  if (self->handshake != NULL)
    release_handshake (self);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_object (&self->socket);
  g_free (self);
}
