/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-open-portal"

#include "service/actions/open-portal.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define CALL_LIMIT_MS (30 * 1000)

/* GLib could ask, too, but where nobody has this portal, versions of it (2.84) end the whole program. */

static void
on_call_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;
  g_autoptr(GVariant) handle =
    g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), NULL, result, &error);

  if (handle == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* Returns: (nullable): with the file, opened, at index 0 */
static GUnixFDList *
open_file (const char  *path,
           GError     **error)
{
  int file = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  if (file < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return NULL;
    }

  return g_unix_fd_list_new_from_array (&file, 1);
}

static GVariant *
make_options (const char *token)
{
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  if (token != NULL && *token != '\0')
    g_variant_builder_add (&options, "{sv}", "activation_token", g_variant_new_string (token));

  return g_variant_builder_end (&options);
}

void
herald_open_portal_async (GDBusConnection     *connection,
                          const char          *uri,
                          const char          *token,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_autofree char *path = g_filename_from_uri (uri, NULL, NULL);
  g_autoptr(GUnixFDList) files = NULL;
  GVariant *arguments = NULL;
  GError *error = NULL;

  if (path != NULL)
    {
      files = open_file (path, &error);
      if (files == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
      arguments = g_variant_new ("(sh@a{sv})", "", 0, make_options (token));
    }
  else
    arguments = g_variant_new ("(ss@a{sv})", "", uri, make_options (token));

  g_dbus_connection_call_with_unix_fd_list (connection, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.portal.OpenURI",
                                            path != NULL ? "OpenFile" : "OpenURI", arguments, G_VARIANT_TYPE ("(o)"),
                                            G_DBUS_CALL_FLAGS_NONE, CALL_LIMIT_MS, files, NULL, on_call_ready,
                                            g_steal_pointer (&task));
}

gboolean
herald_open_portal_finish (GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
