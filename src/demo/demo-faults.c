/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-faults"

#include "demo/demo-printer-private.h"

#define AWAY_DEFAULT_S 5.0
/* Time for the answer to whoever asked for the fault */
#define AWAY_DELAY_MS 100
#define LATE_HISTORY_MS 3000
#define CLOCK_OFF_DEFAULT_S (10 * 365 * 24 * 3600)

typedef enum
{
  LASTS,
  AWAY,
  TRAIT,
  TO_SOCKETS,
  TO_PRINTER,
  TO_FILE,
} FaultClass;

static const struct
{
  const char *name;
  FaultClass class;
} faults[] = {
  [HERALD_DEMO_FAULT_NONE] = { "none", LASTS },
  [HERALD_DEMO_FAULT_SILENCE] = { "silence", LASTS },
  [HERALD_DEMO_FAULT_NO_AUTH_REPLY] = { "no-auth-reply", LASTS },
  [HERALD_DEMO_FAULT_REDIRECT] = { "redirect", LASTS },
  [HERALD_DEMO_FAULT_NOT_OCTOPRINT] = { "not-octoprint", LASTS },
  [HERALD_DEMO_FAULT_UNAVAILABLE] = { "unavailable", LASTS },
  [HERALD_DEMO_FAULT_REVOKED] = { "revoked", LASTS },
  [HERALD_DEMO_FAULT_NO_STATUS] = { "no-status", LASTS },
  [HERALD_DEMO_FAULT_REFUSE] = { "refuse", AWAY },
  [HERALD_DEMO_FAULT_AWAY] = { "away", AWAY },
  [HERALD_DEMO_FAULT_STARTING] = { "starting", AWAY },
  [HERALD_DEMO_FAULT_RESTART] = { "restart", AWAY },
  [HERALD_DEMO_FAULT_LONG_HISTORY] = { "long-history", TRAIT },
  [HERALD_DEMO_FAULT_NULL_JOB] = { "null-job", TRAIT },
  [HERALD_DEMO_FAULT_VERSION_2] = { "version-2", TRAIT },
  [HERALD_DEMO_FAULT_OLD] = { "old", TRAIT },
  [HERALD_DEMO_FAULT_SEVERAL] = { "several", TRAIT },
  [HERALD_DEMO_FAULT_LATE_HISTORY] = { "late-history", TRAIT },
  [HERALD_DEMO_FAULT_CLOCK_OFF] = { "clock-off", TRAIT },
  [HERALD_DEMO_FAULT_NO_WEBSOCKET] = { "no-websocket", TRAIT },
  [HERALD_DEMO_FAULT_NO_FILES_PERMISSION] = { "no-files-permission", TRAIT },
  [HERALD_DEMO_FAULT_NO_MARKINGS] = { "no-markings", TRAIT },
  [HERALD_DEMO_FAULT_DROP] = { "drop", TO_SOCKETS },
  [HERALD_DEMO_FAULT_CLOSE_FRAME] = { "close-frame", TO_SOCKETS },
  [HERALD_DEMO_FAULT_GARBAGE] = { "garbage", TO_SOCKETS },
  [HERALD_DEMO_FAULT_HUGE] = { "huge", TO_SOCKETS },
  [HERALD_DEMO_FAULT_DEEP] = { "deep", TO_SOCKETS },
  [HERALD_DEMO_FAULT_HALF_FRAME] = { "half-frame", TO_SOCKETS },
  [HERALD_DEMO_FAULT_FRAGMENTS] = { "fragments", TO_SOCKETS },
  [HERALD_DEMO_FAULT_LOGOUT] = { "logout", TO_SOCKETS },
  [HERALD_DEMO_FAULT_CABLE] = { "cable", TO_PRINTER },
  [HERALD_DEMO_FAULT_FIRMWARE] = { "firmware", TO_PRINTER },
  [HERALD_DEMO_FAULT_COUNTERS_RESET] = { "counters-reset", TO_FILE },
  [HERALD_DEMO_FAULT_FILE_DELETED] = { "file-deleted", TO_FILE },
  [HERALD_DEMO_FAULT_FILE_REPLACED] = { "file-replaced", TO_FILE },
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

/* What OctoPrint's server for the start-up says: no status line, no headers */
static void
on_starting_read_ready (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr(GIOStream) stream = G_IO_STREAM (g_steal_pointer (&user_data));
  g_autoptr(GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

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

static void
go_away (HeraldDemoPrinter *self)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (loopback, self->port);

  self->away = TRUE;
  self->fault = self->away_fault;
  self->fault_end_ms = self->away_begin_ms + self->away_for_ms;
  self->away_begin_ms = 0;
  g_ptr_array_set_size (self->sockets, 0);
  soup_server_disconnect (self->server);
  if (self->fault == HERALD_DEMO_FAULT_RESTART)
    {
      /* Sessions live in memory */
      g_clear_pointer (&self->session, g_free);
      g_clear_pointer (&self->logs, g_ptr_array_unref);
      herald_demo_job_forget (self->job);
    }
  if (self->fault != HERALD_DEMO_FAULT_STARTING)
    return;

  self->starting = g_socket_service_new ();
  g_signal_connect_object (self->starting, "incoming", G_CALLBACK (on_starting_incoming), self, 0);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->starting), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, NULL, NULL);
}

