/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-sleep-watch"

#include "service/session/sleep-watch.h"

#include <glib/gi18n-lib.h>

#include "service/session/bus-link.h"
#include "service/session/keep-awake.h"
#include "service/session/login-lock.h"

#define LOGIN_NAME "org.freedesktop.login1"

/* logind waits five seconds for all locks, unless its InhibitDelayMaxSec says otherwise. */
#define SENDING_LOOK_MS 100
#define SENDING_MAX_MS 4000

/**
 * HeraldSleepWatch:
 *
 * What logind tells of sleeping and waking. Before a sleep it makes the computer wait, some seconds at most, until what is
 * being sent is through; after it the engine goes on at once. Without a system bus or logind nothing of this happens, and
 * the engine notices sleeps by itself.
 */
struct _HeraldSleepWatch
{
  GObject parent_instance;

  HeraldEngine *engine;
  HeraldKeepAwake *keep_awake;
  HeraldBusLink *bus;
  GDBusConnection *connection;
  HeraldLoginLock *delay;
  HeraldLoginLock *block;
  guint name_id;
  guint signal_id;
  guint sending_id;
  gint64 sending_since_us;
  gboolean is_falling_asleep;
  gboolean has_login;
};

G_DEFINE_FINAL_TYPE (HeraldSleepWatch, herald_sleep_watch, G_TYPE_OBJECT)

/* Takes what is wanted and not held, and lets go of the rest. */
static void
update_locks (HeraldSleepWatch *self)
{
  if (self->has_login && !self->is_falling_asleep)
    herald_login_lock_take (self->delay, self->connection);
  else
    herald_login_lock_release (self->delay);

  if (self->has_login && herald_keep_awake_is_needed (self->keep_awake))
    herald_login_lock_take (self->block, self->connection);
  else
    herald_login_lock_release (self->block);
}

static gboolean
on_sending_timeout (gpointer user_data)
{
  HeraldSleepWatch *self = user_data;
  gint64 waited_ms = (g_get_monotonic_time () - self->sending_since_us) / 1000;

  if (waited_ms < SENDING_MAX_MS && herald_engine_is_sending (self->engine))
    return G_SOURCE_CONTINUE;

  self->sending_id = 0;
  update_locks (self);

  return G_SOURCE_REMOVE;
}

static void
fall_asleep (HeraldSleepWatch *self)
{
  g_debug ("This computer is about to sleep");
  self->is_falling_asleep = TRUE;
  herald_engine_prepare_for_sleep (self->engine);
  self->sending_since_us = g_get_monotonic_time ();
  g_clear_handle_id (&self->sending_id, g_source_remove);
  if (herald_engine_is_sending (self->engine))
    self->sending_id = g_timeout_add (SENDING_LOOK_MS, on_sending_timeout, self);
  else
    update_locks (self);
}

static void
wake (HeraldSleepWatch *self)
{
  if (!self->is_falling_asleep)
    return;

  g_clear_handle_id (&self->sending_id, g_source_remove);
  self->is_falling_asleep = FALSE;
  herald_engine_wake (self->engine);
  update_locks (self);
}

/* Sending goes on, so the next sleep shall wait for it again. */
static void
on_engine_stays_awake (HeraldSleepWatch *self)
{
  g_clear_handle_id (&self->sending_id, g_source_remove);
  self->is_falling_asleep = FALSE;
  update_locks (self);
}

static void
on_prepare_for_sleep (GDBusConnection *connection,
                      const char      *sender,
                      const char      *path,
                      const char      *interface,
                      const char      *signal,
                      GVariant        *parameters,
                      gpointer         user_data)
{
  HeraldSleepWatch *self = user_data;
  gboolean begins = FALSE;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;

  g_variant_get (parameters, "(b)", &begins);
  if (begins)
    fall_asleep (self);
  else
    wake (self);
}

/* A logind that is started anew knows nothing of our locks. */
static void
on_login_appeared (GDBusConnection *connection,
                   const char      *name,
                   const char      *owner,
                   gpointer         user_data)
{
  HeraldSleepWatch *self = user_data;

  self->has_login = TRUE;
  update_locks (self);
}

/* Nobody tells now when the computer is awake again. */
static void
on_login_vanished (GDBusConnection *connection,
                   const char      *name,
                   gpointer         user_data)
{
  HeraldSleepWatch *self = user_data;

  self->has_login = FALSE;
  wake (self);
  update_locks (self);
}

static void
forget_connection (HeraldSleepWatch *self)
{
  if (self->connection == NULL)
    return;

  g_bus_unwatch_name (self->name_id);
  g_dbus_connection_signal_unsubscribe (self->connection, self->signal_id);
  self->name_id = 0;
  self->signal_id = 0;
  self->has_login = FALSE;
  herald_login_lock_release (self->delay);
  herald_login_lock_release (self->block);
  g_clear_object (&self->connection);
}

static void
on_bus_connected (HeraldSleepWatch *self,
                  GDBusConnection  *connection)
{
  forget_connection (self);
  self->connection = g_object_ref (connection);
  self->signal_id =
    g_dbus_connection_signal_subscribe (connection, LOGIN_NAME, "org.freedesktop.login1.Manager", "PrepareForSleep",
                                        "/org/freedesktop/login1", NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_prepare_for_sleep,
                                        self, NULL);
  self->name_id = g_bus_watch_name_on_connection (connection, LOGIN_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, on_login_appeared,
                                                  on_login_vanished, self, NULL);
}

static void
on_bus_disconnected (HeraldSleepWatch *self)
{
  self->has_login = FALSE;
  wake (self);
  forget_connection (self);
}

/* GObject */

static void
herald_sleep_watch_dispose (GObject *object)
{
  HeraldSleepWatch *self = HERALD_SLEEP_WATCH (object);

  g_clear_handle_id (&self->sending_id, g_source_remove);
  forget_connection (self);
  g_clear_object (&self->bus);
  g_clear_object (&self->keep_awake);
  g_clear_pointer (&self->delay, herald_login_lock_free);
  g_clear_pointer (&self->block, herald_login_lock_free);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (herald_sleep_watch_parent_class)->dispose (object);
}

static void
herald_sleep_watch_class_init (HeraldSleepWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_sleep_watch_dispose;
}

static void
herald_sleep_watch_init (HeraldSleepWatch *self)
{
  self->delay = herald_login_lock_new ("delay", _("What is being sent is sent to its end."));
  self->block = herald_login_lock_new ("block", _("A message about your printers waits to be sent."));
}

HeraldSleepWatch *
herald_sleep_watch_new (HeraldEngine *engine)
{
  HeraldSleepWatch *self = g_object_new (HERALD_TYPE_SLEEP_WATCH, NULL);

  self->engine = g_object_ref (engine);
  self->keep_awake = herald_keep_awake_new (engine);
  g_signal_connect_object (self->keep_awake, "changed", G_CALLBACK (update_locks), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "stays-awake", G_CALLBACK (on_engine_stays_awake), self, G_CONNECT_SWAPPED);
  self->bus = herald_bus_link_new (G_BUS_TYPE_SYSTEM);
  g_signal_connect_object (self->bus, "connected", G_CALLBACK (on_bus_connected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bus, "disconnected", G_CALLBACK (on_bus_disconnected), self, G_CONNECT_SWAPPED);
  herald_bus_link_start (self->bus);

  return self;
}
