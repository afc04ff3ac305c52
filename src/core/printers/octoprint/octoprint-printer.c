/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-printer"

#include "core/printers/octoprint/octoprint-printer.h"

#include <glib/gi18n-lib.h>

#include "core/base/backoff.h"
#include "core/base/error.h"
#include "core/base/json-reader.h"
#include "core/base/text.h"
#include "core/printers/job-machine.h"
#include "core/printers/octoprint/frame.h"
#include "core/printers/octoprint/octoprint-events.h"
#include "core/printers/octoprint/octoprint-socket.h"
#include "core/printers/octoprint/octoprint-state.h"
#include "core/printers/octoprint/octoprint-url.h"
#include "core/printers/octoprint/sign-in.h"
#include "core/printers/outage.h"

#define RETRY_FIRST_MS (2 * 1000)
#define RETRY_CAP_MS (60 * 1000)

/* A key that was refused does not get better by itself, and each try is a line in OctoPrint's log. */
#define RETRY_REFUSED_MS (5 * 60 * 1000)

/* A restart of OctoPrint on a Raspberry Pi takes half a minute; with a print under way nobody wants
 * to wait that long for the news. */
#define OUTAGE_GRACE_IDLE_MS (60 * 1000)
#define OUTAGE_GRACE_PRINTING_MS (15 * 1000)

#define VERSION_MAX_CHARS 50

/**
 * HeraldOctoprintPrinter:
 *
 * A printer behind an OctoPrint server. Signs in, keeps the push socket open,
 * comes back after every loss, and feeds what it hears to the job machine.
 */
struct _HeraldOctoprintPrinter
{
  HeraldPrinter parent_instance;

  HeraldHttpClient *http;
  HeraldSecretStore *secrets;
  HeraldClock *clock;
  HeraldJobMachine *machine;
  HeraldOutage outage;

  GCancellable *cancellable;
  HeraldOctoprintSocket *socket;
  guint retry_id;
  guint due_id;
  guint outage_id;
  guint n_failures;
};

G_DEFINE_FINAL_TYPE (HeraldOctoprintPrinter, herald_octoprint_printer, HERALD_TYPE_PRINTER)

static void begin (HeraldOctoprintPrinter *self);

/* What is told */

static void
emit_all (HeraldOctoprintPrinter *self,
          GPtrArray              *events)
{
  for (guint i = 0; i < events->len; i++)
    herald_printer_emit_event (HERALD_PRINTER (self), g_ptr_array_index (events, i));
}

static void watch_machine (HeraldOctoprintPrinter *self);

static gboolean
on_machine_due (gpointer user_data)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (user_data);
  g_autoptr(GPtrArray) events = NULL;

  self->due_id = 0;
  events = herald_job_machine_take_time (self->machine, herald_clock_get_wall_ms (self->clock));
  emit_all (self, events);
  watch_machine (self);

  return G_SOURCE_REMOVE;
}

static void
watch_machine (HeraldOctoprintPrinter *self)
{
  gint64 due_ms = herald_job_machine_get_due_ms (self->machine);
  gint64 now_ms = herald_clock_get_wall_ms (self->clock);

  g_clear_handle_id (&self->due_id, g_source_remove);
  if (due_ms != 0)
    self->due_id = g_timeout_add ((guint) CLAMP (due_ms - now_ms, 1, G_MAXINT), on_machine_due, self);
}

static void
emit_connection_event (HeraldOctoprintPrinter *self,
                       HeraldEventKind         kind,
                       HeraldUrgency           urgency)
{
  HeraldPrinter *printer = HERALD_PRINTER (self);
  gint64 now_ms = herald_clock_get_wall_ms (self->clock);
  g_autofree char *dedupe = g_strdup_printf ("%s|%s|%" G_GINT64_FORMAT, herald_printer_get_id (printer),
                                             herald_event_kind_get_info (kind)->id, now_ms);
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autoptr(HeraldEvent) event = NULL;

  herald_values_set (values, "url", herald_printer_get_url (printer));
  herald_values_set (values, "error", herald_printer_get_problem (printer));
  event = herald_event_new (kind, HERALD_SOURCE_LIVE, herald_printer_get_id (printer), NULL, dedupe,
                            now_ms, values);
  herald_event_set_urgency (event, urgency);
  herald_printer_emit_event (printer, event);
}

