/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-background-request"

#include "service/session/background-request.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/task.h"
#include "service/session/portal-handle.h"

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define CALL_LIMIT_MS 10000

/* Some desktops ask a person first, and whoever waits for us waits 25 s. */
#define ANSWER_LIMIT_S 20

/* xdg-desktop-portal, org.freedesktop.portal.Request.Response */
#define RESPONSE_SUCCESS 0u

typedef struct
{
  GDBusConnection *connection;
  gboolean autostart;
  char *handle;
  guint response_id;
  GSource *limit;
  GSource *cancelled;
} Request;

static void
source_clear (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Nothing more is heard from now on. */
static void
request_end (gpointer data)
{
  Request *request = data;

  if (request->response_id != 0)
    g_dbus_connection_signal_unsubscribe (request->connection, request->response_id);
  request->response_id = 0;
  source_clear (&request->limit);
  source_clear (&request->cancelled);
}

static void
request_free (Request *request)
{
  request_end (request);
  g_clear_object (&request->connection);
  g_free (request->handle);
  g_free (request);
}

/* @error: (transfer full) (nullable) */
static void
settle (GTask  *task,
        GError *error)
{
  herald_task_settle (task, error, request_end);
}

static void
on_response (GDBusConnection *connection,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *signal,
             GVariant        *parameters,
             gpointer         user_data)
{
  GTask *task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr(GVariant) results = NULL;
  gboolean autostart = FALSE;
  guint32 response = RESPONSE_SUCCESS + 1;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    {
      g_variant_get (parameters, "(u@a{sv})", &response, &results);
      g_variant_lookup (results, "autostart", "b", &autostart);
    }

  if (!request->autostart || (response == RESPONSE_SUCCESS && autostart))
    settle (task, NULL);
  else
    settle (task, g_error_new_literal (HERALD_ERROR, HERALD_ERROR_REJECTED,
                                       _("This desktop does not allow OctoHerald to be started at login. The desktop’s "
                                         "own settings can allow it, where they list the applications.")));
}

static gboolean
on_limit_timeout (gpointer user_data)
{
  GTask *task = user_data;
  Request *request = g_task_get_task_data (task);

  g_dbus_connection_call (request->connection, PORTAL_NAME, request->handle, "org.freedesktop.portal.Request", "Close",
                          NULL, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_LIMIT_MS, NULL, NULL, NULL);
  settle (task, g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNREACHABLE,
                                     _("This desktop did not say whether OctoHerald may be started at login. Please try "
                                       "again.")));

  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      user_data)
{
  settle (user_data, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The question was withdrawn"));

  return G_SOURCE_REMOVE;
}

static void
listen (GTask      *task,
        const char *handle)
{
  Request *request = g_task_get_task_data (task);

  if (request->response_id != 0)
    g_dbus_connection_signal_unsubscribe (request->connection, request->response_id);
  g_free (request->handle);
  request->handle = g_strdup (handle);
  request->response_id =
    g_dbus_connection_signal_subscribe (request->connection, PORTAL_NAME, "org.freedesktop.portal.Request", "Response",
                                        handle, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_response, g_object_ref (task),
                                        g_object_unref);
}

static void
begin_waiting (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  request->limit = g_timeout_source_new_seconds (ANSWER_LIMIT_S);
  g_source_set_callback (request->limit, on_limit_timeout, g_object_ref (task), g_object_unref);
  g_source_attach (request->limit, NULL);
  if (g_task_get_cancellable (task) == NULL)
    return;

  request->cancelled = g_cancellable_source_new (g_task_get_cancellable (task));
  g_source_set_callback (request->cancelled, G_SOURCE_FUNC (on_cancelled), g_object_ref (task), g_object_unref);
  g_source_attach (request->cancelled, NULL);
}

static void
on_request_ready (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Request *request = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  const char *handle = NULL;

  if (answer == NULL)
    {
      g_debug ("No Background portal: %s", error->message);
      settle (task, g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNREACHABLE,
                                         _("This desktop cannot start programs from a sandbox at login. Add OctoHerald to "
                                           "the programs that it starts by itself.")));
      return;
    }

  /* Portals before 0.9 choose it themselves. */
  g_variant_get (answer, "(&o)", &handle);
  if (!g_task_get_completed (task) && !g_str_equal (handle, request->handle))
    listen (task, handle);
}

void
herald_background_request_async (GDBusConnection     *connection,
                                 const char          *program,
                                 gboolean             autostart,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *token = herald_portal_handle_make_token ();
  g_autofree char *handle = herald_portal_handle_make (connection, token);
  const char *const line[] = { program, "--if-needed", NULL };
  Request *request = g_new0 (Request, 1);
  GVariantBuilder options;

  request->connection = g_object_ref (connection);
  request->autostart = autostart;
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason",
                         g_variant_new_string (_("OctoHerald watches your 3D printers also while its window is closed.")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (autostart));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (line, -1));
  g_variant_builder_add (&options, "{sv}", "dbus-activatable", g_variant_new_boolean (FALSE));

  listen (task, handle);
  begin_waiting (task);
  g_dbus_connection_call (connection, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.portal.Background", "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE,
                          CALL_LIMIT_MS, cancellable, on_request_ready, g_object_ref (task));
}

gboolean
herald_background_request_finish (GAsyncResult  *result,
                                  GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
