/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-faults"

#include "demo/demo-printer-private.h"

#define REFUSE_DEFAULT_S 5.0
/* Time for the answer to whoever asked for the fault */
#define AWAY_DELAY_MS 100

static const char *const names[] = {
  [HERALD_DEMO_FAULT_NONE] = "none",
  [HERALD_DEMO_FAULT_SILENCE] = "silence",
  [HERALD_DEMO_FAULT_NO_AUTH_REPLY] = "no-auth-reply",
  [HERALD_DEMO_FAULT_LONG_HISTORY] = "long-history",
  [HERALD_DEMO_FAULT_NULL_JOB] = "null-job",
  [HERALD_DEMO_FAULT_VERSION_2] = "version-2",
  [HERALD_DEMO_FAULT_SEVERAL] = "several",
  [HERALD_DEMO_FAULT_REDIRECT] = "redirect",
  [HERALD_DEMO_FAULT_NOT_OCTOPRINT] = "not-octoprint",
  [HERALD_DEMO_FAULT_UNAVAILABLE] = "unavailable",
  [HERALD_DEMO_FAULT_REVOKED] = "revoked",
  [HERALD_DEMO_FAULT_NO_STATUS] = "no-status",
  [HERALD_DEMO_FAULT_REFUSE] = "refuse",
  [HERALD_DEMO_FAULT_STARTING] = "starting",
  [HERALD_DEMO_FAULT_DROP] = "drop",
  [HERALD_DEMO_FAULT_CLOSE_FRAME] = "close-frame",
  [HERALD_DEMO_FAULT_GARBAGE] = "garbage",
  [HERALD_DEMO_FAULT_HUGE] = "huge",
  [HERALD_DEMO_FAULT_DEEP] = "deep",
  [HERALD_DEMO_FAULT_HALF_FRAME] = "half-frame",
  [HERALD_DEMO_FAULT_FRAGMENTS] = "fragments",
  [HERALD_DEMO_FAULT_LOGOUT] = "logout",
  [HERALD_DEMO_FAULT_CABLE] = "cable",
};

/* Makes it reachable, at the port it had before if it had one. */
gboolean
herald_demo_printer_listen (HeraldDemoPrinter  *self,
                            GError            **error)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (loopback, self->port);
  GSList *uris = NULL;

  if (!soup_server_listen (self->server, address, 0, error))
    return FALSE;

  soup_server_add_websocket_handler (self->server, "/sockjs/", NULL, NULL,
                                     herald_demo_socket_accept, self, NULL);
  uris = soup_server_get_uris (self->server);
  self->port = (guint16) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return TRUE;
}

/* What OctoPrint's server for the start-up says: no status line, no headers (protocol note 0.10) */
static void
on_starting_read_ready (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr(GIOStream) stream = G_IO_STREAM (g_steal_pointer (&user_data));
  g_autoptr(GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (bytes != NULL)
    g_output_stream_write_all (g_io_stream_get_output_stream (stream), "Not found", 9, NULL, NULL,
                               NULL);
  g_io_stream_close (stream, NULL, NULL);
}

static gboolean
on_starting_incoming (GSocketService    *service,
                      GSocketConnection *connection,
                      GObject           *source,
                      gpointer           user_data)
{
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (G_IO_STREAM (connection)), 4096,
                                   G_PRIORITY_DEFAULT, NULL, on_starting_read_ready,
                                   g_object_ref (connection));

  return TRUE;
}

static gboolean on_fault_timeout (gpointer user_data);

static gboolean
on_away_timeout (gpointer user_data)
{
  HeraldDemoPrinter *self = user_data;
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (loopback, self->port);

  self->fault_source = g_timeout_add (self->away_ms, on_fault_timeout, self);
  self->away = TRUE;
  g_ptr_array_set_size (self->sockets, 0);
  soup_server_disconnect (self->server);
  if (self->fault != HERALD_DEMO_FAULT_STARTING)
    return G_SOURCE_REMOVE;

  self->starting = g_socket_service_new ();
  g_signal_connect_object (self->starting, "incoming", G_CALLBACK (on_starting_incoming), self, 0);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->starting), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, NULL, NULL);

  return G_SOURCE_REMOVE;
}

/* Ends what lasts; a server that was away is back. */
void
herald_demo_printer_stop_fault (HeraldDemoPrinter *self)
{
  g_clear_handle_id (&self->fault_source, g_source_remove);
  self->fault = HERALD_DEMO_FAULT_NONE;
  if (self->starting != NULL)
    {
      g_socket_service_stop (self->starting);
      g_socket_listener_close (G_SOCKET_LISTENER (self->starting));
      g_clear_object (&self->starting);
    }
  if (self->away)
    {
      self->away = FALSE;
      herald_demo_printer_listen (self, NULL);
    }
}

static gboolean
on_fault_timeout (gpointer user_data)
{
  HeraldDemoPrinter *self = user_data;

  self->fault_source = 0;
  herald_demo_printer_stop_fault (self);

  return G_SOURCE_REMOVE;
}

/**
 * herald_demo_printer_find_fault:
 * @name: as in `POST /demo/fault`
 *
 * Returns: %FALSE if there is no such fault
 */
gboolean
herald_demo_printer_find_fault (const char      *name,
                                HeraldDemoFault *fault)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_strcmp0 (names[i], name) == 0)
        {
          *fault = (HeraldDemoFault) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * herald_demo_printer_play_fault:
 * @seconds: how long a fault lasts; 0 for until the next (5 where it could not be ended otherwise)
 * @location: (nullable): where %HERALD_DEMO_FAULT_REDIRECT leads
 *
 * Going away (refuse, starting) begins 0.1 s later, so that who asked by HTTP gets an answer.
 */
void
herald_demo_printer_play_fault (HeraldDemoPrinter *self,
                                HeraldDemoFault    fault,
                                double             seconds,
                                const char        *location)
{
  gboolean away = fault == HERALD_DEMO_FAULT_REFUSE || fault == HERALD_DEMO_FAULT_STARTING;

  if (fault == HERALD_DEMO_FAULT_CABLE)
    {
      herald_demo_job_disconnect (self->job, "SerialTimeoutException: ");
      return;
    }
  if (fault == HERALD_DEMO_FAULT_DROP)
    {
      g_ptr_array_set_size (self->sockets, 0);
      return;
    }
  if (fault > HERALD_DEMO_FAULT_DROP)
    {
      for (guint i = 0; i < self->sockets->len; i++)
        herald_demo_socket_play (g_ptr_array_index (self->sockets, i), fault);
      return;
    }

  herald_demo_printer_stop_fault (self);
  self->fault = fault;
  g_free (self->location);
  self->location = g_strdup (location);
  if (away)
    {
      self->away_ms = (guint) ((seconds > 0 ? seconds : REFUSE_DEFAULT_S) * 1000);
      self->fault_source = g_timeout_add (AWAY_DELAY_MS, on_away_timeout, self);
    }
  else if (seconds > 0)
    {
      self->fault_source = g_timeout_add ((guint) (seconds * 1000), on_fault_timeout, self);
    }
}
