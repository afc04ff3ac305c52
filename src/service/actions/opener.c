/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-opener"

#include "service/actions/opener.h"

#include "core/base/sandbox.h"
#include "service/actions/open-portal.h"
#include "service/actions/program-start.h"
#include "service/notifications/plain-notice.h"

/* Of GLib: gives an address to the program the user has chosen for it */
#define OPENER "gio"
#define LAUNCH_LIMIT_S 30

/* Something given to another program, and what to tell if there is none */
typedef struct
{
  GCancellable *cancellable;
  guint limit_id;
  char *title;
  char *text;
} Launch;

static void
launch_free (Launch *launch)
{
  g_clear_handle_id (&launch->limit_id, g_source_remove);
  g_clear_object (&launch->cancellable);
  g_free (launch->title);
  g_free (launch->text);
  g_free (launch);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Launch, launch_free)

static gboolean
on_launch_limit_timeout (gpointer user_data)
{
  Launch *launch = user_data;

  launch->limit_id = 0;
  g_cancellable_cancel (launch->cancellable);

  return G_SOURCE_REMOVE;
}

static void
tell_result (Launch       *launch,
             const GError *error)
{
  if (error == NULL)
    return;

  g_message ("%s: %s", launch->title, error->message);
  herald_plain_notice_tell (launch->title, launch->text);
}

static void
on_launch_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Launch) launch = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;

  g_app_info_launch_default_for_uri_finish (result, &error);
  tell_result (launch, error);
}

static void
on_opener_ended (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Launch) launch = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;

  herald_program_start_finish (result, &error);
  tell_result (launch, error);
}

static void
on_portal_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Launch) launch = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;

  herald_open_portal_finish (result, &error);
  tell_result (launch, error);
}

static void
launch_by_glib (Launch     *launch,
                   const char *uri,
                   const char *token)
{
  g_autoptr(GAppLaunchContext) context = g_app_launch_context_new ();

  if (token != NULL && *token != '\0')
    {
      g_app_launch_context_setenv (context, "XDG_ACTIVATION_TOKEN", token);
      g_app_launch_context_setenv (context, "DESKTOP_STARTUP_ID", token);
    }
  launch->cancellable = g_cancellable_new ();
  launch->limit_id = g_timeout_add_seconds (LAUNCH_LIMIT_S, on_launch_limit_timeout, launch);
  g_app_info_launch_default_for_uri_async (uri, context, launch->cancellable, on_launch_ready, launch);
}

/**
 * herald_opener_open:
 * @connection: to the session bus
 * @token: (nullable): of the click that asked for it
 * @title: what to tell if there is no program for it, and
 * @text: what to do then
 */
void
herald_opener_open (GDBusConnection *connection,
                    const char      *uri,
                    const char      *token,
                    const char      *title,
                    const char      *text)
{
  g_autofree char *opener = g_find_program_in_path (OPENER);
  const char *const words[] = { opener, "open", uri, NULL };
  Launch *launch = g_new0 (Launch, 1);

  launch->title = g_strdup (title);
  launch->text = g_strdup (text);
  if (herald_sandbox_is_inside ())
    herald_open_portal_async (connection, uri, token, on_portal_ready, launch);
  else if (opener == NULL)
    launch_by_glib (launch, uri, token);
  else
    herald_program_start_async (connection, HERALD_PROGRAM_ENDS, words, token, on_opener_ended, launch);
}
