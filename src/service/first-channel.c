/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-first-channel"

#include "service/first-channel.h"

#include <glib/gi18n-lib.h>

#define NOTIFICATIONS "org.freedesktop.Notifications"

/* A bus that is there answers in milliseconds. */
#define ANSWER_LIMIT_MS 10000

/* Where a notification service can be found out about, one after the other */
static const char *const lists[] = { "ListActivatableNames", "ListNames" };

static void ask_next (GTask *taken_task,
                      guint  number);

static void
add (GTask *taken_task)
{
  g_autoptr(GTask) task = taken_task;
  HeraldEngine *engine = g_task_get_source_object (task);
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL;

  /* Its id is made of its name. Commands that are explained somewhere have that of the English one, in every language. */
  herald_values_set (settings, "name", "Desktop");
  id = herald_engine_add_channel (engine, "desktop", settings, &error);
  herald_values_set (settings, "name", _("Desktop"));
  if (id == NULL || !herald_engine_change_channel (engine, id, settings, &error))
    g_warning ("Cannot add the first channel: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
on_names_ready (GDBusConnection *connection,
                GAsyncResult    *result,
                gpointer         user_data,
                guint            number)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (connection, result, &error);
  g_autofree const char **names = NULL;

  if (answer != NULL)
    g_variant_get (answer, "(^a&s)", &names);
  if (names != NULL && g_strv_contains (names, NOTIFICATIONS))
    add (g_steal_pointer (&task));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_boolean (task, FALSE);
  else
    ask_next (g_steal_pointer (&task), number + 1);
}

static void
on_startable_names_ready (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  on_names_ready (G_DBUS_CONNECTION (source), result, user_data, 0);
}

static void
on_present_names_ready (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  on_names_ready (G_DBUS_CONNECTION (source), result, user_data, 1);
}

static void
ask_next (GTask *taken_task,
          guint  number)
{
  static const GAsyncReadyCallback callbacks[] = { on_startable_names_ready, on_present_names_ready };
  g_autoptr(GTask) task = taken_task;
  GDBusConnection *connection = g_task_get_task_data (task);

  if (number == G_N_ELEMENTS (lists))
    {
      g_message ("Nothing here shows notifications, so there is no channel for them");
      g_task_return_boolean (task, FALSE);
      return;
    }

  g_dbus_connection_call (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                          lists[number], NULL, G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE, ANSWER_LIMIT_MS,
                          g_task_get_cancellable (task), callbacks[number], g_object_ref (task));
}

/**
 * herald_first_channel_add_async:
 *
 * Gives a new user notifications at once, where something shows them: a display, or a notification service that runs
 * or can be started. On a computer without any, that channel would wait for ever.
 */
void
herald_first_channel_add_async (HeraldEngine        *engine,
                                GDBusConnection     *connection,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = g_task_new (engine, cancellable, callback, user_data);

  g_task_set_source_tag (task, herald_first_channel_add_async);
  g_task_set_task_data (task, g_object_ref (connection), g_object_unref);
  if (g_list_model_get_n_items (herald_engine_get_channels (engine)) > 0)
    {
      g_task_return_boolean (task, FALSE);
      g_object_unref (task);
    }
  else if (g_getenv ("DISPLAY") != NULL || g_getenv ("WAYLAND_DISPLAY") != NULL)
    add (task);
  else
    ask_next (task, 0);
}

void
herald_first_channel_add_finish (HeraldEngine *engine,
                                 GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, engine));

  g_task_propagate_boolean (G_TASK (result), NULL);
}
