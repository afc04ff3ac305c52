/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-presence-idle-time"

#include "service/session/presence-idle-time.h"

#include "core/base/clock.h"

/* One that needs longer is taken for one that does not know. */
#define ANSWER_LIMIT_MS 3000

/* Who can be asked, the best first. All count milliseconds: KDE's does, too, though the interface was made for seconds. */
static const struct
{
  const char *name;
  const char *path;
  const char *interface;
  const char *method;
  const char *type;
} sources[] = {
  { "org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core", "org.gnome.Mutter.IdleMonitor", "GetIdletime",
    "(t)" },
  { "org.cinnamon.Muffin.IdleMonitor", "/org/cinnamon/Muffin/IdleMonitor/Core", "org.cinnamon.Muffin.IdleMonitor",
    "GetIdletime", "(t)" },
  { "org.kde.screensaver", "/ScreenSaver", "org.freedesktop.ScreenSaver", "GetSessionIdleTime", "(u)" },
};

/* @is_proven: whether it has ever said anything but 0: some only have the method */
typedef struct
{
  HeraldPresenceIdleTime *idle; /* (unowned) */
  guint name_id;
  gboolean is_there;
  gboolean is_proven;
} Source;

/**
 * HeraldPresenceIdleTime:
 *
 * Asks the desktop for how long nobody has touched it, only when it is asked itself. What cannot be true is not believed.
 */
struct _HeraldPresenceIdleTime
{
  GObject parent_instance;

  GDBusConnection *connection;
  HeraldClock *clock;
  Source sources[G_N_ELEMENTS (sources)];
};

G_DEFINE_FINAL_TYPE (HeraldPresenceIdleTime, herald_presence_idle_time, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
} HeraldPresenceIdleTimeSignal;

static guint signals[SIGNAL_CHANGED + 1];

static void
set_there (Source   *source,
           gboolean  is_there)
{
  gboolean was_there = source->is_there;

  source->is_there = is_there;
  source->is_proven = FALSE;
  if (is_there != was_there)
    g_signal_emit (source->idle, signals[SIGNAL_CHANGED], 0);
}

static void
on_name_appeared (GDBusConnection *connection,
                  const char      *name,
                  const char      *owner,
                  gpointer         user_data)
{
  set_there (user_data, TRUE);
}

static void
on_name_vanished (GDBusConnection *connection,
                  const char      *name,
                  gpointer         user_data)
{
  set_there (user_data, FALSE);
}

/* Number of the one to ask, or that of all if there is none */
static guint
find_source (HeraldPresenceIdleTime *self)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (sources) && !self->sources[i].is_there)
    i++;

  return i;
}

/* GObject */

static void
herald_presence_idle_time_dispose (GObject *object)
{
  HeraldPresenceIdleTime *self = HERALD_PRESENCE_IDLE_TIME (object);

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_clear_handle_id (&self->sources[i].name_id, g_bus_unwatch_name);
  g_clear_object (&self->connection);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (herald_presence_idle_time_parent_class)->dispose (object);
}

static void
herald_presence_idle_time_class_init (HeraldPresenceIdleTimeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_presence_idle_time_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
herald_presence_idle_time_init (HeraldPresenceIdleTime *self)
{
  self->clock = herald_clock_new ();
}

HeraldPresenceIdleTime *
herald_presence_idle_time_new (GDBusConnection *connection)
{
  HeraldPresenceIdleTime *self = g_object_new (HERALD_TYPE_PRESENCE_IDLE_TIME, NULL);

  self->connection = g_object_ref (connection);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      self->sources[i].idle = self;
      self->sources[i].name_id =
        g_bus_watch_name_on_connection (connection, sources[i].name, G_BUS_NAME_WATCHER_FLAGS_NONE, on_name_appeared,
                                        on_name_vanished, &self->sources[i], NULL);
    }

  return self;
}

gboolean
herald_presence_idle_time_can_ask (HeraldPresenceIdleTime *self)
{
  return find_source (self) < G_N_ELEMENTS (sources);
}

/* (transfer full): the moment, in what a task can return */
static gint64 *
read_answer (HeraldPresenceIdleTime *self,
             Source             *source,
             GVariant           *answer)
{
  g_autoptr(GVariant) value = g_variant_get_child_value (answer, 0);
  guint64 idle_ms = g_variant_is_of_type (value, G_VARIANT_TYPE_UINT64) ? g_variant_get_uint64 (value)
                                                                        : g_variant_get_uint32 (value);
  gint64 boot_ms = herald_clock_get_boot_ms (self->clock);
  gint64 *moment_ms = g_new0 (gint64, 1);

  source->is_proven = source->is_proven || idle_ms > 0;
  if (source->is_proven && idle_ms < (guint64) boot_ms)
    *moment_ms = boot_ms - (gint64) idle_ms;

  return moment_ms;
}

static void
on_answer_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldPresenceIdleTime *self = g_task_get_source_object (task);
  Source *source = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);

  if (answer == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, read_answer (self, source, answer), g_free);
}

void
herald_presence_idle_time_ask_async (HeraldPresenceIdleTime  *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  guint i = find_source (self);

  g_task_set_source_tag (task, herald_presence_idle_time_ask_async);
  if (i == G_N_ELEMENTS (sources))
    {
      g_task_return_pointer (task, g_new0 (gint64, 1), g_free);
      return;
    }

  g_task_set_task_data (task, &self->sources[i], NULL);
  g_dbus_connection_call (self->connection, sources[i].name, sources[i].path, sources[i].interface, sources[i].method,
                          NULL, G_VARIANT_TYPE (sources[i].type), G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_LIMIT_MS,
                          cancellable, on_answer_ready, g_steal_pointer (&task));
}

gint64
herald_presence_idle_time_ask_finish (HeraldPresenceIdleTime  *self,
                                 GAsyncResult        *result,
                                 GError             **error)
{
  g_autofree gint64 *moment_ms = g_task_propagate_pointer (G_TASK (result), error);

  return moment_ms != NULL ? *moment_ms : 0;
}
