/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-notification-daemon"

#include "service/notification-daemon.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

#define NAME "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"

/* The bus starts the daemon if it can, which took 0.15 s for the slowest one. */
#define ANSWER_LIMIT_MS 5000

static void
return_unreachable (GTask        *task,
                    const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_error_copy (cause));
  else
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNREACHABLE, "%s",
                             _("There is no notification service on this desktop"));
}

static void
on_capabilities_ready (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                              &error);
  char **capabilities = NULL;

  if (answer == NULL)
    {
      return_unreachable (task, error);
      return;
    }

  g_variant_get (answer, "(^as)", &capabilities);
  g_task_return_pointer (task, capabilities, (GDestroyNotify) g_strfreev);
}

static void
on_bus_ready (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) connection = g_bus_get_finish (result, &error);

  if (connection == NULL)
    {
      return_unreachable (task, error);
      return;
    }

  /* Whoever comes first to the shared connection must say so, or GLib ends us with the bus */
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  g_dbus_connection_call (connection, NAME, PATH, NAME, "GetCapabilities", NULL,
                          G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE, ANSWER_LIMIT_MS,
                          g_task_get_cancellable (task), on_capabilities_ready, g_object_ref (task));
}

/**
 * herald_notification_daemon_probe_async:
 *
 * Asks the notification service what it can do, having the bus start it if
 * need be. libnotify's own calls block; after this they find a service that
 * answers.
 */
void
herald_notification_daemon_probe_async (GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, herald_notification_daemon_probe_async);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, on_bus_ready, task);
}

/**
 * herald_notification_daemon_probe_finish:
 *
 * Returns: (transfer full) (array zero-terminated=1): its capabilities, or
 *   %NULL with HERALD_ERROR_UNREACHABLE
 */
char **
herald_notification_daemon_probe_finish (GAsyncResult  *result,
                                         GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
