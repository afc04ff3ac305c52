/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-background"

#include "service/session/background.h"

#include "core/base/sandbox.h"
#include "core/base/text.h"
#include "core/engine-quiet.h"
#include "service/session/portal-inhibit.h"
#include "service/tray/tray-summary.h"

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define CALL_LIMIT_MS 10000

/* xdg-desktop-portal takes no longer one. */
#define STATUS_MAX_CHARS 96

/* Printers speak every second, and nobody looks at that list for long. */
#define STATUS_PAUSE_MS 2000

/**
 * HeraldBackground:
 *
 * What a desktop wants to know of a sandboxed program without a window: that it wants to run, whether at login, and in some
 * words what it does. Lives as long as the connection to the session bus.
 */
struct _HeraldBackground
{
  GObject parent_instance;

  HeraldEngine *engine;
  HeraldAutostart *autostart;
  GDBusConnection *connection;
  GCancellable *cancellable;
  HeraldPortalInhibit *inhibit;
  guint portal_id;
  char *status;
  guint status_id;
  gboolean has_no_status; /* the portal is too old for it */
};

G_DEFINE_FINAL_TYPE (HeraldBackground, herald_background, G_TYPE_OBJECT)

static void
on_set_status_ready (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(HeraldBackground) self = HERALD_BACKGROUND (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_debug ("This desktop does not list this program: %s", error->message);
  self->has_no_status = g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD) ||
                        g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_INTERFACE);
}

static char *
make_status (HeraldBackground *self)
{
  g_autoptr(HeraldTraySummary) summary =
    herald_tray_summary_new (herald_engine_get_printers (self->engine), herald_engine_get_muted_until (self->engine),
                             g_get_real_time () / 1000);

  herald_tray_summary_add_quiet (summary, herald_engine_get_quiet_until (self->engine), g_get_real_time () / 1000);

  return herald_text_clean (summary->headline, STATUS_MAX_CHARS);
}

static gboolean
on_status_timeout (gpointer user_data)
{
  HeraldBackground *self = user_data;
  g_autofree char *status = make_status (self);
  GVariantBuilder options;

  self->status_id = 0;
  if (self->has_no_status || *status == '\0' || g_strcmp0 (status, self->status) == 0)
    return G_SOURCE_REMOVE;

  g_free (self->status);
  self->status = g_steal_pointer (&status);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "message", g_variant_new_string (self->status));
  g_dbus_connection_call (self->connection, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.portal.Background", "SetStatus",
                          g_variant_new ("(a{sv})", &options), NULL, G_DBUS_CALL_FLAGS_NONE, CALL_LIMIT_MS,
                          self->cancellable, on_set_status_ready, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
update_later (HeraldBackground *self)
{
  if (self->status_id == 0)
    self->status_id = g_timeout_add (STATUS_PAUSE_MS, on_status_timeout, self);
}

/* One that is started anew knows nothing of us. */
static void
on_portal_appeared (GDBusConnection *connection,
                    const char      *name,
                    const char      *owner,
                    gpointer         user_data)
{
  HeraldBackground *self = user_data;

  herald_autostart_begin (self->autostart, connection);
  g_clear_object (&self->inhibit);
  self->inhibit = herald_portal_inhibit_new (self->engine, connection);
  self->has_no_status = FALSE;
  g_clear_pointer (&self->status, g_free);
  update_later (self);
}

/* Whoever asks all the same is told why it cannot be. */
static void
on_portal_vanished (GDBusConnection *connection,
                    const char      *name,
                    gpointer         user_data)
{
  HeraldBackground *self = user_data;

  if (connection != NULL && !g_dbus_connection_is_closed (connection))
    herald_autostart_begin (self->autostart, connection);
}

static void
on_printers_changed (GListModel       *printers,
                     guint             position,
                     guint             n_removed,
                     guint             n_added,
                     HeraldBackground *self)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (printers, i);

      g_signal_connect_object (printer, "notify", G_CALLBACK (update_later), self, G_CONNECT_SWAPPED);
    }
  update_later (self);
}

/* GObject */

static void
herald_background_dispose (GObject *object)
{
  HeraldBackground *self = HERALD_BACKGROUND (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->status_id, g_source_remove);
  g_clear_handle_id (&self->portal_id, g_bus_unwatch_name);
  g_clear_object (&self->inhibit);
  g_clear_object (&self->autostart);
  g_clear_object (&self->connection);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (herald_background_parent_class)->dispose (object);
}

static void
herald_background_finalize (GObject *object)
{
  HeraldBackground *self = HERALD_BACKGROUND (object);

  g_clear_object (&self->cancellable);
  g_free (self->status);

  G_OBJECT_CLASS (herald_background_parent_class)->finalize (object);
}

static void
herald_background_class_init (HeraldBackgroundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_background_dispose;
  object_class->finalize = herald_background_finalize;
}

static void
herald_background_init (HeraldBackground *self)
{
  self->cancellable = g_cancellable_new ();
}

HeraldBackground *
herald_background_new (HeraldEngine    *engine,
                       HeraldAutostart *autostart,
                       GDBusConnection *connection)
{
  HeraldBackground *self = g_object_new (HERALD_TYPE_BACKGROUND, NULL);
  GListModel *printers = herald_engine_get_printers (engine);

  self->engine = g_object_ref (engine);
  self->connection = g_object_ref (connection);
  if (!herald_sandbox_is_inside ())
    return self;

  self->autostart = g_object_ref (autostart);
  self->portal_id = g_bus_watch_name_on_connection (connection, PORTAL_NAME, G_BUS_NAME_WATCHER_FLAGS_AUTO_START,
                                                    on_portal_appeared, on_portal_vanished, self, NULL);
  g_signal_connect_object (printers, "items-changed", G_CALLBACK (on_printers_changed), self, 0);
  g_signal_connect_object (engine, "notify::muted-until", G_CALLBACK (update_later), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::quiet-until", G_CALLBACK (update_later), self, G_CONNECT_SWAPPED);
  on_printers_changed (printers, 0, 0, g_list_model_get_n_items (printers), self);

  return self;
}
