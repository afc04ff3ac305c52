/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-notification-call"

#include "service/notifications/notification-daemon-private.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

/* Only for a remark in the history */
#define QUIET_LIMIT_MS 1000

/* What is said to those who show notifications: the other half of #HeraldNotificationDaemon. */

/* The message was on its way: only an answer proves that it was not shown. Who is not there can show nothing, and may be
 * there soon. */
static void
return_show_error (GTask        *task,
                   const GError *cause)
{
  if (g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
      g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER))
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_BUSY, "%s",
                             _("There is no notification service on this desktop"));
  else if (g_dbus_error_is_remote_error (cause) && !g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY))
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_REJECTED, "%s",
                             _("The notification service of this desktop refused the message"));
  else
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_AMBIGUOUS, "%s",
                             _("The notification service of this desktop did not answer"));
}

static void
on_show_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldNotificationDaemon *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  guint32 id = 0;

  if (answer == NULL)
    {
      return_show_error (task, error);
      return;
    }
  if (self->road->is_portal)
    {
      g_task_return_pointer (task, g_strdup (g_task_get_task_data (task)), g_free);
      return;
    }

  /* No server may call one 0, which means none; nor can that of another server be named. */
  if (self->is_known && self->connection == G_DBUS_CONNECTION (source))
    g_variant_get (answer, "(u)", &id);
  g_task_return_pointer (task, id != 0 ? g_strdup_printf ("%u", id) : g_strdup (""), g_free);
}

/**
 * herald_notification_daemon_show_async:
 * @replaces: (nullable): the handle of one that is shown; empty for none
 */
void
herald_notification_daemon_show_async (HeraldNotificationDaemon *self,
                                       const HeraldNotification *notification,
                                       const char               *replaces,
                                       GCancellable             *cancellable,
                                       GAsyncReadyCallback       callback,
                                       gpointer                  user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  gboolean is_new = replaces == NULL || *replaces == '\0';

  g_task_set_source_tag (task, herald_notification_daemon_show_async);
  if (self->connection == NULL || !self->is_known)
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_BUSY, "%s",
                               _("There is no notification service on this desktop"));
      return;
    }

  if (self->road->is_portal)
    {
      char *id = is_new ? g_uuid_string_random () : g_strdup (replaces);

      g_task_set_task_data (task, id, g_free);
      g_dbus_connection_call (self->connection, self->road->name, self->road->path, self->road->interface,
                              "AddNotification", herald_notification_look_for_portal (notification, id), NULL,
                              G_DBUS_CALL_FLAGS_NONE, HERALD_NOTIFICATION_LIMIT_MS, cancellable, on_show_ready, g_object_ref (task));
      return;
    }

  g_dbus_connection_call (self->connection, self->road->name, self->road->path, self->road->interface, "Notify",
                          herald_notification_look_for_server (
                              notification, &self->traits,
                              is_new ? 0 : (guint32) g_ascii_strtoull (replaces, NULL, 10)),
                          G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, HERALD_NOTIFICATION_LIMIT_MS, cancellable, on_show_ready,
                          g_object_ref (task));
}

char *
herald_notification_daemon_show_finish (HeraldNotificationDaemon  *self,
                                        GAsyncResult              *result,
                                        GError                   **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
herald_notification_daemon_close (HeraldNotificationDaemon *self,
                                  const char               *handle)
{
  GVariant *arguments;

  if (self->connection == NULL || !self->is_known || *handle == '\0')
    return;

  arguments = self->road->is_portal
                ? g_variant_new ("(s)", handle)
                : g_variant_new ("(u)", (guint32) g_ascii_strtoull (handle, NULL, 10));
  g_dbus_connection_call (self->connection, self->road->name, self->road->path, self->road->interface, self->road->close,
                          arguments, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, HERALD_NOTIFICATION_LIMIT_MS, NULL, NULL, NULL);
}

static void
on_quiet_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr(GVariant) value = NULL;

  if (answer != NULL)
    g_variant_get (answer, "(v)", &value);
  g_task_return_boolean (task, value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) &&
                                 g_variant_get_boolean (value));
}

/**
 * herald_notification_daemon_is_quiet_async:
 *
 * Asks whether do-not-disturb is on. Nothing gets around it; it is worth a remark.
 */
void
herald_notification_daemon_is_quiet_async (HeraldNotificationDaemon *self,
                                           GCancellable             *cancellable,
                                           GAsyncReadyCallback       callback,
                                           gpointer                  user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, herald_notification_daemon_is_quiet_async);
  if (self->connection == NULL || !self->is_known || self->traits.quiet_interface == NULL)
    {
      g_task_return_boolean (task, FALSE);
      return;
    }

  g_dbus_connection_call (self->connection, self->road->name, self->road->path, "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", self->traits.quiet_interface, self->traits.quiet_property),
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, QUIET_LIMIT_MS, cancellable,
                          on_quiet_ready, g_object_ref (task));
}

gboolean
herald_notification_daemon_is_quiet_finish (HeraldNotificationDaemon *self,
                                            GAsyncResult             *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
