/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-presence-watch"

#include "service/session/presence-watch.h"

#include "core/base/clock.h"
#include "service/session/presence-idle-time.h"
#include "service/session/presence-idle-watch.h"
#include "service/session/presence-logind.h"
#include "service/session/presence-saver.h"

/* So long it is still shown what was found out, where nobody says that it has changed: nobody is asked only to show it. */
#define SHOWN_S 60

/**
 * HeraldPresenceWatch:
 *
 * Puts together what logind, screen savers and the desktop say about who is at this computer. It follows what they tell by
 * themselves; for how long nobody has touched keyboard or mouse it asks only when a message depends on it.
 */
struct _HeraldPresenceWatch
{
  GObject parent_instance;

  HeraldEngine *engine;
  HeraldDesk *desk;
  HeraldClock *clock;
  HeraldPresenceLogind *logind;
  HeraldPresenceSaver *saver;
  HeraldPresenceIdleTime *idle;
  HeraldPresenceIdleWatch *idle_watch;
  GCancellable *cancellable;
  gint64 active_boot_ms; /* as of the last answer; 0 if there is none */
  gboolean is_asking;
  gboolean is_old;       /* what is being asked was so before something else changed */
  guint forget_id;
  HeraldPresenceState state;
};

G_DEFINE_FINAL_TYPE (HeraldPresenceWatch, herald_presence_watch, G_TYPE_OBJECT)

typedef enum
{
  PROP_STATE = 1,
} HeraldPresenceWatchProperty;

static GParamSpec *properties[PROP_STATE + 1];

static void
conclude (HeraldPresenceWatch *self,
          HeraldPresence      *presence)
{
  HeraldPresenceClues clues = { .active_boot_ms = self->active_boot_ms };

  herald_presence_logind_get_clues (self->logind, &clues);
  herald_presence_saver_get_clue (self->saver, &clues.saver);
  herald_presence_conclude (&clues, herald_clock_get_boot_ms (self->clock), presence);
  if (presence->state == self->state)
    return;

  self->state = presence->state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
tell_desk (HeraldPresenceWatch *self)
{
  HeraldPresence presence;

  conclude (self, &presence);
  herald_desk_set_presence (self->desk, &presence);
}

static gboolean
on_forget_timeout (gpointer user_data)
{
  HeraldPresenceWatch *self = HERALD_PRESENCE_WATCH (user_data);
  HeraldPresence presence;

  self->forget_id = 0;
  self->active_boot_ms = 0;
  conclude (self, &presence);

  return G_SOURCE_REMOVE;
}

static void look (HeraldPresenceWatch *self);

static void
on_idle_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldPresenceWatch) self = HERALD_PRESENCE_WATCH (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  gint64 active_boot_ms = herald_presence_idle_time_ask_finish (HERALD_PRESENCE_IDLE_TIME (source), result, &error);
  gint64 woken_boot_ms = 0;
  gint64 slept_ms;

  if (self->cancellable == NULL)
    return;
  if (error != NULL)
    g_debug ("The desktop does not say when it was used last: %s", error->message);

  self->is_asking = FALSE;
  if (self->is_old)
    {
      look (self);
      return;
    }

  slept_ms = herald_engine_get_last_sleep (self->engine, &woken_boot_ms);
  self->active_boot_ms = herald_presence_correct_touch (active_boot_ms, woken_boot_ms, slept_ms);
  g_clear_handle_id (&self->forget_id, g_source_remove);
  if (active_boot_ms != 0 && !herald_presence_idle_watch_is_watching (self->idle_watch))
    self->forget_id = g_timeout_add_seconds (SHOWN_S, on_forget_timeout, self);
  tell_desk (self);
}

static void
look (HeraldPresenceWatch *self)
{
  self->is_old = self->is_asking;
  if (self->is_asking)
    return;
  if (!herald_presence_idle_time_can_ask (self->idle))
    {
      self->active_boot_ms = 0;
      tell_desk (self);
      return;
    }

  self->is_asking = TRUE;
  herald_presence_idle_time_ask_async (self->idle, self->cancellable, on_idle_ready, g_object_ref (self));
}

static void
on_source_changed (HeraldPresenceWatch *self)
{
  HeraldPresence presence;

  if (!herald_presence_idle_time_can_ask (self->idle))
    self->active_boot_ms = 0;
  if (herald_desk_is_waiting (self->desk) || herald_presence_idle_watch_is_watching (self->idle_watch))
    look (self);
  else
    conclude (self, &presence);
}

static void
on_wanted_changed (HeraldPresenceWatch *self)
{
  gboolean wanted = herald_desk_get_wanted (self->desk);
  HeraldPresence presence;

  herald_presence_idle_watch_set_wanted (self->idle_watch, wanted);
  if (wanted)
    return;

  /* Nobody would say when it changes. */
  self->active_boot_ms = 0;
  conclude (self, &presence);
}

/* GObject */

static void
herald_presence_watch_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  switch ((HeraldPresenceWatchProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_string (value, herald_presence_watch_get_state (HERALD_PRESENCE_WATCH (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
herald_presence_watch_dispose (GObject *object)
{
  HeraldPresenceWatch *self = HERALD_PRESENCE_WATCH (object);
  const HeraldPresence unknown = { HERALD_PRESENCE_UNKNOWN };

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->forget_id, g_source_remove);
  if (self->desk != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->desk, self);
      herald_desk_set_presence (self->desk, &unknown);
    }
  /* What it asks at this moment would keep it. */
  if (self->logind != NULL)
    g_object_run_dispose (G_OBJECT (self->logind));
  g_clear_object (&self->desk);
  g_clear_object (&self->engine);
  g_clear_object (&self->logind);
  g_clear_object (&self->saver);
  g_clear_object (&self->idle);
  if (self->idle_watch != NULL)
    g_object_run_dispose (G_OBJECT (self->idle_watch));
  g_clear_object (&self->idle_watch);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (herald_presence_watch_parent_class)->dispose (object);
}

static void
herald_presence_watch_class_init (HeraldPresenceWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = herald_presence_watch_get_property;
  object_class->dispose = herald_presence_watch_dispose;

  properties[PROP_STATE] =
    g_param_spec_string ("state", NULL, NULL, "unknown", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
herald_presence_watch_init (HeraldPresenceWatch *self)
{
  self->cancellable = g_cancellable_new ();
  self->clock = herald_clock_new ();
}

HeraldPresenceWatch *
herald_presence_watch_new (HeraldEngine    *engine,
                           GDBusConnection *connection)
{
  HeraldPresenceWatch *self = g_object_new (HERALD_TYPE_PRESENCE_WATCH, NULL);

  self->engine = g_object_ref (engine);
  self->desk = g_object_ref (herald_engine_get_desk (engine));
  self->logind = herald_presence_logind_new ();
  self->saver = herald_presence_saver_new (connection);
  self->idle = herald_presence_idle_time_new (connection);
  self->idle_watch = herald_presence_idle_watch_new (connection);
  g_signal_connect_object (self->logind, "changed", G_CALLBACK (on_source_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->saver, "changed", G_CALLBACK (on_source_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle, "changed", G_CALLBACK (on_source_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle_watch, "moved", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "asked", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "notify::wanted", G_CALLBACK (on_wanted_changed), self, G_CONNECT_SWAPPED);
  on_wanted_changed (self);

  return self;
}

const char *
herald_presence_watch_get_state (HeraldPresenceWatch *self)
{
  return herald_presence_state_to_id (self->state);
}
