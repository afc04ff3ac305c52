/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-background-start"

#include "window/background-start.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#define SERVICE_NAME "io.github.octoherald.OctoHerald.Service"

/* As for the window: it opens its database and asks the keyring before it takes its name. */
#define START_LIMIT_MS 20000

typedef struct
{
  GMainLoop *loop;
  GError *error;
} Start;

static void
on_start_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  Start *start = user_data;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &start->error);

  g_main_loop_quit (start->loop);
}

static void
on_bus_ready (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Start *start = user_data;
  g_autoptr(GDBusConnection) bus = g_bus_get_finish (result, &start->error);

  if (bus == NULL)
    {
      g_main_loop_quit (start->loop);
      return;
    }

  g_dbus_connection_set_exit_on_close (bus, FALSE);
  g_dbus_connection_call (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                          "StartServiceByName", g_variant_new ("(su)", SERVICE_NAME, 0), G_VARIANT_TYPE ("(u)"),
                          G_DBUS_CALL_FLAGS_NONE, START_LIMIT_MS, NULL, on_start_ready, start);
}

/**
 * herald_background_start:
 *
 * Nothing of GTK is needed for it, nor a display.
 */
int
herald_background_start (void)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Start start = { loop, NULL };

  g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus_ready, &start);
  g_main_loop_run (loop);
  if (start.error == NULL)
    return 0;

  g_debug ("%s", start.error->message);
  g_printerr ("%s\n", _("The service could not be started. Please check that OctoHerald is installed completely, then log "
                        "out and in again."));
  g_error_free (start.error);

  return 1;
}