static gboolean
on_outage_timeout (gpointer user_data)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (user_data);
  gboolean has_job = herald_job_machine_has_job (self->machine);
  gint64 grace_ms = has_job ? OUTAGE_GRACE_PRINTING_MS : OUTAGE_GRACE_IDLE_MS;

  if (!herald_outage_take_time (&self->outage, grace_ms, herald_clock_get_boot_ms (self->clock)))
    return G_SOURCE_CONTINUE;

  self->outage_id = 0;
  /* Somebody may just have switched off a printer that had nothing to do */
  emit_connection_event (self, HERALD_KIND_OCTOPRINT_UNREACHABLE,
                         has_job ? HERALD_URGENCY_CRITICAL : HERALD_URGENCY_LOW);

  return G_SOURCE_REMOVE;
}

static void
note_loss (HeraldOctoprintPrinter *self)
{
  herald_outage_lose (&self->outage, herald_clock_get_boot_ms (self->clock));
  if (self->outage_id == 0 && !self->outage.told)
    self->outage_id = g_timeout_add_seconds (1, on_outage_timeout, self);
}

/* Connection */

static HeraldConnection
connection_from_error (const GError *error)
{
  if (g_error_matches (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED) ||
      g_error_matches (error, HERALD_ERROR, HERALD_ERROR_SETTINGS))
    return HERALD_CONNECTION_UNAUTHORIZED;
  if (g_error_matches (error, HERALD_ERROR, HERALD_ERROR_UNTRUSTED))
    return HERALD_CONNECTION_UNTRUSTED;
  if (g_error_matches (error, HERALD_ERROR, HERALD_ERROR_BUSY))
    return HERALD_CONNECTION_STARTING;

  return HERALD_CONNECTION_UNREACHABLE;
}

static gboolean
on_retry_timeout (gpointer user_data)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (user_data);

  self->retry_id = 0;
  begin (self);

  return G_SOURCE_REMOVE;
}

static void
drop_socket (HeraldOctoprintPrinter *self)
{
  if (self->socket == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->socket, self);
  herald_octoprint_socket_close (self->socket);
  g_clear_object (&self->socket);
}

static void
fail (HeraldOctoprintPrinter *self,
      const GError           *error)
{
  HeraldConnection connection = connection_from_error (error);
  gint64 wait_ms = RETRY_REFUSED_MS;

  g_debug ("%s: %s", herald_printer_get_id (HERALD_PRINTER (self)), error->message);
  drop_socket (self);
  herald_job_machine_open_gap (self->machine);
  watch_machine (self);

  self->n_failures++;
  if (connection != HERALD_CONNECTION_UNAUTHORIZED && connection != HERALD_CONNECTION_UNTRUSTED)
    wait_ms = herald_backoff_delay_ms (self->n_failures, RETRY_FIRST_MS, RETRY_CAP_MS, g_random_double ());
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->retry_id = g_timeout_add ((guint) wait_ms, on_retry_timeout, self);

  herald_printer_set_connection (HERALD_PRINTER (self), connection, error->message);
  /* A server that refuses us does answer; that it does is not to be told as an outage. */
  if (connection == HERALD_CONNECTION_UNREACHABLE || connection == HERALD_CONNECTION_STARTING)
    note_loss (self);
}

static void
succeed (HeraldOctoprintPrinter *self)
{
  self->n_failures = 0;
  g_clear_handle_id (&self->outage_id, g_source_remove);
  herald_printer_set_connection (HERALD_PRINTER (self), HERALD_CONNECTION_CONNECTED, NULL);
  if (herald_outage_recover (&self->outage))
    emit_connection_event (self, HERALD_KIND_OCTOPRINT_BACK, HERALD_URGENCY_LOW);
}

