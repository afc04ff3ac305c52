/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-presenter"

#include "service/tray/tray-presenter.h"

#include "core/store/preferences.h"
#include "service/tray/tray-display.h"

#define PREFERENCE "tray"

/* The bus has just answered us. */
#define CONNECT_LIMIT_S 10
/* A bus that closes our connection at once will not do better a moment later. */
#define AGAIN_PAUSE_S 5

/**
 * HeraldTrayPresenter:
 *
 * Whether there is an icon, as the user wishes. The icon has a connection to the bus of its own: a panel takes an icon away
 * when the connection that brought it is gone, and for no other reason.
 */
struct _HeraldTrayPresenter
{
  GObject parent_instance;

  HeraldEngine *engine;
  GDBusConnection *session;
  HeraldLauncher *launcher;
  HeraldTrayState state;

  /* While it is switched on: first the one, then the others */
  GCancellable *connecting;
  guint limit_id;
  GDBusConnection *connection;
  HeraldTrayDisplay *display;
  guint again_id;
};

G_DEFINE_FINAL_TYPE (HeraldTrayPresenter, herald_tray_presenter, G_TYPE_OBJECT)

typedef enum
{
  PROP_STATE = 1,
} HeraldTrayPresenterProperty;

static GParamSpec *properties[PROP_STATE + 1];

typedef enum
{
  SIGNAL_QUIT,
} HeraldTrayPresenterSignal;

static guint signals[SIGNAL_QUIT + 1];

static void begin (HeraldTrayPresenter *self);
static void end (HeraldTrayPresenter *self);

static void
set_state (HeraldTrayPresenter *self,
           HeraldTrayState      state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
on_display_state_changed (HeraldTrayPresenter *self)
{
  set_state (self, herald_tray_display_get_state (self->display));
}

static void
on_quit (HeraldTrayPresenter *self)
{
  g_signal_emit (self, signals[SIGNAL_QUIT], 0);
}

static gboolean
on_again_timeout (gpointer user_data)
{
  HeraldTrayPresenter *self = user_data;

  self->again_id = 0;
  begin (self);

  return G_SOURCE_REMOVE;
}

/* If the bus itself is gone, so are we before the pause is over. */
static void
on_closed (HeraldTrayPresenter *self)
{
  g_message ("The icon’s connection to the session bus is gone, so it gets another one");
  end (self);
  set_state (self, HERALD_TRAY_ABSENT);
  self->again_id = g_timeout_add_seconds (AGAIN_PAUSE_S, on_again_timeout, self);
}

static void
show (HeraldTrayPresenter *self,
      GDBusConnection     *connection)
{
  self->connection = g_object_ref (connection);
  if (connection != self->session)
    g_signal_connect_object (connection, "closed", G_CALLBACK (on_closed), self, G_CONNECT_SWAPPED);
  self->display = herald_tray_display_new (self->engine, connection, self->launcher);
  g_signal_connect_object (self->display, "notify::state", G_CALLBACK (on_display_state_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->display, "quit", G_CALLBACK (on_quit), self, G_CONNECT_SWAPPED);
  on_display_state_changed (self);
}

static void
on_connection_ready (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(HeraldTrayPresenter) self = HERALD_TRAY_PRESENTER (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) connection = g_dbus_connection_new_for_address_finish (result, &error);

  if (connection != NULL)
    g_dbus_connection_set_exit_on_close (connection, FALSE);

  /* Switched off meanwhile */
  if (self->connecting == NULL)
    {
      if (connection != NULL)
        g_dbus_connection_close (connection, NULL, NULL, NULL);
      return;
    }

  /* And on again: another one is on its way. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->limit_id != 0)
    return;

  g_clear_handle_id (&self->limit_id, g_source_remove);
  g_clear_object (&self->connecting);
  if (connection == NULL)
    g_warning ("The session bus gives us no connection for the icon, which shares the other one: %s", error->message);
  show (self, connection != NULL ? connection : self->session);
}

static gboolean
on_limit_timeout (gpointer user_data)
{
  HeraldTrayPresenter *self = user_data;

  self->limit_id = 0;
  g_cancellable_cancel (self->connecting);

  return G_SOURCE_REMOVE;
}

static void
begin (HeraldTrayPresenter *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);

  if (address == NULL)
    {
      g_warning ("The address of the session bus is not known, so the icon shares our connection: %s", error->message);
      show (self, self->session);
      return;
    }

  self->connecting = g_cancellable_new ();
  self->limit_id = g_timeout_add_seconds (CONNECT_LIMIT_S, on_limit_timeout, self);
  g_dbus_connection_new_for_address (address,
                                     G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                       G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                     NULL, self->connecting, on_connection_ready, g_object_ref (self));
}

static void
end (HeraldTrayPresenter *self)
{
  g_cancellable_cancel (self->connecting);
  g_clear_object (&self->connecting);
  g_clear_handle_id (&self->limit_id, g_source_remove);
  g_clear_handle_id (&self->again_id, g_source_remove);
  g_clear_object (&self->display);
  if (self->connection != NULL && self->connection != self->session)
    {
      g_signal_handlers_disconnect_by_func (self->connection, on_closed, self);
      g_dbus_connection_close (self->connection, NULL, NULL, NULL);
    }
  g_clear_object (&self->connection);
}

static void
on_config_changed (HeraldTrayPresenter *self)
{
  gboolean is_wanted = herald_preferences_get_boolean (herald_engine_get_config (self->engine), PREFERENCE);

  if (!is_wanted)
    {
      end (self);
      set_state (self, HERALD_TRAY_OFF);
    }
  else if (self->display == NULL && self->connecting == NULL && self->again_id == 0)
    {
      set_state (self, HERALD_TRAY_ABSENT);
      begin (self);
    }
}

/* GObject */

static void
herald_tray_presenter_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  if (prop_id == PROP_STATE)
    g_value_set_int (value, (int) HERALD_TRAY_PRESENTER (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
herald_tray_presenter_dispose (GObject *object)
{
  HeraldTrayPresenter *self = HERALD_TRAY_PRESENTER (object);

  end (self);
  g_clear_object (&self->launcher);
  g_clear_object (&self->session);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (herald_tray_presenter_parent_class)->dispose (object);
}

static void
herald_tray_presenter_class_init (HeraldTrayPresenterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = herald_tray_presenter_get_property;
  object_class->dispose = herald_tray_presenter_dispose;

  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, HERALD_TRAY_ABSENT, HERALD_TRAY_OFF, HERALD_TRAY_ABSENT,
                                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_QUIT] = g_signal_new ("quit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
herald_tray_presenter_init (HeraldTrayPresenter *self)
{
}

/**
 * herald_tray_presenter_new:
 * @connection: to the session bus; used for the icon only if there is no other to be had
 */
HeraldTrayPresenter *
herald_tray_presenter_new (HeraldEngine    *engine,
                           GDBusConnection *connection,
                           HeraldLauncher  *launcher)
{
  HeraldTrayPresenter *self = g_object_new (HERALD_TYPE_TRAY_PRESENTER, NULL);

  self->engine = g_object_ref (engine);
  self->session = g_object_ref (connection);
  self->launcher = g_object_ref (launcher);
  g_signal_connect_object (herald_engine_get_config (engine), "changed", G_CALLBACK (on_config_changed), self,
                           G_CONNECT_SWAPPED);
  on_config_changed (self);

  return self;
}

HeraldTrayState
herald_tray_presenter_get_state (HeraldTrayPresenter *self)
{
  return self->state;
}
