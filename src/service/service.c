/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-service"

#include "service/service.h"

#include <glib/gi18n-lib.h>

#include "core/engine.h"
#include "service/notifications/allowance-notice.h"
#include "service/session/bus-link.h"
#include "service/notifications/channel-notice.h"
#include "service/session/desktop-session.h"
#include "service/first-channel.h"
#include "service/bus/names.h"
#include "service/bus/object-tree.h"
#include "service/notifications/refusal-notice.h"
#include "service/session/sleep-watch.h"

#define CONFIG_FILE "octoherald.conf"
#define BUS_ANSWER_LIMIT_MS 10000

/* D-Bus specification, “org.freedesktop.DBus.RequestName” */
#define NAME_FLAG_DO_NOT_QUEUE 4u
#define NAME_REPLY_PRIMARY_OWNER 1u
#define NAME_REPLY_ALREADY_OWNER 4u

/**
 * HeraldService:
 *
 * The engine and the session it runs in: one for each user, by the name on
 * the bus. It goes on watching and sending when the bus dies, comes back to
 * the next one, and runs without any.
 */
struct _HeraldService
{
  GObject parent_instance;

  char *config_dir;
  char *data_dir;
  const HeraldChannelType *const *channel_types;
  HeraldBusLink *bus;
  HeraldEngine *engine;
  HeraldObjectTree *tree;
  HeraldDeliveryNews *news;
  HeraldChannelNotice *channel_notice;
  HeraldRefusalNotice *refusal_notice;
  HeraldAllowanceNotice *allowance_notice;
  HeraldSleepWatch *sleep_watch;
  HeraldDesktopSession *session;
  GDBusConnection *connection;
  GCancellable *cancellable;
  gboolean running;
  gboolean wants_first_channel;
  gboolean is_adding_first_channel;
  gboolean only_if_needed;
};

G_DEFINE_FINAL_TYPE (HeraldService, herald_service, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_FAILED,
  SIGNAL_QUIT,
  N_SIGNALS,
} HeraldServiceSignal;

static guint signals[N_SIGNALS];

static void
fail (HeraldService *self,
      const char    *sentence)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, sentence);
}

static void
on_quit (HeraldService *self)
{
  g_signal_emit (self, signals[SIGNAL_QUIT], 0);
}

/* Nobody is to run twice: the desktop, systemd and a person may each have started it. */
static void
give_way (HeraldService *self,
          const char    *sentence)
{
  if (!self->only_if_needed)
    {
      fail (self, sentence);
      return;
    }

  g_message ("%s", sentence);
  on_quit (self);
}

static gboolean
make_engine (HeraldService *self)
{
  g_autofree char *config_path = g_build_filename (self->config_dir, CONFIG_FILE, NULL);
  g_autoptr(GError) error = NULL;

  self->wants_first_channel = !g_file_test (config_path, G_FILE_TEST_EXISTS);
  self->engine = herald_engine_new (self->config_dir, self->data_dir, self->channel_types, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
    give_way (self, error->message);
  else if (self->engine == NULL)
    fail (self, error->message);
  if (self->engine == NULL)
    return FALSE;

  self->tree = herald_object_tree_new (self->engine);
  self->news = herald_delivery_news_new (herald_engine_get_outbox (self->engine));
  self->channel_notice = herald_channel_notice_new (self->engine, self->news);
  self->refusal_notice = herald_refusal_notice_new (self->news);
  self->allowance_notice = herald_allowance_notice_new (self->engine, self->news);
  g_signal_connect_object (herald_object_tree_get_service (self->tree), "quit", G_CALLBACK (on_quit), self,
                           G_CONNECT_SWAPPED);
  self->sleep_watch = herald_sleep_watch_new (self->engine);

  return TRUE;
}

static void
run (HeraldService *self)
{
  if (self->running)
    return;

  self->running = TRUE;
  herald_engine_start (self->engine);
}

static void
begin_session (HeraldService *self)
{
  g_clear_object (&self->session);
  self->session = herald_desktop_session_new (self->engine, self->connection, herald_object_tree_get_service (self->tree));
  g_signal_connect_object (self->session, "quit", G_CALLBACK (on_quit), self, G_CONNECT_SWAPPED);
}

static void
on_name_taken (HeraldService *self)
{
  if (!self->running)
    {
      give_way (self, _("OctoHerald is already running in this session."));
      return;
    }

  /* Only after the bus came back. Going on to send is worth more than being asked. */
  g_warning ("Another program has taken the name on the bus; the window will talk to that one");
  herald_object_tree_unexport (self->tree);
}

static void
on_request_name_ready (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(HeraldService) self = HERALD_SERVICE (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                              &error);
  guint32 reply = 0;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->engine == NULL)
    return;

  if (answer != NULL)
    g_variant_get (answer, "(u)", &reply);
  else
    g_warning ("The session bus does not give us our name: %s", error->message);

  if (answer != NULL && reply != NAME_REPLY_PRIMARY_OWNER && reply != NAME_REPLY_ALREADY_OWNER)
    on_name_taken (self);
  else
    {
      run (self);
      /* A bus that died over the question says so later, and GLib complains of who listens to it meanwhile. */
      if (self->connection == G_DBUS_CONNECTION (source) && !g_dbus_connection_is_closed (self->connection))
        begin_session (self);
    }
}

