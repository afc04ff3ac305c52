/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-notification-daemon"

#include "service/notifications/notification-daemon-private.h"

#include "core/base/sandbox.h"

static const HeraldNotificationRoad server_road = {
  "org.freedesktop.Notifications", "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "CloseNotification",
  FALSE,
};

static const HeraldNotificationRoad portal_road = {
  "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Notification",
  "RemoveNotification", TRUE,
};

/**
 * HeraldNotificationDaemon:
 *
 * Who shows notifications: a server of the desktop or, in a sandbox, the portal. It knows what that one can do, asks
 * anew when another takes its place, and tells what people do with what is shown. Every call has a limit and none
 * blocks, which is why libnotify is not used: its calls wait 25 s for a server that is silent.
 */
G_DEFINE_FINAL_TYPE (HeraldNotificationDaemon, herald_notification_daemon, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CLICKED,
  SIGNAL_CLOSED,
  SIGNAL_VANISHED,
  SIGNAL_APPEARED,
  N_SIGNALS,
} HeraldNotificationDaemonSignal;

static guint signals[N_SIGNALS];

/* Who it is */

static void
forget (HeraldNotificationDaemon *self)
{
  self->is_known = FALSE;
  self->n_forgotten++;
  g_clear_pointer (&self->token, g_free);
  g_signal_emit (self, signals[SIGNAL_VANISHED], 0);
}

static void
on_owner_changed (GDBusConnection *connection,
                  const char      *sender,
                  const char      *path,
                  const char      *interface,
                  const char      *signal,
                  GVariant        *arguments,
                  gpointer         user_data)
{
  HeraldNotificationDaemon *self = user_data;
  const char *owner = NULL;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(sss)")))
    return;

  g_variant_get (arguments, "(&s&s&s)", NULL, NULL, &owner);
  forget (self);
  if (*owner != '\0')
    g_signal_emit (self, signals[SIGNAL_APPEARED], 0);
}

/* What people do */

static void
click (HeraldNotificationDaemon *self,
       const char               *handle,
       const char               *button,
       const char               *token)
{
  g_signal_emit (self, signals[SIGNAL_CLICKED], 0, handle, button, token);
}

