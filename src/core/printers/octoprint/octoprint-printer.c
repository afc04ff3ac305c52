/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-printer"

#include "core/printers/octoprint/octoprint-printer.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"
#include "core/printers/octoprint/octoprint-access.h"
#include "core/printers/octoprint/octoprint-appearance.h"
#include "core/printers/octoprint/octoprint-cameras.h"
#include "core/printers/octoprint/octoprint-control.h"
#include "core/printers/octoprint/octoprint-link.h"
#include "core/printers/octoprint/octoprint-monitor.h"
#include "core/printers/octoprint/octoprint-picture-reader.h"
#include "core/printers/octoprint/octoprint-pictures.h"
#include "core/printers/octoprint/octoprint-url.h"
#include "core/printers/octoprint/sign-in.h"
#include "core/printers/server-news.h"

#define VERSION_MAX_CHARS 50
#define HASH_MAX_CHARS 64

/**
 * HeraldOctoprintPrinter:
 *
 * A printer behind an OctoPrint server: a link to it, a monitor that listens,
 * and the news of the server itself – gone, back, stopped, started.
 */
struct _HeraldOctoprintPrinter
{
  HeraldPrinter parent_instance;

  HeraldHttpClient *http;
  HeraldSecretStore *secrets;
  HeraldClock *clock;
  HeraldOctoprintLink *link;
  HeraldOctoprintMonitor *monitor;
  HeraldServerNews news;
  gint64 alive_ms;
  GCancellable *cancellable;
  char *config_hash;
  guint news_id;
};

G_DEFINE_FINAL_TYPE (HeraldOctoprintPrinter, herald_octoprint_printer, HERALD_TYPE_PRINTER)

/* News of the server */

/* Whoever sleeps misses nobody, and the network often goes before the sleep does: unlike the time since
 * boot this one stands still meanwhile. */
static gint64
get_awake_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

static void
tell_of_server (HeraldOctoprintPrinter *self,
                HeraldServerTiding      tiding)
{
  g_autoptr(HeraldEvent) event = NULL;

  if (tiding == HERALD_TIDING_NONE)
    return;

  /* Nobody knows any more whether the printer still waits. */
  if (herald_printer_get_connection (HERALD_PRINTER (self)) != HERALD_CONNECTION_CONNECTED)
    herald_printer_set_attention (HERALD_PRINTER (self), NULL);
  event = herald_server_news_make_event (&self->news, tiding, HERALD_PRINTER (self),
                                         herald_octoprint_monitor_get_job (self->monitor),
                                         herald_clock_get_wall_ms (self->clock));
  herald_printer_emit_event (HERALD_PRINTER (self), event);
}

static gboolean
on_news_timeout (gpointer user_data)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (user_data);
  gboolean printing = herald_octoprint_monitor_get_job (self->monitor) != NULL;
  HeraldServerTiding tiding = herald_server_news_take_time (&self->news, printing, get_awake_ms ());

  if (tiding == HERALD_TIDING_NONE)
    return G_SOURCE_CONTINUE;

  self->news_id = 0;
  tell_of_server (self, tiding);

  return G_SOURCE_REMOVE;
}

/* The link */

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

static void
on_lost (HeraldOctoprintLink *link,
         GError              *error,
         gpointer             user_data)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (user_data);
  HeraldPrinter *printer = HERALD_PRINTER (self);
  HeraldConnection connection = connection_from_error (error);
  HeraldOctoprintServer *server = herald_octoprint_link_get_server (link);
  gboolean printing = herald_octoprint_monitor_get_job (self->monitor) != NULL;

  herald_octoprint_monitor_lose (self->monitor, herald_connection_to_string (connection));
  herald_printer_set_certificate (printer, connection == HERALD_CONNECTION_UNTRUSTED && server != NULL
                                             ? herald_octoprint_server_get_certificate (server)
                                             : NULL);
  herald_printer_set_connection (printer, connection, error->message);
  herald_server_news_lose (&self->news, connection,
                           g_strcmp0 (herald_error_get_reply (error), HERALD_HTTP_REFUSED) == 0, printing,
                           get_awake_ms ());
  if (self->news_id == 0 && herald_server_news_is_pending (&self->news))
    self->news_id = g_timeout_add_seconds (1, on_news_timeout, self);
}

