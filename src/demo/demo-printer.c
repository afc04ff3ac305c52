/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-printer"

#include "demo/demo-printer-private.h"

/* As many lines of the terminal OctoPrint keeps */
#define LOGS_MAX 300

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
on_job_say (HeraldDemoSays  what,
            const char     *type,
            JsonNode       *payload,
            gpointer        user_data)
{
  herald_demo_printer_say (user_data, what, type, payload);
}

static void
on_clock_moved (HeraldDemoClock *clock,
                gpointer         user_data)
{
  HeraldDemoPrinter *self = user_data;
  gint64 passed_ms = herald_clock_get_boot_ms (HERALD_CLOCK (clock)) - self->begin_boot_ms;

  self->jumped_ms =
      herald_clock_get_wall_ms (HERALD_CLOCK (clock)) - self->begin_wall_ms - passed_ms;
  /* Two looks at a running clock differ a little. */
  if (ABS (self->jumped_ms) < 1000)
    self->jumped_ms = 0;
  herald_demo_printer_tick (self);
}

/* GObject */

static void
herald_demo_printer_dispose (GObject *object)
{
  HeraldDemoPrinter *self = HERALD_DEMO_PRINTER (object);

  herald_demo_ticker_remove (self);
  self->away = FALSE;
  herald_demo_printer_stop_fault (self);
  g_ptr_array_set_size (self->sockets, 0);
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (herald_demo_printer_parent_class)->dispose (object);
}

static void
herald_demo_printer_finalize (GObject *object)
{
  HeraldDemoPrinter *self = HERALD_DEMO_PRINTER (object);

  herald_demo_printer_forget_frames (self);
  g_clear_pointer (&self->sockets, g_ptr_array_unref);
  g_clear_pointer (&self->logs, g_ptr_array_unref);
  g_clear_pointer (&self->access, herald_demo_access_free);
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
  self->job = herald_demo_job_new (on_job_say, self);
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
  g_autoptr(HeraldDemoClock) clock = herald_demo_clock_new (speed);

  self->name = g_strdup (name);
  self->key = g_strdup (key);
  self->port = port;
  herald_demo_printer_set_clock (self, clock);

  self->server = soup_server_new ("server-header", "OctoHerald-demo ", NULL);
  soup_server_add_handler (self->server, NULL, herald_demo_printer_handle, self, NULL);
  /* Else the websocket handler for the folder would get it */
  soup_server_add_handler (self->server, "/sockjs/info", herald_demo_printer_handle, self, NULL);
  soup_server_add_early_handler (self->server, "/sockjs/", herald_demo_printer_handle_early, self,
                                 NULL);
  if (!herald_demo_printer_listen (self, error))
    return NULL;

  herald_demo_ticker_add (self);

  return g_steal_pointer (&self);
}

/**
 * herald_demo_printer_set_clock:
 * @clock: what it goes by from now on; advancing it has everything happen in between, at its own
 * time
 */
void
herald_demo_printer_set_clock (HeraldDemoPrinter *self,
                               HeraldDemoClock   *clock)
{
  HeraldDemoView view = { 0 };

  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_set_object (&self->clock, clock);
  g_signal_connect_object (clock, "moved", G_CALLBACK (on_clock_moved), self, 0);

  herald_demo_job_get_view (self->job, &view);
  self->begin_boot_ms = herald_clock_get_boot_ms (HERALD_CLOCK (clock));
  self->begin_wall_ms =
      view.now_ms > 0 ? view.now_ms : herald_clock_get_wall_ms (HERALD_CLOCK (clock));
  on_clock_moved (clock, self);
}

HeraldDemoClock *
herald_demo_printer_get_clock (HeraldDemoPrinter *self)
{
  return self->clock;
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
  return herald_demo_printer_start (
      self, &(HeraldDemoPrint) { .file = file, .seconds = seconds, .outcome = outcome });
}

/* The same with everything that can be odd about a print */
gboolean
herald_demo_printer_start (HeraldDemoPrinter     *self,
                           const HeraldDemoPrint *print)
{
  herald_demo_printer_tick (self);

  return herald_demo_job_start (self->job, print);
}

/**
 * herald_demo_printer_say:
 * @what: whether @type is an event, a plugin or a message
 * @payload: borrowed; may be JSON null
 *
 * Says anything at all to every socket that wants it, as if it had happened.
 */
void
herald_demo_printer_say (HeraldDemoPrinter *self,
                         HeraldDemoSays     what,
                         const char        *type,
                         JsonNode          *payload)
{
  herald_demo_printer_forget_frames (self);
  for (guint i = 0; i < self->sockets->len; i++)
    herald_demo_socket_say (g_ptr_array_index (self->sockets, i), what, type, payload);
  if (what == HERALD_DEMO_SAYS_EVENT)
    g_signal_emit (self, signals[SIGNAL_EVENT], 0, type, payload);
}

/* A line of the terminal; comes with the next `current`. */
void
herald_demo_printer_add_log (HeraldDemoPrinter *self,
                             const char        *line)
{
  if (self->logs == NULL)
    self->logs = g_ptr_array_new_with_free_func (g_free);
  if (self->logs->len >= LOGS_MAX)
    g_ptr_array_remove_index (self->logs, 0);
  g_ptr_array_add (self->logs, g_strdup (line));
  for (guint i = 0; i < self->sockets->len; i++)
    herald_demo_socket_add_log (g_ptr_array_index (self->sockets, i), line);
}

/* For its other files: moves its time to now. Who is away hears nothing of what happened meanwhile.
 * It is called all the time, so it looks at the clock once. */
void
herald_demo_printer_tick (HeraldDemoPrinter *self)
{
  gint64 passed_ms = herald_clock_get_boot_ms (HERALD_CLOCK (self->clock)) - self->begin_boot_ms;

  herald_demo_printer_begin_faults (self);
  herald_demo_job_set_clock_offset_ms (self->job, self->jumped_ms + self->clock_off_ms);
  herald_demo_job_advance (self->job, self->begin_wall_ms + passed_ms);
  herald_demo_access_tick (self);
  herald_demo_printer_end_faults (self);
}

/* For its other files: what frames tell has changed. */
void
herald_demo_printer_forget_frames (HeraldDemoPrinter *self)
{
  g_clear_pointer (&self->slow_json, g_free);
  g_clear_pointer (&self->fast_json, g_free);
}