/* Ends what lasts, except for traits; a server that was away is back. */
void
herald_demo_printer_stop_fault (HeraldDemoPrinter *self)
{
  self->fault = HERALD_DEMO_FAULT_NONE;
  self->fault_end_ms = 0;
  self->away_begin_ms = 0;
  herald_demo_printer_forget_frames (self);
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

gboolean
herald_demo_printer_has_trait (HeraldDemoPrinter *self,
                               HeraldDemoFault    trait)
{
  return self->trait_end_ms[trait] > 0;
}

static void
set_trait (HeraldDemoPrinter *self,
           HeraldDemoFault    trait,
           gint64             end_ms)
{
  HeraldDemoDialect dialect = HERALD_DEMO_DIALECT_1_11;

  self->trait_end_ms[trait] = end_ms;
  if (herald_demo_printer_has_trait (self, HERALD_DEMO_FAULT_VERSION_2))
    dialect = HERALD_DEMO_DIALECT_2_0;
  else if (herald_demo_printer_has_trait (self, HERALD_DEMO_FAULT_OLD))
    dialect = HERALD_DEMO_DIALECT_1_4;
  herald_demo_job_set_dialect (self->job, dialect);
  herald_demo_job_set_history_delay_ms (
      self->job,
      herald_demo_printer_has_trait (self, HERALD_DEMO_FAULT_LATE_HISTORY) ? LATE_HISTORY_MS : 0);
  if (trait == HERALD_DEMO_FAULT_CLOCK_OFF)
    self->clock_off_ms = end_ms > 0 ? CLOCK_OFF_DEFAULT_S * G_GINT64_CONSTANT (1000) : 0;
  herald_demo_printer_forget_frames (self);
}

/* For the tick: who is to go away goes before anything else happens. */
void
herald_demo_printer_begin_faults (HeraldDemoPrinter *self)
{
  if (self->away_begin_ms > 0 &&
      herald_demo_clock_get_steady_ms (self->clock) >= self->away_begin_ms)
    go_away (self);
}

static gboolean
is_over (HeraldDemoPrinter *self,
         gint64             end_ms)
{
  return end_ms > 0 && end_ms < G_MAXINT64 &&
         herald_demo_clock_get_steady_ms (self->clock) >= end_ms;
}

/* For the tick: what has lasted long enough ends after everything has happened. */
void
herald_demo_printer_end_faults (HeraldDemoPrinter *self)
{
  if (is_over (self, self->fault_end_ms))
    herald_demo_printer_stop_fault (self);
  for (guint i = HERALD_DEMO_FAULT_LONG_HISTORY; i <= HERALD_DEMO_FAULT_NO_MARKINGS; i++)
    {
      if (is_over (self, self->trait_end_ms[i]))
        set_trait (self, (HeraldDemoFault) i, 0);
    }
}

static void
play_to_file (HeraldDemoPrinter *self,
              HeraldDemoFault    fault,
              const char        *path)
{
  HeraldDemoFiles *files = herald_demo_job_get_files (self->job);
  HeraldDemoView view = { 0 };
  HeraldDemoFile *file = NULL;

  herald_demo_job_get_view (self->job, &view);
  if (path == NULL && view.file != NULL)
    path = view.file->path;
  file = herald_demo_files_find (files, HERALD_DEMO_ORIGIN_LOCAL, path);
  if (file == NULL)
    return;

  if (fault == HERALD_DEMO_FAULT_FILE_DELETED)
    herald_demo_job_remove_file (self->job, file);
  else if (fault == HERALD_DEMO_FAULT_FILE_REPLACED)
    herald_demo_job_upload (self->job, file->path, file->seconds);
  else
    herald_demo_files_reset_counters (files, file);
  herald_demo_printer_forget_frames (self);
}

static void
play_to_sockets (HeraldDemoPrinter *self,
                 HeraldDemoFault    fault)
{
  if (fault == HERALD_DEMO_FAULT_DROP)
    {
      g_ptr_array_set_size (self->sockets, 0);
      return;
    }

  for (guint i = 0; i < self->sockets->len; i++)
    herald_demo_socket_play (g_ptr_array_index (self->sockets, i), fault);
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
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      if (g_strcmp0 (faults[i].name, name) == 0)
        {
          *fault = (HeraldDemoFault) i;
          return TRUE;
        }
    }

  return FALSE;
}

