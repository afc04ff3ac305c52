/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-printer"

#include "demo/demo-printer-private.h"

#define TICK_MS 50

/**
 * HeraldDemoPrinter:
 *
 * A printer behind an OctoPrint 1.11.8 that exists only on the loopback.
 * Emits `event` (type, payload as #JsonNode) for whatever OctoPrint would say,
 * whether or not anybody listens at its socket.
 */
G_DEFINE_FINAL_TYPE (HeraldDemoPrinter, herald_demo_printer, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_EVENT,
} HeraldDemoPrinterSignal;

static guint signals[SIGNAL_EVENT + 1];

static void
on_job_event (const char *type,
              JsonNode   *payload,
              gpointer    user_data)
{
  HeraldDemoPrinter *self = user_data;

  for (guint i = 0; i < self->sockets->len; i++)
    herald_demo_socket_send_event (g_ptr_array_index (self->sockets, i), type, payload);
  g_signal_emit (self, signals[SIGNAL_EVENT], 0, type, payload);
}

static gboolean
on_tick_timeout (gpointer user_data)
{
  HeraldDemoPrinter *self = user_data;

  herald_demo_printer_tick (self);
  for (guint i = 0; i < self->sockets->len; i++)
    herald_demo_socket_tick (g_ptr_array_index (self->sockets, i));

  return G_SOURCE_CONTINUE;
}

/* GObject */

static void
herald_demo_printer_dispose (GObject *object)
{
  HeraldDemoPrinter *self = HERALD_DEMO_PRINTER (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  self->away = FALSE;
  herald_demo_printer_stop_fault (self);
  g_ptr_array_set_size (self->sockets, 0);
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (herald_demo_printer_parent_class)->dispose (object);
}

static void
herald_demo_printer_finalize (GObject *object)
{
  HeraldDemoPrinter *self = HERALD_DEMO_PRINTER (object);

  g_clear_pointer (&self->sockets, g_ptr_array_unref);
  g_clear_pointer (&self->job, herald_demo_job_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->session, g_free);
  g_clear_pointer (&self->location, g_free);

  G_OBJECT_CLASS (herald_demo_printer_parent_class)->finalize (object);
}

static void
herald_demo_printer_class_init (HeraldDemoPrinterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_demo_printer_dispose;
  object_class->finalize = herald_demo_printer_finalize;

  signals[SIGNAL_EVENT] =
      g_signal_new ("event", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, JSON_TYPE_NODE);
}

static void
herald_demo_printer_init (HeraldDemoPrinter *self)
{
  self->sockets = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_demo_socket_free);
  self->job = herald_demo_job_new (on_job_event, self);
}

/**
 * herald_demo_printer_new:
 * @name: `appearance.name`
 * @key: the only API key that is right
 * @port: on 127.0.0.1; 0 for any that is free
 * @speed: how many seconds pass for the printer in one of ours; more than 0
 *
 * Returns: (transfer full) (nullable): a printer that answers; %NULL with a %G_IO_ERROR if the port
 *   is taken
 */
HeraldDemoPrinter *
herald_demo_printer_new (const char  *name,
                         const char  *key,
                         guint16      port,
                         double       speed,
                         GError     **error)
{
  g_autoptr(HeraldDemoPrinter) self = g_object_new (HERALD_TYPE_DEMO_PRINTER, NULL);

  self->name = g_strdup (name);
  self->key = g_strdup (key);
  self->port = port;
  self->speed = speed;
  self->begin_us = g_get_monotonic_time ();
  self->begin_wall_ms = g_get_real_time () / 1000;
  herald_demo_job_advance (self->job, self->begin_wall_ms);

  self->server = soup_server_new ("server-header", "OctoHerald-demo ", NULL);
  soup_server_add_handler (self->server, NULL, herald_demo_printer_handle, self, NULL);
  /* Else the websocket handler for the folder would get it */
  soup_server_add_handler (self->server, "/sockjs/info", herald_demo_printer_handle, self, NULL);
  if (!herald_demo_printer_listen (self, error))
    return NULL;

  self->tick_source = g_timeout_add (TICK_MS, on_tick_timeout, self);

  return g_steal_pointer (&self);
}

const char *
herald_demo_printer_get_name (HeraldDemoPrinter *self)
{
  return self->name;
}

guint16
herald_demo_printer_get_port (HeraldDemoPrinter *self)
{
  return self->port;
}

/**
 * herald_demo_printer_dup_url:
 *
 * Returns: (transfer full): where it is, e.g. `http://127.0.0.1:5000/`
 */
char *
herald_demo_printer_dup_url (HeraldDemoPrinter *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u/", self->port);
}

HeraldDemoJob *
herald_demo_printer_get_job (HeraldDemoPrinter *self)
{
  return self->job;
}

/**
 * herald_demo_printer_get_n_keyed:
 *
 * Returns: how many requests came with an API key, right or wrong
 */
guint
herald_demo_printer_get_n_keyed (HeraldDemoPrinter *self)
{
  return self->n_keyed;
}

/**
 * herald_demo_printer_is_watched:
 *
 * Returns: whether somebody has a push socket open
 */
gboolean
herald_demo_printer_is_watched (HeraldDemoPrinter *self)
{
  return self->sockets->len > 0;
}

/**
 * herald_demo_printer_print:
 * @seconds: as this printer counts them
 *
 * Returns: %FALSE if it is not ready for a print
 */
gboolean
herald_demo_printer_print (HeraldDemoPrinter *self,
                           const char        *file,
                           double             seconds,
                           HeraldDemoOutcome  outcome)
{
  herald_demo_printer_tick (self);

  return herald_demo_job_start (self->job, file, seconds, outcome);
}

/* For its other files: moves its time to now */
void
herald_demo_printer_tick (HeraldDemoPrinter *self)
{
  double passed_us = (double) (g_get_monotonic_time () - self->begin_us) * self->speed;

  herald_demo_job_advance (self->job, self->begin_wall_ms + (gint64) (passed_us / 1000));
}

HeraldDemoStatusFlags
herald_demo_printer_get_flags (HeraldDemoPrinter *self)
{
  if (self->fault == HERALD_DEMO_FAULT_NULL_JOB)
    return HERALD_DEMO_STATUS_NULL_JOB;
  if (self->fault == HERALD_DEMO_FAULT_VERSION_2)
    return HERALD_DEMO_STATUS_VERSION_2;

  return HERALD_DEMO_STATUS_PLAIN;
}

JsonObject *
herald_demo_printer_new_current (HeraldDemoPrinter *self,
                                 guint              n_points)
{
  HeraldDemoView view = { 0 };

  herald_demo_job_get_view (self->job, &view);

  return herald_demo_status_new_current (
      &view, view.file != NULL ? herald_demo_job_get_prints (self->job, view.file) : NULL, n_points,
      herald_demo_printer_get_flags (self));
}