/* Everything is there before the name is ours: whoever waited for the name finds it complete. */
static void
go_public (HeraldService *self)
{
  g_autoptr(GError) error = NULL;

  if (!herald_object_tree_export (self->tree, self->connection, &error))
    g_warning ("Cannot be seen on the session bus: %s", error->message);

  g_dbus_connection_call (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "RequestName",
                          g_variant_new ("(su)", HERALD_BUS_NAME, NAME_FLAG_DO_NOT_QUEUE),
                          G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, BUS_ANSWER_LIMIT_MS,
                          self->cancellable, on_request_name_ready, g_object_ref (self));
}

static void
on_first_channel_ready (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr(HeraldService) self = HERALD_SERVICE (g_steal_pointer (&user_data));

  herald_first_channel_add_finish (HERALD_ENGINE (source), result);
  self->is_adding_first_channel = FALSE;
  if (self->connection != NULL)
    go_public (self);
}

static void
prepare (HeraldService *self)
{
  /* Asked of a bus that has died since: what comes of it goes public on this one. */
  if (self->is_adding_first_channel)
    return;
  if (!self->wants_first_channel)
    {
      go_public (self);
      return;
    }

  self->wants_first_channel = FALSE;
  self->is_adding_first_channel = TRUE;
  herald_first_channel_add_async (self->engine, self->connection, self->cancellable, on_first_channel_ready,
                                  g_object_ref (self));
}

static void
on_name_has_owner_ready (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr(HeraldService) self = HERALD_SERVICE (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                              &error);
  gboolean has_owner = FALSE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->connection == NULL)
    return;

  if (answer != NULL)
    g_variant_get (answer, "(b)", &has_owner);
  if (has_owner)
    on_name_taken (self);
  else if (self->engine != NULL || make_engine (self))
    prepare (self);
}

static void
on_bus_connected (HeraldBusLink *bus,
                  GDBusConnection  *connection,
                  gpointer          user_data)
{
  HeraldService *self = user_data;

  g_set_object (&self->connection, connection);
  g_dbus_connection_call (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "NameHasOwner",
                          g_variant_new ("(s)", HERALD_BUS_NAME), G_VARIANT_TYPE ("(b)"),
                          G_DBUS_CALL_FLAGS_NONE, BUS_ANSWER_LIMIT_MS, self->cancellable,
                          on_name_has_owner_ready, g_object_ref (self));
}

static void
on_bus_disconnected (HeraldBusLink *bus,
                     gpointer          user_data)
{
  HeraldService *self = user_data;

  g_message ("The session bus is gone; watching and sending go on, and it is tried again");
  g_clear_object (&self->session);
  g_clear_object (&self->connection);
  if (self->tree != NULL)
    herald_object_tree_unexport (self->tree);
  /* Also if it died before our name was asked for. */
  if (self->engine != NULL || make_engine (self))
    run (self);
}

static void
on_bus_absent (HeraldBusLink *bus,
               gpointer          user_data)
{
  HeraldService *self = user_data;

  if (self->running)
    return;

  g_message ("There is no session bus; running without desktop notifications and octoheraldctl");
  if (make_engine (self))
    run (self);
}

/* GObject */

static void
herald_service_dispose (GObject *object)
{
  HeraldService *self = HERALD_SERVICE (object);

  herald_service_stop (self);
  g_clear_object (&self->bus);

  G_OBJECT_CLASS (herald_service_parent_class)->dispose (object);
}

static void
herald_service_finalize (GObject *object)
{
  HeraldService *self = HERALD_SERVICE (object);

  g_clear_pointer (&self->config_dir, g_free);
  g_clear_pointer (&self->data_dir, g_free);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (herald_service_parent_class)->finalize (object);
}

static void
herald_service_class_init (HeraldServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_service_dispose;
  object_class->finalize = herald_service_finalize;

  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_QUIT] = g_signal_new ("quit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
herald_service_init (HeraldService *self)
{
  self->cancellable = g_cancellable_new ();
  self->bus = herald_bus_link_new (G_BUS_TYPE_SESSION);
  g_signal_connect_object (self->bus, "connected", G_CALLBACK (on_bus_connected), self, 0);
  g_signal_connect_object (self->bus, "disconnected", G_CALLBACK (on_bus_disconnected), self, 0);
  g_signal_connect_object (self->bus, "absent", G_CALLBACK (on_bus_absent), self, 0);
}

/**
 * herald_service_new:
 * @channel_types: (array zero-terminated=1) (transfer none): static
 */
HeraldService *
herald_service_new (const char                     *config_dir,
                    const char                     *data_dir,
                    const HeraldChannelType *const *channel_types)
{
  HeraldService *self = g_object_new (HERALD_TYPE_SERVICE, NULL);

  self->config_dir = g_strdup (config_dir);
  self->data_dir = g_strdup (data_dir);
  self->channel_types = channel_types;

  return self;
}

/**
 * herald_service_set_only_if_needed:
 *
 * That another one runs already is no failure then; this one ends.
 */
void
herald_service_set_only_if_needed (HeraldService *self,
                                   gboolean       only_if_needed)
{
  self->only_if_needed = only_if_needed;
}

void
herald_service_start (HeraldService *self)
{
  herald_bus_link_start (self->bus);
}

/**
 * herald_service_stop:
 *
 * Ends everything. What was not sent waits in the outbox for the next start.
 */
void
herald_service_stop (HeraldService *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->running)
    herald_engine_stop (self->engine);
  self->running = FALSE;

  g_clear_object (&self->session);
  g_clear_object (&self->sleep_watch);
  g_clear_object (&self->channel_notice);
  g_clear_object (&self->refusal_notice);
  g_clear_object (&self->allowance_notice);
  g_clear_object (&self->news);
  g_clear_object (&self->tree);
  g_clear_object (&self->engine);
  g_clear_object (&self->connection);
  herald_bus_link_stop (self->bus);
}