static void
ask_appearance (HeraldOctoprintPrinter *self)
{
  herald_octoprint_appearance_fetch (herald_octoprint_link_get_server (self->link), HERALD_PRINTER (self),
                                     self->cancellable);
}

static void
take_greeting (HeraldOctoprintPrinter *self,
               JsonObject             *content)
{
  g_autofree char *version = herald_json_dup_text (content, "version", VERSION_MAX_CHARS);
  g_autofree char *hash = herald_json_dup_text (content, "config_hash", HASH_MAX_CHARS);

  if (version != NULL)
    herald_printer_set_version (HERALD_PRINTER (self), version);
  if (hash == NULL || g_strcmp0 (hash, self->config_hash) == 0)
    return;

  g_free (self->config_hash);
  self->config_hash = g_steal_pointer (&hash);
  ask_appearance (self);
}

/* Also name, colour and cameras may be others now. */
static gboolean
is_settings_change (JsonObject *event)
{
  const char *type = NULL;

  return herald_json_get_string (event, "type", &type) && g_str_equal (type, "SettingsUpdated");
}

static void
succeed (HeraldOctoprintPrinter *self)
{
  HeraldPrinter *printer = HERALD_PRINTER (self);

  g_clear_handle_id (&self->news_id, g_source_remove);
  herald_printer_set_certificate (printer, NULL);
  herald_printer_set_version (printer, herald_octoprint_link_get_version (self->link));
  herald_printer_set_fallback (printer, herald_octoprint_link_get_fallback (self->link));
  herald_printer_set_connection (printer, HERALD_CONNECTION_CONNECTED, NULL);
  tell_of_server (self, herald_server_news_recover (&self->news, get_awake_ms ()));
}

static void
on_pushed (HeraldOctoprintLink *link,
           int                  type,
           JsonObject          *content,
           gpointer             user_data)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (user_data);
  HeraldPrinter *printer = HERALD_PRINTER (self);

  if (type == HERALD_PUSH_CONNECTED)
    take_greeting (self, content);
  else if (type == HERALD_PUSH_EVENT && is_settings_change (content))
    ask_appearance (self);
  else if ((type == HERALD_PUSH_HISTORY || type == HERALD_PUSH_CURRENT) &&
           (herald_printer_get_connection (printer) != HERALD_CONNECTION_CONNECTED ||
            g_strcmp0 (herald_printer_get_fallback (printer), herald_octoprint_link_get_fallback (link)) != 0))
    succeed (self);

  herald_octoprint_monitor_take_push (self->monitor, herald_octoprint_link_get_server (link),
                                      (HeraldPushType) type, content);
  herald_octoprint_link_set_busy (link, herald_octoprint_monitor_get_job (self->monitor) != NULL);
}

/* HeraldPrinter */

static void
herald_octoprint_printer_start (HeraldPrinter *printer)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (printer);

  g_return_if_fail (self->cancellable == NULL);

  self->cancellable = g_cancellable_new ();
  herald_octoprint_monitor_start (self->monitor, self->alive_ms);
  self->alive_ms = 0;
  /* It may be another server than before. */
  herald_octoprint_cameras_forget (herald_octoprint_cameras_get (printer));
  herald_printer_set_connection (printer, HERALD_CONNECTION_CONNECTING, NULL);
  herald_octoprint_link_open (self->link, herald_printer_get_settings (printer));
}

