/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-watcher"

#include "service/tray/tray-watcher.h"

#include "core/base/backoff.h"

#define WATCHER_NAME "org.kde.StatusNotifierWatcher"
#define WATCHER_PATH "/StatusNotifierWatcher"
#define WATCHER_INTERFACE "org.kde.StatusNotifierWatcher"

/* A panel that is there answers in milliseconds; one that starts, in a second or two. */
#define ANSWER_LIMIT_MS 10000
#define RETRY_BASE_MS 1000
#define RETRY_CAP_MS 60000

/**
 * HeraldTrayWatcher:
 *
 * Shows our item to whoever collects icons on this desktop, as often as a new one appears, and knows whether it can be seen:
 * there is a collector, it has taken the item, and somebody draws what it has collected. None is ever started for it.
 */
struct _HeraldTrayWatcher
{
  GObject parent_instance;

  GDBusConnection *connection;
  char *item_path;
  guint watch_id;
  guint signal_id;
  guint properties_id;

  char *owner;
  GCancellable *cancellable;
  guint retry_id;
  guint n_failures;
  gboolean is_registered;
  gboolean has_host;
  HeraldTrayState state;
};

G_DEFINE_FINAL_TYPE (HeraldTrayWatcher, herald_tray_watcher, G_TYPE_OBJECT)

typedef enum
{
  PROP_STATE = 1,
  N_PROPERTIES,
} HeraldTrayWatcherProperty;

static GParamSpec *properties[N_PROPERTIES];

static void try_to_register (HeraldTrayWatcher *self);
static void ask_for_host (HeraldTrayWatcher *self);