/* Push messages */

static void
take_state (HeraldOctoprintPrinter *self,
            JsonObject             *content)
{
  HeraldPrinter *printer = HERALD_PRINTER (self);
  gint64 now_ms = herald_clock_get_wall_ms (self->clock);
  g_autoptr(HeraldPrinterState) state = NULL;
  g_autoptr(GPtrArray) events = NULL;

  state = herald_octoprint_state_read (content, herald_printer_get_state (printer), now_ms);
  herald_printer_set_state (printer, state);
  if (herald_printer_get_connection (printer) != HERALD_CONNECTION_CONNECTED)
    succeed (self);

  herald_job_machine_set_options (self->machine, herald_printer_get_watch_options (printer));
  events = herald_job_machine_take_state (self->machine, state, now_ms);
  emit_all (self, events);
  watch_machine (self);
}

static void
take_event (HeraldOctoprintPrinter *self,
            JsonObject             *content)
{
  HeraldJobSignal signal;
  g_autoptr(HeraldValues) values = NULL;
  g_autoptr(GPtrArray) events = NULL;

  if (!herald_octoprint_events_read (content, &signal, &values))
    return;

  events = herald_job_machine_take_signal (self->machine, signal, values,
                                           herald_clock_get_wall_ms (self->clock));
  emit_all (self, events);
  watch_machine (self);
}

static void
take_greeting (HeraldOctoprintPrinter *self,
               JsonObject             *content)
{
  const char *foreign;
  g_autofree char *version = NULL;

  if (!herald_json_get_string (content, "version", &foreign))
    return;

  version = herald_text_clean (foreign, VERSION_MAX_CHARS);
  herald_printer_set_version (HERALD_PRINTER (self), version);
}

static void
on_pushed (HeraldOctoprintSocket *socket,
           int                    type,
           JsonObject            *content,
           gpointer               user_data)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (user_data);

  switch ((HeraldPushType) type)
    {
    case HERALD_PUSH_CONNECTED:
      take_greeting (self, content);
      break;
    case HERALD_PUSH_HISTORY:
    case HERALD_PUSH_CURRENT:
      take_state (self, content);
      break;
    case HERALD_PUSH_EVENT:
      take_event (self, content);
      break;
    case HERALD_PUSH_REAUTH_REQUIRED:
      begin (self);
      break;
    case HERALD_PUSH_PLUGIN:
    case HERALD_PUSH_TIMELAPSE:
    case HERALD_PUSH_UNKNOWN:
    default:
      break;
    }
}

static void
on_socket_closed (HeraldOctoprintSocket *socket,
                  GError                *reason,
                  gpointer               user_data)
{
  fail (HERALD_OCTOPRINT_PRINTER (user_data), reason);
}

/* Signing in, then the socket. Ends in fail() or in a state. */

static void
on_sign_in_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(HeraldOctoprintPrinter) self = HERALD_OCTOPRINT_PRINTER (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldSignIn) answer = herald_sign_in_finish (HERALD_HTTP_CLIENT (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (answer == NULL)
    {
      fail (self, error);
      return;
    }

  herald_printer_set_version (HERALD_PRINTER (self), answer->version);
  if (self->socket == NULL)
    {
      self->socket = herald_octoprint_socket_new (self->http, herald_printer_get_url (HERALD_PRINTER (self)));
      g_signal_connect (self->socket, "pushed", G_CALLBACK (on_pushed), self);
      g_signal_connect (self->socket, "closed", G_CALLBACK (on_socket_closed), self);
      herald_octoprint_socket_authenticate (self->socket, answer->user, answer->session);
      herald_octoprint_socket_open (self->socket);
    }
  else
    {
      herald_octoprint_socket_authenticate (self->socket, answer->user, answer->session);
    }
}

static void
begin (HeraldOctoprintPrinter *self)
{
  HeraldPrinter *printer = HERALD_PRINTER (self);

  herald_sign_in_async (self->http, self->secrets, herald_printer_get_id (printer),
                        herald_printer_get_url (printer), self->cancellable,
                        on_sign_in_ready, g_object_ref (self));
}

/* HeraldPrinter */

static void
herald_octoprint_printer_start (HeraldPrinter *printer)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (printer);

  g_return_if_fail (self->cancellable == NULL);

  self->cancellable = g_cancellable_new ();
  self->n_failures = 0;
  herald_printer_set_connection (printer, HERALD_CONNECTION_CONNECTING, NULL);
  begin (self);
}