static void
on_server_signal (GDBusConnection *connection,
                  const char      *sender,
                  const char      *path,
                  const char      *interface,
                  const char      *signal,
                  GVariant        *arguments,
                  gpointer         user_data)
{
  HeraldNotificationDaemon *self = user_data;
  g_autofree char *handle = NULL;
  const char *text = NULL;
  guint32 id = 0;

  if (g_str_equal (signal, "NotificationClosed") && g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(uu)")))
    {
      g_variant_get (arguments, "(uu)", &id, NULL);
      handle = g_strdup_printf ("%u", id);
      g_signal_emit (self, signals[SIGNAL_CLOSED], 0, handle);
      return;
    }
  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(us)")))
    return;

  g_variant_get (arguments, "(u&s)", &id, &text);
  if (g_str_equal (signal, "ActivationToken"))
    {
      g_free (self->token);
      self->token = g_strdup (text);
      self->token_id = id;
    }
  else if (g_str_equal (signal, "ActionInvoked"))
    {
      g_autofree char *token = self->token_id == id ? g_steal_pointer (&self->token) : NULL;

      handle = g_strdup_printf ("%u", id);
      click (self, handle, text, token);
    }
}

static void
on_portal_signal (GDBusConnection *connection,
                  const char      *sender,
                  const char      *path,
                  const char      *interface,
                  const char      *signal,
                  GVariant        *arguments,
                  gpointer         user_data)
{
  HeraldNotificationDaemon *self = user_data;
  g_autoptr(GVariant) more = NULL;
  g_autofree char *token = NULL;
  const char *handle = NULL;
  const char *button = NULL;
  GVariantIter iter;
  GVariant *item;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(ssav)")))
    return;

  g_variant_get (arguments, "(&s&s@av)", &handle, &button, &more);
  g_variant_iter_init (&iter, more);
  while (token == NULL && g_variant_iter_next (&iter, "v", &item))
    {
      if (g_variant_is_of_type (item, G_VARIANT_TYPE_VARDICT))
        g_variant_lookup (item, "activation-token", "s", &token);
      g_variant_unref (item);
    }
  click (self, handle, button, token);
}

/* The connection */

static void
let_go (HeraldNotificationDaemon *self)
{
  if (self->connection == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (self->subscriptions); i++)
    {
      if (self->subscriptions[i] != 0)
        g_dbus_connection_signal_unsubscribe (self->connection, self->subscriptions[i]);
      self->subscriptions[i] = 0;
    }
  g_clear_signal_handler (&self->closed_id, self->connection);
  g_clear_object (&self->connection);
}

/* Whoever held a closed connection would have GLib hand it out for ever. */
static void
on_connection_closed (HeraldNotificationDaemon *self)
{
  let_go (self);
  forget (self);
}

static void
subscribe (HeraldNotificationDaemon *self)
{
  static const char *const server_signals[] = { "ActionInvoked", "NotificationClosed", "ActivationToken" };
  const HeraldNotificationRoad *road = self->road;

  self->subscriptions[0] =
    g_dbus_connection_signal_subscribe (self->connection, "org.freedesktop.DBus", "org.freedesktop.DBus",
                                        "NameOwnerChanged", "/org/freedesktop/DBus", road->name, G_DBUS_SIGNAL_FLAGS_NONE,
                                        on_owner_changed, self, NULL);
  if (road->is_portal)
    {
      self->subscriptions[1] =
        g_dbus_connection_signal_subscribe (self->connection, road->name, road->interface, "ActionInvoked", road->path,
                                            NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_portal_signal, self, NULL);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (server_signals); i++)
    self->subscriptions[i + 1] =
      g_dbus_connection_signal_subscribe (self->connection, road->name, road->interface, server_signals[i], road->path,
                                          NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_server_signal, self, NULL);
}

/* GObject */

static void
herald_notification_daemon_dispose (GObject *object)
{
  HeraldNotificationDaemon *self = HERALD_NOTIFICATION_DAEMON (object);

  let_go (self);
  g_clear_pointer (&self->token, g_free);

  G_OBJECT_CLASS (herald_notification_daemon_parent_class)->dispose (object);
}

static void
herald_notification_daemon_class_init (HeraldNotificationDaemonClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_notification_daemon_dispose;

  signals[SIGNAL_CLICKED] = g_signal_new ("clicked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                          G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_STRING);
  signals[SIGNAL_VANISHED] = g_signal_new ("vanished", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_APPEARED] = g_signal_new ("appeared", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
herald_notification_daemon_init (HeraldNotificationDaemon *self)
{
}

HeraldNotificationDaemon *
herald_notification_daemon_new (gboolean uses_portal)
{
  HeraldNotificationDaemon *self = g_object_new (HERALD_TYPE_NOTIFICATION_DAEMON, NULL);

  self->road = uses_portal ? &portal_road : &server_road;

  return self;
}

HeraldNotificationDaemon *
herald_notification_daemon_ref (void)
{
  static HeraldNotificationDaemon *shared;

  if (shared != NULL)
    return g_object_ref (shared);

  shared = herald_notification_daemon_new (herald_sandbox_is_inside ());
  g_object_add_weak_pointer (G_OBJECT (shared), (gpointer *) &shared);

  return shared;
}

gboolean
herald_notification_daemon_is_portal (HeraldNotificationDaemon *self)
{
  return self->road->is_portal;
}

void
herald_notification_daemon_set_connection (HeraldNotificationDaemon *self,
                                           GDBusConnection          *connection)
{
  if (self->connection == connection)
    return;

  if (self->connection != NULL)
    {
      let_go (self);
      forget (self);
    }
  if (connection == NULL)
    return;

  self->connection = g_object_ref (connection);
  self->closed_id = g_signal_connect_object (connection, "closed", G_CALLBACK (on_connection_closed), self,
                                             G_CONNECT_SWAPPED);
  subscribe (self);
}