static void
herald_octoprint_printer_stop (HeraldPrinter *printer)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (printer);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->news_id, g_source_remove);
  g_clear_pointer (&self->config_hash, g_free);
  herald_octoprint_link_close (self->link);
  herald_octoprint_monitor_lose (self->monitor, "stopped");
  herald_printer_set_attention (printer, NULL);
  herald_server_news_clear (&self->news);
}

static void
herald_octoprint_printer_wake (HeraldPrinter *printer)
{
  herald_octoprint_link_renew (HERALD_OCTOPRINT_PRINTER (printer)->link);
}

static void
herald_octoprint_printer_hurry (HeraldPrinter *printer)
{
  HeraldOctoprintLink *link = HERALD_OCTOPRINT_PRINTER (printer)->link;

  /* Also a try that is under way: it may wait for a network that is no more. */
  herald_octoprint_link_close (link);
  herald_octoprint_link_open (link, herald_printer_get_settings (printer));
}

static void
on_check_sign_in_ready (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldPrinter *printer = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldSignIn) answer = herald_sign_in_finish (result, &error);

  if (answer != NULL)
    g_task_return_pointer (task,
                           /* Translators: the version of OctoPrint, the name of an account */
                           g_strdup_printf (_("OctoPrint %s, signed in as %s"), answer->version, answer->user),
                           g_free);
  else
    {
      if (g_error_matches (error, HERALD_ERROR, HERALD_ERROR_UNTRUSTED))
        herald_printer_set_certificate (printer,
                                        herald_octoprint_server_get_certificate (HERALD_OCTOPRINT_SERVER (object)));
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

static void
on_check_load_ready (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldOctoprintServer) server = herald_octoprint_server_load_finish (result, &error);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (server == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    herald_sign_in_async (server, cancellable, on_check_sign_in_ready, g_steal_pointer (&task));
}

static void
herald_octoprint_printer_check_async (HeraldPrinter       *printer,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (printer);

  herald_octoprint_server_load_async (self->http, self->secrets, herald_printer_get_id (printer),
                                      herald_printer_get_settings (printer), cancellable,
                                      on_check_load_ready, g_task_new (self, cancellable, callback, user_data));
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

static void
herald_octoprint_printer_control_async (HeraldPrinter       *printer,
                                        HeraldPrinterAction  action,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (printer);

  herald_octoprint_control_async (printer, herald_octoprint_link_get_server (self->link), action, cancellable,
                                  callback, user_data);
}

static gboolean
herald_octoprint_printer_control_finish (HeraldPrinter  *printer,
                                         GAsyncResult   *result,
                                         GError        **error)
{
  return herald_octoprint_control_finish (result, error);
}

static void
herald_octoprint_printer_request_access_async (HeraldPrinter       *printer,
                                               HeraldAccessFunc     on_page,
                                               gpointer             page_data,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (printer);

  herald_octoprint_access_async (printer, self->http, self->secrets, on_page, page_data, cancellable, callback,
                                 user_data);
}

static gboolean
herald_octoprint_printer_request_access_finish (HeraldPrinter  *printer,
                                                GAsyncResult   *result,
                                                GError        **error)
{
  return herald_octoprint_access_finish (result, error);
}

static char **
herald_octoprint_printer_dup_cameras (HeraldPrinter *printer)
{
  return herald_octoprint_cameras_dup_names (herald_octoprint_cameras_get (printer));
}

static void
herald_octoprint_printer_find_pictures_async (HeraldPrinter           *printer,
                                              const HeraldPictureWish *wish,
                                              GCancellable            *cancellable,
                                              GAsyncReadyCallback      callback,
                                              gpointer                 user_data)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (printer);

  herald_octoprint_pictures_find_async (printer, herald_octoprint_link_get_server (self->link), wish, cancellable,
                                        callback, user_data);
}

static GPtrArray *
herald_octoprint_printer_find_pictures_finish (HeraldPrinter  *printer,
                                               GAsyncResult   *result,
                                               GError        **error)
{
  return herald_octoprint_pictures_find_finish (result, error);
}

static void
herald_octoprint_printer_read_picture_async (HeraldPrinter              *printer,
                                             const HeraldPictureSource  *source,
                                             const HeraldPictureRequest *request,
                                             GCancellable               *cancellable,
                                             GAsyncReadyCallback         callback,
                                             gpointer                    user_data)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (printer);

  herald_octoprint_picture_reader_read_async (printer, herald_octoprint_link_get_server (self->link), self->http,
                                              source, request, cancellable, callback, user_data);
}

