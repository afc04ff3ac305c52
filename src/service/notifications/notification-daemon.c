/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-notification-daemon"

#include "service/notifications/notification-daemon-private.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

#define SANDBOX_MARK "/.flatpak-info"

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

/* Asking */

static void
return_unreachable (GTask        *task,
                    const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_error_copy (cause));
  else
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNREACHABLE, "%s",
                             g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
                                 g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY)
                               ? _("The notification service of this desktop does not answer")
                               : _("There is no notification service on this desktop"));
}

/* What it is called is worth little: whoever does not say it has no quirks that we know of. */
static void
on_information_ready (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldNotificationDaemon *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  const char *server = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) || self->connection != G_DBUS_CONNECTION (source))
    {
      return_unreachable (task, error);
      return;
    }

  if (answer != NULL)
    g_variant_get (answer, "(&s&s&s&s)", &server, NULL, NULL, NULL);
  herald_notification_traits_read (&self->traits, server, g_task_get_task_data (task));
  self->is_known = TRUE;
  g_task_return_boolean (task, TRUE);
}

static void
on_capabilities_ready (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldNotificationDaemon *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  char **capabilities = NULL;

  if (answer == NULL)
    {
      return_unreachable (task, error);
      return;
    }

  g_variant_get (answer, "(^as)", &capabilities);
  g_task_set_task_data (task, capabilities, (GDestroyNotify) g_strfreev);
  g_dbus_connection_call (G_DBUS_CONNECTION (source), self->road->name, self->road->path, self->road->interface,
                          "GetServerInformation", NULL, G_VARIANT_TYPE ("(ssss)"), G_DBUS_CALL_FLAGS_NONE,
                          HERALD_NOTIFICATION_LIMIT_MS, g_task_get_cancellable (task), on_information_ready, g_object_ref (task));
}

static void
on_portal_version_ready (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldNotificationDaemon *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL)
    {
      return_unreachable (task, error);
      return;
    }

  herald_notification_traits_set_portal (&self->traits);
  self->is_known = self->connection == G_DBUS_CONNECTION (source);
  g_task_return_boolean (task, TRUE);
}

static void
ask (HeraldNotificationDaemon *self,
     GTask                    *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (self->is_known)
    g_task_return_boolean (task, TRUE);
  else if (self->road->is_portal)
    g_dbus_connection_call (self->connection, self->road->name, self->road->path, "org.freedesktop.DBus.Properties", "Get",
                            g_variant_new ("(ss)", self->road->interface, "version"), G_VARIANT_TYPE ("(v)"),
                            G_DBUS_CALL_FLAGS_NONE, HERALD_NOTIFICATION_LIMIT_MS, cancellable, on_portal_version_ready,
                            g_object_ref (task));
  else
    g_dbus_connection_call (self->connection, self->road->name, self->road->path, self->road->interface,
                            "GetCapabilities", NULL, G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE, HERALD_NOTIFICATION_LIMIT_MS,
                            cancellable, on_capabilities_ready, g_object_ref (task));
}

static void
on_bus_ready (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldNotificationDaemon *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) connection = g_bus_get_finish (result, &error);

  /* Whoever comes first to the shared connection must say so, or GLib ends us with the bus */
  if (connection != NULL)
    g_dbus_connection_set_exit_on_close (connection, FALSE);

  if (connection != NULL && self->connection == NULL && !g_dbus_connection_is_closed (connection))
    herald_notification_daemon_set_connection (self, connection);
  if (self->connection != NULL)
    ask (self, task);
  else
    return_unreachable (task, error);
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

  shared = herald_notification_daemon_new (g_file_test (SANDBOX_MARK, G_FILE_TEST_EXISTS));
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

/**
 * herald_notification_daemon_ask_async:
 *
 * Finds out who shows notifications and what that one can do, having the bus start it if need be.
 */
void
herald_notification_daemon_ask_async (HeraldNotificationDaemon *self,
                                      GCancellable             *cancellable,
                                      GAsyncReadyCallback       callback,
                                      gpointer                  user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, herald_notification_daemon_ask_async);
  if (self->connection != NULL)
    ask (self, task);
  else
    g_bus_get (G_BUS_TYPE_SESSION, cancellable, on_bus_ready, g_object_ref (task));
}

const HeraldNotificationTraits *
herald_notification_daemon_ask_finish (HeraldNotificationDaemon  *self,
                                       GAsyncResult              *result,
                                       GError                   **error)
{
  return g_task_propagate_boolean (G_TASK (result), error) ? &self->traits : NULL;
}
