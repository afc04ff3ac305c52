/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-presence-saver"

#include "service/session/presence-saver.h"

#include "core/base/clock.h"

#define ANSWER_LIMIT_MS 3000

/* Their interfaces are called like themselves. */
static const struct
{
  const char *name;
  const char *path;
} savers[] = {
  { "org.gnome.ScreenSaver", "/org/gnome/ScreenSaver" },
  { "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver" },
  { "org.xfce.ScreenSaver", "/org/xfce/ScreenSaver" },
  { "org.mate.ScreenSaver", "/org/mate/ScreenSaver" },
  { "org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver" },
};

/* One of them, while it is there */
typedef struct
{
  HeraldPresenceSaver *saver; /* (unowned) */
  guint number;
  HeraldPresenceClue clue;
  guint name_id;
  guint signal_id;
} Saver;

/**
 * HeraldPresenceSaver:
 *
 * Follows every screen saver there is on the session bus, and starts none. Nothing is polled: each says by itself when it
 * goes on and off.
 */
struct _HeraldPresenceSaver
{
  GObject parent_instance;

  GDBusConnection *connection;
  HeraldClock *clock;
  GCancellable *cancellable;
  Saver savers[G_N_ELEMENTS (savers)];
};

G_DEFINE_FINAL_TYPE (HeraldPresenceSaver, herald_presence_saver, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
} HeraldPresenceSaverSignal;

static guint signals[SIGNAL_CHANGED + 1];

static void
take (Saver    *saver,
      gboolean  is_on)
{
  gboolean is_news = saver->clue.is_known ? saver->clue.is_away != is_on : is_on;

  if (is_news)
    saver->clue.changed_boot_ms = herald_clock_get_boot_ms (saver->saver->clock);
  saver->clue.is_known = TRUE;
  saver->clue.is_away = is_on;
  g_signal_emit (saver->saver, signals[SIGNAL_CHANGED], 0);
}

static void
on_active_changed (GDBusConnection *connection,
                   const char      *sender,
                   const char      *path,
                   const char      *interface,
                   const char      *signal,
                   GVariant        *parameters,
                   gpointer         user_data)
{
  gboolean is_on;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;

  g_variant_get (parameters, "(b)", &is_on);
  take (user_data, is_on);
}

/* One question, that outlives its saver */
typedef struct
{
  HeraldPresenceSaver *saver;
  guint number;
} Question;

static void
on_active_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr(HeraldPresenceSaver) self = question->saver;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  Saver *saver = &self->savers[question->number];
  gboolean is_on;

  /* What it has said by itself meanwhile is newer. */
  if (answer == NULL || self->cancellable == NULL || saver->clue.is_known)
    return;

  g_variant_get (answer, "(b)", &is_on);
  take (saver, is_on);
}

static void
on_name_appeared (GDBusConnection *connection,
                  const char      *name,
                  const char      *owner,
                  gpointer         user_data)
{
  Saver *saver = user_data;
  Question *question = g_new0 (Question, 1);

  question->saver = g_object_ref (saver->saver);
  question->number = saver->number;
  saver->clue = (HeraldPresenceClue) { 0 };
  g_dbus_connection_call (connection, name, savers[saver->number].path, name, "GetActive", NULL, G_VARIANT_TYPE ("(b)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_LIMIT_MS, saver->saver->cancellable, on_active_ready,
                          question);
}

static void
on_name_vanished (GDBusConnection *connection,
                  const char      *name,
                  gpointer         user_data)
{
  Saver *saver = user_data;
  gboolean was_known = saver->clue.is_known;

  saver->clue = (HeraldPresenceClue) { 0 };
  if (was_known)
    g_signal_emit (saver->saver, signals[SIGNAL_CHANGED], 0);
}

/* GObject */

static void
herald_presence_saver_dispose (GObject *object)
{
  HeraldPresenceSaver *self = HERALD_PRESENCE_SAVER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (savers); i++)
    {
      g_clear_handle_id (&self->savers[i].name_id, g_bus_unwatch_name);
      if (self->savers[i].signal_id != 0)
        g_dbus_connection_signal_unsubscribe (self->connection, self->savers[i].signal_id);
      self->savers[i].signal_id = 0;
    }
  g_clear_object (&self->connection);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (herald_presence_saver_parent_class)->dispose (object);
}

static void
herald_presence_saver_class_init (HeraldPresenceSaverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_presence_saver_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
herald_presence_saver_init (HeraldPresenceSaver *self)
{
  self->clock = herald_clock_new ();
  self->cancellable = g_cancellable_new ();
}

HeraldPresenceSaver *
herald_presence_saver_new (GDBusConnection *connection)
{
  HeraldPresenceSaver *self = g_object_new (HERALD_TYPE_PRESENCE_SAVER, NULL);

  self->connection = g_object_ref (connection);
  for (guint i = 0; i < G_N_ELEMENTS (savers); i++)
    {
      self->savers[i].saver = self;
      self->savers[i].number = i;
      self->savers[i].signal_id =
        g_dbus_connection_signal_subscribe (connection, savers[i].name, savers[i].name, "ActiveChanged", NULL, NULL,
                                            G_DBUS_SIGNAL_FLAGS_NONE, on_active_changed, &self->savers[i], NULL);
      self->savers[i].name_id =
        g_bus_watch_name_on_connection (connection, savers[i].name, G_BUS_NAME_WATCHER_FLAGS_NONE, on_name_appeared,
                                        on_name_vanished, &self->savers[i], NULL);
    }

  return self;
}

/**
 * herald_presence_saver_get_clue:
 * @clue: (out caller-allocates): of all of them together: one that is on is enough
 */
void
herald_presence_saver_get_clue (HeraldPresenceSaver *self,
                                HeraldPresenceClue  *clue)
{
  *clue = (HeraldPresenceClue) { 0 };
  for (guint i = 0; i < G_N_ELEMENTS (savers); i++)
    {
      const HeraldPresenceClue *one = &self->savers[i].clue;

      if (!one->is_known || (clue->is_away && !one->is_away))
        continue;
      if (one->is_away && !clue->is_away)
        clue->changed_boot_ms = one->changed_boot_ms;
      else if (one->is_away)
        clue->changed_boot_ms = MIN (clue->changed_boot_ms, one->changed_boot_ms);
      else
        clue->changed_boot_ms = MAX (clue->changed_boot_ms, one->changed_boot_ms);
      clue->is_known = TRUE;
      clue->is_away = one->is_away;
    }
}
