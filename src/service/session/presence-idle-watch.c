/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-presence-idle-watch"

#include "service/session/presence-idle-watch.h"

#define ANSWER_LIMIT_MS 3000

/* So long after the last touch somebody is called idle (core/routing/presence.c), and a little: it is asked then. */
#define IDLE_MS (61 * 1000)

/* Their interfaces are called like themselves. */
static const struct
{
  const char *name;
  const char *path;
} monitors[] = {
  { "org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core" },
  { "org.cinnamon.Muffin.IdleMonitor", "/org/cinnamon/Muffin/IdleMonitor/Core" },
};

/**
 * HeraldPresenceIdleWatch:
 *
 * Follows whether somebody is there without asking again and again: the monitor tells the two moments at which it changes. A
 * few messages for each time somebody leaves and comes back, and none in between.
 */
struct _HeraldPresenceIdleWatch
{
  GObject parent_instance;

  GDBusConnection *connection;
  GCancellable *cancellable; /* of what is asked of the monitor there is now */
  const char *name;          /* of it; %NULL if there is none */
  const char *path;
  gboolean wanted;
  guint idle_id;             /* of its watches; 0 for none */
  guint active_id;
  guint signal_id;
  guint name_ids[G_N_ELEMENTS (monitors)];
};

G_DEFINE_FINAL_TYPE (HeraldPresenceIdleWatch, herald_presence_idle_watch, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_MOVED,
} HeraldPresenceIdleWatchSignal;

static guint signals[SIGNAL_MOVED + 1];

/* @callback: (nullable): to be called with a reference to the watch */
static void
call (HeraldPresenceIdleWatch *self,
      const char              *method,
      GVariant                *parameters,
      GAsyncReadyCallback      callback)
{
  g_dbus_connection_call (self->connection, self->name, self->path, self->name, method, parameters, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_LIMIT_MS, callback != NULL ? self->cancellable : NULL,
                          callback, callback != NULL ? g_object_ref (self) : NULL);
}

/* Returns: the number of the watch, 0 if there is none */
static guint
take_watch (HeraldPresenceIdleWatch *self,
            GObject                 *source,
            GAsyncResult            *result)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  guint id = 0;

  if (answer != NULL && g_variant_is_of_type (answer, G_VARIANT_TYPE ("(u)")))
    g_variant_get (answer, "(u)", &id);
  else if (answer != NULL || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("%s does not watch for us", self->name);

  return id;
}

static void
on_idle_watch_ready (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(HeraldPresenceIdleWatch) self = HERALD_PRESENCE_IDLE_WATCH (g_steal_pointer (&user_data));
  guint id = take_watch (self, source, result);

  if (id == 0)
    return;

  self->idle_id = id;
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

static void
on_active_watch_ready (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(HeraldPresenceIdleWatch) self = HERALD_PRESENCE_IDLE_WATCH (g_steal_pointer (&user_data));
  guint id = take_watch (self, source, result);

  if (id != 0)
    self->active_id = id;
}

/* One for the next touch is told once, one for idleness each time. */
static void
on_watch_fired (GDBusConnection *connection,
                const char      *sender,
                const char      *path,
                const char      *interface,
                const char      *signal,
                GVariant        *parameters,
                gpointer         user_data)
{
  HeraldPresenceIdleWatch *self = HERALD_PRESENCE_IDLE_WATCH (user_data);
  guint id;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(u)")))
    return;

  g_variant_get (parameters, "(u)", &id);
  if (id == 0 || (id != self->idle_id && id != self->active_id))
    return;

  if (id == self->active_id)
    self->active_id = 0;
  else if (self->active_id == 0)
    call (self, "AddUserActiveWatch", NULL, on_active_watch_ready);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

/* Whoever is gone has nothing to be told, and has forgotten what it was asked. */
static void
stop (HeraldPresenceIdleWatch *self,
      gboolean                 is_gone)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->signal_id != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->signal_id);
  self->signal_id = 0;
  if (!is_gone && self->idle_id != 0)
    call (self, "RemoveWatch", g_variant_new ("(u)", self->idle_id), NULL);
  if (!is_gone && self->active_id != 0)
    call (self, "RemoveWatch", g_variant_new ("(u)", self->active_id), NULL);
  self->idle_id = self->active_id = 0;
}

static void
start (HeraldPresenceIdleWatch *self)
{
  if (self->name == NULL || !self->wanted || self->cancellable != NULL)
    return;

  self->cancellable = g_cancellable_new ();
  self->signal_id = g_dbus_connection_signal_subscribe (self->connection, self->name, self->name, "WatchFired", self->path,
                                                        NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_watch_fired, self, NULL);
  call (self, "AddIdleWatch", g_variant_new ("(t)", (guint64) IDLE_MS), on_idle_watch_ready);
}

static void
on_name_appeared (GDBusConnection *connection,
                  const char      *name,
                  const char      *owner,
                  gpointer         user_data)
{
  HeraldPresenceIdleWatch *self = HERALD_PRESENCE_IDLE_WATCH (user_data);

  stop (self, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (monitors); i++)
    {
      if (!g_str_equal (monitors[i].name, name))
        continue;
      self->name = monitors[i].name;
      self->path = monitors[i].path;
    }
  start (self);
}

static void
on_name_vanished (GDBusConnection *connection,
                  const char      *name,
                  gpointer         user_data)
{
  HeraldPresenceIdleWatch *self = HERALD_PRESENCE_IDLE_WATCH (user_data);

  if (g_strcmp0 (name, self->name) != 0)
    return;

  stop (self, TRUE);
  self->name = NULL;
}

/* GObject */

static void
herald_presence_idle_watch_dispose (GObject *object)
{
  HeraldPresenceIdleWatch *self = HERALD_PRESENCE_IDLE_WATCH (object);

  if (self->connection != NULL)
    stop (self, g_dbus_connection_is_closed (self->connection));
  for (guint i = 0; i < G_N_ELEMENTS (monitors); i++)
    g_clear_handle_id (&self->name_ids[i], g_bus_unwatch_name);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (herald_presence_idle_watch_parent_class)->dispose (object);
}

static void
herald_presence_idle_watch_class_init (HeraldPresenceIdleWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_presence_idle_watch_dispose;

  signals[SIGNAL_MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
}

static void
herald_presence_idle_watch_init (HeraldPresenceIdleWatch *self)
{
}

HeraldPresenceIdleWatch *
herald_presence_idle_watch_new (GDBusConnection *connection)
{
  HeraldPresenceIdleWatch *self = g_object_new (HERALD_TYPE_PRESENCE_IDLE_WATCH, NULL);

  self->connection = g_object_ref (connection);
  for (guint i = 0; i < G_N_ELEMENTS (monitors); i++)
    self->name_ids[i] = g_bus_watch_name_on_connection (connection, monitors[i].name, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                        on_name_appeared, on_name_vanished, self, NULL);

  return self;
}

void
herald_presence_idle_watch_set_wanted (HeraldPresenceIdleWatch *self,
                                       gboolean                 wanted)
{
  if (self->wanted == wanted)
    return;

  self->wanted = wanted;
  if (wanted)
    start (self);
  else if (self->name != NULL)
    stop (self, FALSE);
}

gboolean
herald_presence_idle_watch_is_watching (HeraldPresenceIdleWatch *self)
{
  return self->idle_id != 0;
}