static void
play (HeraldDemoPrinter *self,
      HeraldDemoFault    fault,
      double             seconds,
      const char        *what,
      gint64             delay_ms)
{
  gint64 now_ms = herald_demo_clock_get_steady_ms (self->clock);
  gint64 for_ms = (gint64) (seconds * 1000);

  herald_demo_printer_tick (self);
  switch (faults[fault].class)
    {
    case TRAIT:
      set_trait (self, fault, for_ms > 0 ? now_ms + for_ms : G_MAXINT64);
      return;
    case TO_SOCKETS:
      play_to_sockets (self, fault);
      return;
    case TO_FILE:
      play_to_file (self, fault, what);
      return;
    case TO_PRINTER:
      if (fault == HERALD_DEMO_FAULT_CABLE)
        herald_demo_job_disconnect (self->job, "SerialTimeoutException: ");
      else
        herald_demo_job_kill (self->job);
      return;
    case AWAY:
      herald_demo_printer_stop_fault (self);
      self->away_fault = fault;
      self->away_begin_ms = now_ms + delay_ms;
      self->away_for_ms = for_ms > 0 ? for_ms : (gint64) (AWAY_DEFAULT_S * 1000);
      herald_demo_printer_begin_faults (self);
      return;
    case LASTS:
    default:
      break;
    }

  herald_demo_printer_stop_fault (self);
  for (guint i = HERALD_DEMO_FAULT_LONG_HISTORY;
       fault == HERALD_DEMO_FAULT_NONE && i <= HERALD_DEMO_FAULT_NO_MARKINGS; i++)
    set_trait (self, (HeraldDemoFault) i, 0);
  self->fault = fault;
  self->fault_end_ms = for_ms > 0 ? now_ms + for_ms : 0;
  g_free (self->location);
  self->location = g_strdup (what);
}

/**
 * herald_demo_printer_play_fault:
 * @seconds: how long a fault lasts, whatever the speed; 0 for until the next (5 for those that make
 * it unreachable)
 * @what: (nullable): where %HERALD_DEMO_FAULT_REDIRECT leads; which file, if not the one selected
 */
void
herald_demo_printer_play_fault (HeraldDemoPrinter *self,
                                HeraldDemoFault    fault,
                                double             seconds,
                                const char        *what)
{
  play (self, fault, seconds, what, 0);
}

/* The same for who asks by HTTP: going away begins 0.1 s later, so that there is an answer. */
void
herald_demo_printer_play_soon (HeraldDemoPrinter *self,
                               HeraldDemoFault    fault,
                               double             seconds,
                               const char        *what)
{
  play (self, fault, seconds, what, AWAY_DELAY_MS);
}

/**
 * herald_demo_printer_set_clock_off:
 * @seconds: how wrong the clock of the server is; as of %HERALD_DEMO_FAULT_CLOCK_OFF, which sets it
 * to 10 years
 */
void
herald_demo_printer_set_clock_off (HeraldDemoPrinter *self,
                                   gint64             seconds)
{
  set_trait (self, HERALD_DEMO_FAULT_CLOCK_OFF, G_MAXINT64);
  self->clock_off_ms = seconds * 1000;
  herald_demo_printer_tick (self);
}
