/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-notification-ask"

#include "service/notifications/notification-daemon-private.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

/* Who takes the place of another while it is asked is asked, too: the bus may just have started it. */
#define ASKED_MAX 3

/* Finds out who shows notifications and what that one can do: another part of #HeraldNotificationDaemon. */

static void ask (HeraldNotificationDaemon *self,
                 GTask                    *task);

/**
 * Asking:
 * @n_forgotten: of the daemon, when it was asked
 * @n_asked: how often
 * @capabilities: (nullable): what it has answered so far
 */
typedef struct
{
  guint n_forgotten;
  guint n_asked;
  char **capabilities;
} Asking;

static void
asking_free (Asking *asking)
{
  g_strfreev (asking->capabilities);
  g_free (asking);
}

static gboolean
is_silence (const GError *cause)
{
  return g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
         g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY);
}

static gboolean
is_absence (const GError *cause)
{
  return g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
         g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER);
}

static gboolean
is_refusal (const GError *cause)
{
  return g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD) ||
         g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT) ||
         g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_INTERFACE) ||
         g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED);
}

static void
return_unreachable (GTask        *task,
                    const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_error_copy (cause));
  else
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNREACHABLE, "%s",
                             is_silence (cause)   ? _("The notification service of this desktop does not answer")
                             : is_refusal (cause) ? _("The notification service of this desktop does not say what it can do")
                                                  : _("There is no notification service on this desktop"));
}

/* What another said that has gone meanwhile is of no use. */
static gboolean
ask_again (HeraldNotificationDaemon *self,
           GTask                    *task)
{
  Asking *asking = g_task_get_task_data (task);

  if (self->connection == NULL || asking->n_forgotten == self->n_forgotten || asking->n_asked >= ASKED_MAX)
    return FALSE;

  ask (self, task);
  return TRUE;
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
  Asking *asking = g_task_get_task_data (task);
  const char *server = NULL;

  if (g_task_return_error_if_cancelled (task) || ask_again (self, task))
    return;
  if (is_silence (error) || is_absence (error) || asking->n_forgotten != self->n_forgotten)
    {
      return_unreachable (task, error);
      return;
    }

  if (answer != NULL)
    g_variant_get (answer, "(&s&s&s&s)", &server, NULL, NULL, NULL);
  herald_notification_traits_read (&self->traits, server, (const char *const *) asking->capabilities);
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
  Asking *asking = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task) || ask_again (self, task))
    return;
  if (answer == NULL)
    {
      return_unreachable (task, error);
      return;
    }

  g_variant_get (answer, "(^as)", &asking->capabilities);
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
  Asking *asking = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task) || ask_again (self, task))
    return;
  if (answer == NULL || asking->n_forgotten != self->n_forgotten)
    {
      return_unreachable (task, error);
      return;
    }

  herald_notification_traits_set_portal (&self->traits);
  self->is_known = TRUE;
  g_task_return_boolean (task, TRUE);
}

static void
ask (HeraldNotificationDaemon *self,
     GTask                    *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Asking *asking = g_task_get_task_data (task);

  asking->n_asked++;
  asking->n_forgotten = self->n_forgotten;
  g_clear_pointer (&asking->capabilities, g_strfreev);
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
  g_task_set_task_data (task, g_new0 (Asking, 1), (GDestroyNotify) asking_free);
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

static void
on_owner_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  const char *owner = NULL;

  if (answer == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_variant_get (answer, "(&s)", &owner);
  g_task_return_pointer (task, g_strdup_printf ("%s %s", g_dbus_connection_get_guid (G_DBUS_CONNECTION (source)), owner),
                         g_free);
}

/**
 * herald_notification_daemon_identify_async:
 *
 * Asks the bus, and starts nobody. To be called once there is a connection.
 */
void
herald_notification_daemon_identify_async (HeraldNotificationDaemon *self,
                                           GCancellable             *cancellable,
                                           GAsyncReadyCallback       callback,
                                           gpointer                  user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (self->connection != NULL);

  g_task_set_source_tag (task, herald_notification_daemon_identify_async);
  g_dbus_connection_call (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                          "GetNameOwner", g_variant_new ("(s)", self->road->name), G_VARIANT_TYPE ("(s)"),
                          G_DBUS_CALL_FLAGS_NONE, HERALD_NOTIFICATION_LIMIT_MS, cancellable, on_owner_ready,
                          g_object_ref (task));
}

/**
 * herald_notification_daemon_identify_finish:
 *
 * Returns: (transfer full): what no other that shows notifications is ever called, on any bus; %NULL with an error if nobody
 *   shows them
 */
char *
herald_notification_daemon_identify_finish (HeraldNotificationDaemon  *self,
                                            GAsyncResult              *result,
                                            GError                   **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
