/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-desktop-session"

#include "service/session/desktop-session.h"

#include <glib/gi18n-lib.h>

#include "service/session/background.h"
#include "service/notifications/desktop-actions.h"
#include "service/session/presence-watch.h"
#include "service/bus/service-object.h"
#include "service/tray/tray-presenter.h"

/**
 * HeraldDesktopSession:
 *
 * What a person at the desktop has of the service: the icon in the panel, the buttons of notifications, who sits there. It
 * lives as long as the connection to the session bus, and tells on the bus how that stands.
 */
struct _HeraldDesktopSession
{
  GObject parent_instance;

  HeraldDBusService1 *object;
  HeraldLauncher *launcher;
  HeraldTrayPresenter *tray;
  HeraldDesktopActions *actions;
  HeraldPresenceWatch *presence;
  HeraldBackground *background;
};

G_DEFINE_FINAL_TYPE (HeraldDesktopSession, herald_desktop_session, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_QUIT,
} HeraldDesktopSessionSignal;

static guint signals[SIGNAL_QUIT + 1];

/* By HeraldTrayState */
static const struct
{
  const char *id;
  const char *sentence;
} tray_states[] = {
  [HERALD_TRAY_ABSENT] = {
    "absent",
    N_("This desktop has no place for icons of programs. OctoHerald runs all the same; its window is opened from the "
       "applications, and by a click on a notification. On GNOME, the extension “AppIndicator” makes such a place."),
  },
  [HERALD_TRAY_HIDDEN] = {
    "hidden",
    N_("This desktop collects the icons of programs but shows them nowhere. Add a “system tray” or “status tray” to your panel."),
  },
  [HERALD_TRAY_SHOWN] = { "shown", N_("The icon is in your panel.") },
  [HERALD_TRAY_OFF] = { "off", N_("The icon is switched off in the preferences.") },
};

static void
on_tray_state_changed (HeraldDesktopSession *self)
{
  HeraldTrayState state = herald_tray_presenter_get_state (self->tray);

  herald_dbus_service1_set_tray (self->object, tray_states[state].id);
  herald_dbus_service1_set_tray_text (self->object, _(tray_states[state].sentence));
}

static void
on_presence_changed (HeraldDesktopSession *self)
{
  herald_dbus_service1_set_presence (self->object, herald_presence_watch_get_state (self->presence));
}

static void
on_quit (HeraldDesktopSession *self)
{
  g_signal_emit (self, signals[SIGNAL_QUIT], 0);
}

/* GObject */

static void
herald_desktop_session_dispose (GObject *object)
{
  HeraldDesktopSession *self = HERALD_DESKTOP_SESSION (object);

  g_clear_object (&self->background);
  /* What it asks at this moment would keep it. */
  if (self->presence != NULL)
    g_object_run_dispose (G_OBJECT (self->presence));
  g_clear_object (&self->presence);
  g_clear_object (&self->actions);
  g_clear_object (&self->tray);
  g_clear_object (&self->launcher);
  g_clear_object (&self->object);

  G_OBJECT_CLASS (herald_desktop_session_parent_class)->dispose (object);
}

static void
herald_desktop_session_class_init (HeraldDesktopSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_desktop_session_dispose;

  signals[SIGNAL_QUIT] = g_signal_new ("quit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
herald_desktop_session_init (HeraldDesktopSession *self)
{
}

HeraldDesktopSession *
herald_desktop_session_new (HeraldEngine       *engine,
                            GDBusConnection    *connection,
                            HeraldDBusService1 *object)
{
  HeraldDesktopSession *self = g_object_new (HERALD_TYPE_DESKTOP_SESSION, NULL);

  self->object = g_object_ref (object);
  self->launcher = herald_launcher_new (connection);
  self->tray = herald_tray_presenter_new (engine, connection, self->launcher);
  self->actions = herald_desktop_actions_new (engine, connection, self->launcher);
  self->presence = herald_presence_watch_new (engine, connection);
  self->background =
    herald_background_new (engine, herald_service_object_get_autostart (HERALD_SERVICE_OBJECT (object)), connection);

  g_signal_connect_object (self->tray, "notify::state", G_CALLBACK (on_tray_state_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tray, "quit", G_CALLBACK (on_quit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->presence, "notify::state", G_CALLBACK (on_presence_changed), self, G_CONNECT_SWAPPED);
  on_tray_state_changed (self);
  on_presence_changed (self);

  return self;
}