static void
herald_octoprint_printer_stop (HeraldPrinter *printer)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (printer);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_handle_id (&self->due_id, g_source_remove);
  g_clear_handle_id (&self->outage_id, g_source_remove);
  drop_socket (self);
  if (self->machine != NULL)
    herald_job_machine_open_gap (self->machine);
}

static void
on_check_sign_in_ready (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldSignIn) answer = herald_sign_in_finish (HERALD_HTTP_CLIENT (object), result, &error);

  if (answer == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task,
                           /* Translators: the version of OctoPrint, the name of an account */
                           g_strdup_printf (_("OctoPrint %s, signed in as %s"), answer->version, answer->user),
                           g_free);
}

static void
herald_octoprint_printer_check_async (HeraldPrinter       *printer,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (printer);

  herald_sign_in_async (self->http, self->secrets, herald_printer_get_id (printer),
                        herald_printer_get_url (printer), cancellable,
                        on_check_sign_in_ready, g_task_new (self, cancellable, callback, user_data));
}

static char *
herald_octoprint_printer_check_finish (HeraldPrinter  *printer,
                                       GAsyncResult   *result,
                                       GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
herald_octoprint_printer_dup_origin (HeraldPrinter *printer)
{
  return herald_octoprint_url_dup_origin (herald_printer_get_url (printer));
}

/* GObject */

static void
herald_octoprint_printer_dispose (GObject *object)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (object);

  herald_octoprint_printer_stop (HERALD_PRINTER (self));
  g_clear_pointer (&self->machine, herald_job_machine_free);
  g_clear_object (&self->http);
  g_clear_object (&self->secrets);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (herald_octoprint_printer_parent_class)->dispose (object);
}

static void
herald_octoprint_printer_class_init (HeraldOctoprintPrinterClass *klass)
{
  HeraldPrinterClass *printer_class = HERALD_PRINTER_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_octoprint_printer_dispose;

  printer_class->start = herald_octoprint_printer_start;
  printer_class->stop = herald_octoprint_printer_stop;
  printer_class->check_async = herald_octoprint_printer_check_async;
  printer_class->check_finish = herald_octoprint_printer_check_finish;
  printer_class->dup_origin = herald_octoprint_printer_dup_origin;
}

static void
herald_octoprint_printer_init (HeraldOctoprintPrinter *self)
{
}

/**
 * herald_octoprint_printer_new:
 * @id: stays for life
 * @settings: `name`, `url`, `enabled`, checked; shared, not to be changed any more
 */
HeraldPrinter *
herald_octoprint_printer_new (const char        *id,
                              HeraldValues      *settings,
                              HeraldHttpClient  *http,
                              HeraldSecretStore *secrets,
                              HeraldClock       *clock)
{
  HeraldOctoprintPrinter *self = g_object_new (HERALD_TYPE_OCTOPRINT_PRINTER,
                                               "id", id,
                                               "settings", settings,
                                               NULL);

  self->http = g_object_ref (http);
  self->secrets = g_object_ref (secrets);
  self->clock = g_object_ref (clock);
  self->machine = herald_job_machine_new (id);

  return HERALD_PRINTER (self);
}