static GBytes *
herald_octoprint_printer_read_picture_finish (HeraldPrinter  *printer,
                                              GAsyncResult   *result,
                                              GError        **error)
{
  return herald_octoprint_picture_reader_read_finish (result, error);
}

/* GObject */

static void
herald_octoprint_printer_dispose (GObject *object)
{
  HeraldOctoprintPrinter *self = HERALD_OCTOPRINT_PRINTER (object);

  if (self->link != NULL)
    {
      herald_octoprint_printer_stop (HERALD_PRINTER (self));
      g_signal_handlers_disconnect_by_data (self->link, self);
    }
  g_clear_object (&self->link);
  g_clear_object (&self->monitor);
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
  printer_class->wake = herald_octoprint_printer_wake;
  printer_class->hurry = herald_octoprint_printer_hurry;
  printer_class->check_async = herald_octoprint_printer_check_async;
  printer_class->check_finish = herald_octoprint_printer_check_finish;
  printer_class->dup_origin = herald_octoprint_printer_dup_origin;
  printer_class->control_async = herald_octoprint_printer_control_async;
  printer_class->control_finish = herald_octoprint_printer_control_finish;
  printer_class->request_access_async = herald_octoprint_printer_request_access_async;
  printer_class->request_access_finish = herald_octoprint_printer_request_access_finish;
  printer_class->dup_cameras = herald_octoprint_printer_dup_cameras;
  printer_class->find_pictures_async = herald_octoprint_printer_find_pictures_async;
  printer_class->find_pictures_finish = herald_octoprint_printer_find_pictures_finish;
  printer_class->read_picture_async = herald_octoprint_printer_read_picture_async;
  printer_class->read_picture_finish = herald_octoprint_printer_read_picture_finish;
}

static void
herald_octoprint_printer_init (HeraldOctoprintPrinter *self)
{
}

/**
 * herald_octoprint_printer_new:
 * @id: stays for life
 * @settings: as herald_octoprint_settings_check() has them; shared, not to be changed any more
 * @database: (nullable): where to remember what must be known after an absence
 * @alive_ms: when this program last ran, milliseconds since 1970; 0 if never
 */
HeraldPrinter *
herald_octoprint_printer_new (const char        *id,
                              HeraldValues      *settings,
                              HeraldHttpClient  *http,
                              HeraldSecretStore *secrets,
                              HeraldDatabase    *database,
                              gint64             alive_ms,
                              HeraldClock       *clock)
{
  HeraldOctoprintPrinter *self = g_object_new (HERALD_TYPE_OCTOPRINT_PRINTER, "id", id, "settings", settings, NULL);
  g_autoptr(HeraldPrintJournal) journal = database != NULL ? herald_print_journal_new (database, id) : NULL;

  self->http = g_object_ref (http);
  self->secrets = g_object_ref (secrets);
  self->clock = g_object_ref (clock);
  self->alive_ms = alive_ms;
  self->monitor = herald_octoprint_monitor_new (HERALD_PRINTER (self), journal, clock);
  self->link = herald_octoprint_link_new (http, secrets, id);
  g_signal_connect (self->link, "pushed", G_CALLBACK (on_pushed), self);
  g_signal_connect (self->link, "lost", G_CALLBACK (on_lost), self);

  return HERALD_PRINTER (self);
}