static void
update_state (HeraldTrayWatcher *self)
{
  HeraldTrayState state = HERALD_TRAY_ABSENT;

  if (self->owner != NULL)
    state = self->is_registered && self->has_host ? HERALD_TRAY_SHOWN : HERALD_TRAY_HIDDEN;
  if (state == self->state)
    return;

  g_debug ("The tray is now %s", state == HERALD_TRAY_SHOWN ? "shown" : state == HERALD_TRAY_HIDDEN ? "hidden" : "absent");
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static gboolean
on_retry_timeout (gpointer user_data)
{
  HeraldTrayWatcher *self = user_data;

  self->retry_id = 0;
  if (!self->is_registered)
    try_to_register (self);
  if (!self->has_host)
    ask_for_host (self);

  return G_SOURCE_REMOVE;
}

static void
try_again_later (HeraldTrayWatcher *self,
                 const GError      *error)
{
  gint64 delay_ms = 0;

  if (self->retry_id != 0)
    return;

  delay_ms = herald_backoff_delay_ms (++self->n_failures, RETRY_BASE_MS, RETRY_CAP_MS, g_random_double ());
  g_debug ("The tray does not want us, again in %" G_GINT64_FORMAT " ms: %s", delay_ms, error->message);
  self->retry_id = g_timeout_add ((guint) delay_ms, on_retry_timeout, self);
}

static void
on_register_ready (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(HeraldTrayWatcher) self = HERALD_TRAY_WATCHER (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  /* Also if another collector has come in the meantime */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->is_registered = answer != NULL;
  if (answer != NULL)
    self->n_failures = 0;
  else
    try_again_later (self, error);
  update_state (self);
}

static void
call (HeraldTrayWatcher   *self,
      const char          *interface,
      const char          *method,
      GVariant            *arguments,
      const GVariantType  *answer,
      GAsyncReadyCallback  callback)
{
  g_dbus_connection_call (self->connection, self->owner, WATCHER_PATH, interface, method, arguments, answer,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_LIMIT_MS, self->cancellable, callback,
                          g_object_ref (self));
}

/* By path: a name with our process id would be another one's outside of a sandbox. */
static void
try_to_register (HeraldTrayWatcher *self)
{
  call (self, WATCHER_INTERFACE, "RegisterStatusNotifierItem", g_variant_new ("(s)", self->item_path), NULL,
        on_register_ready);
}

static void
on_has_host_ready (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(HeraldTrayWatcher) self = HERALD_TRAY_WATCHER (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr(GVariant) value = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (answer != NULL)
    g_variant_get (answer, "(v)", &value);
  else
    try_again_later (self, error);
  self->has_host = value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (value);
  update_state (self);
}

/* Asked again at each sign of a change: there may be several panels, and some tell of one before it is there. */
static void
ask_for_host (HeraldTrayWatcher *self)
{
  call (self, "org.freedesktop.DBus.Properties", "Get",
        g_variant_new ("(ss)", WATCHER_INTERFACE, "IsStatusNotifierHostRegistered"), G_VARIANT_TYPE ("(v)"),
        on_has_host_ready);
}

static void
on_signal (GDBusConnection *connection,
           const char      *sender,
           const char      *path,
           const char      *interface,
           const char      *signal,
           GVariant        *arguments,
           gpointer         user_data)
{
  static const char *const telling[] = {
    "StatusNotifierHostRegistered", "StatusNotifierHostUnregistered", "PropertiesChanged", NULL,
  };
  HeraldTrayWatcher *self = user_data;

  if (self->owner != NULL && g_str_equal (self->owner, sender) && g_strv_contains (telling, signal))
    ask_for_host (self);
}

static void
forget_owner (HeraldTrayWatcher *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_pointer (&self->owner, g_free);
  self->n_failures = 0;
  self->is_registered = FALSE;
  self->has_host = FALSE;
}

static void
on_name_appeared (GDBusConnection *connection,
                  const char      *name,
                  const char      *owner,
                  gpointer         user_data)
{
  HeraldTrayWatcher *self = user_data;

  forget_owner (self);
  self->owner = g_strdup (owner);
  self->cancellable = g_cancellable_new ();
  try_to_register (self);
  ask_for_host (self);
  update_state (self);
}

static void
on_name_vanished (GDBusConnection *connection,
                  const char      *name,
                  gpointer         user_data)
{
  HeraldTrayWatcher *self = user_data;

  forget_owner (self);
  update_state (self);
}

/* GObject */

static void
herald_tray_watcher_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  HeraldTrayWatcher *self = HERALD_TRAY_WATCHER (object);

  switch ((HeraldTrayWatcherProperty) id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;

    case N_PROPERTIES:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
herald_tray_watcher_dispose (GObject *object)
{
  HeraldTrayWatcher *self = HERALD_TRAY_WATCHER (object);

  forget_owner (self);
  g_clear_handle_id (&self->watch_id, g_bus_unwatch_name);
  if (self->signal_id != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->signal_id);
  self->signal_id = 0;
  if (self->properties_id != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->properties_id);
  self->properties_id = 0;
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (herald_tray_watcher_parent_class)->dispose (object);
}

static void
herald_tray_watcher_finalize (GObject *object)
{
  HeraldTrayWatcher *self = HERALD_TRAY_WATCHER (object);

  g_clear_pointer (&self->item_path, g_free);

  G_OBJECT_CLASS (herald_tray_watcher_parent_class)->finalize (object);
}

static void
herald_tray_watcher_class_init (HeraldTrayWatcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = herald_tray_watcher_get_property;
  object_class->dispose = herald_tray_watcher_dispose;
  object_class->finalize = herald_tray_watcher_finalize;

  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, HERALD_TRAY_ABSENT, HERALD_TRAY_OFF, HERALD_TRAY_ABSENT,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
herald_tray_watcher_init (HeraldTrayWatcher *self)
{
}

/**
 * herald_tray_watcher_new:
 *
 * The object at @item_path must be there: whoever collects icons looks at it at once.
 */
HeraldTrayWatcher *
herald_tray_watcher_new (GDBusConnection *connection,
                         const char      *item_path)
{
  HeraldTrayWatcher *self = NULL;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (g_variant_is_object_path (item_path), NULL);

  self = g_object_new (HERALD_TYPE_TRAY_WATCHER, NULL);
  self->connection = g_object_ref (connection);
  self->item_path = g_strdup (item_path);
  self->signal_id = g_dbus_connection_signal_subscribe (connection, WATCHER_NAME, WATCHER_INTERFACE, NULL, WATCHER_PATH, NULL,
                                                        G_DBUS_SIGNAL_FLAGS_NONE, on_signal, self, NULL);
  self->properties_id = g_dbus_connection_signal_subscribe (connection, WATCHER_NAME, "org.freedesktop.DBus.Properties",
                                                            "PropertiesChanged", WATCHER_PATH, WATCHER_INTERFACE,
                                                            G_DBUS_SIGNAL_FLAGS_NONE, on_signal, self, NULL);
  self->watch_id = g_bus_watch_name_on_connection (connection, WATCHER_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, on_name_appeared,
                                                   on_name_vanished, self, NULL);

  return self;
}

HeraldTrayState
herald_tray_watcher_get_state (HeraldTrayWatcher *self)
{
  g_return_val_if_fail (HERALD_IS_TRAY_WATCHER (self), HERALD_TRAY_ABSENT);

  return self->state;
}
