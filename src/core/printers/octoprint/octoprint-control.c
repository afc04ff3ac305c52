/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-control"

#include "core/printers/octoprint/octoprint-control.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

#define ANSWER_MAX_BYTES (64 * 1024)

/* OctoPrint takes up to ten seconds to pause, because it asks the printer where it is; and where the
 * state has to be asked for, it is late by some more. */
#define CONFIRM_TIMEOUT_S 30

#define BIT(state) (1u << (state))

/* What OctoPrint is told, and the states that show it has been done. */
static const struct
{
  HeraldPrinterAction action;
  const char *path;
  const char *body;
  guint shown_by;
} rows[] = {
  { HERALD_ACTION_PAUSE, "/api/job", "{\"command\":\"pause\",\"action\":\"pause\"}", BIT (HERALD_STATE_PAUSED) },
  /* What is left may be over before a state shows that it goes on. */
  { HERALD_ACTION_RESUME, "/api/job", "{\"command\":\"pause\",\"action\":\"resume\"}",
    BIT (HERALD_STATE_PRINTING) | BIT (HERALD_STATE_FINISHING) | BIT (HERALD_STATE_OPERATIONAL) },
  { HERALD_ACTION_CANCEL, "/api/job", "{\"command\":\"cancel\"}",
    BIT (HERALD_STATE_OPERATIONAL) | BIT (HERALD_STATE_OFFLINE) | BIT (HERALD_STATE_ERROR) },
  { HERALD_ACTION_CONNECT, "/api/connection", "{\"command\":\"connect\"}",
    BIT (HERALD_STATE_OPERATIONAL) | BIT (HERALD_STATE_PRINTING) },
  { HERALD_ACTION_DISCONNECT, "/api/connection", "{\"command\":\"disconnect\"}", BIT (HERALD_STATE_OFFLINE) },
};

typedef struct
{
  guint row;
  SoupMessage *message;
  gulong state_handler;
  guint timeout_id;
} ControlCall;

static void
control_call_free (ControlCall *call)
{
  g_clear_object (&call->message);
  g_free (call);
}

static void
stop_waiting (GTask *task)
{
  ControlCall *call = g_task_get_task_data (task);

  g_clear_handle_id (&call->timeout_id, g_source_remove);
  g_clear_signal_handler (&call->state_handler, g_task_get_source_object (task));
}

static gboolean
is_done (GTask *task)
{
  ControlCall *call = g_task_get_task_data (task);
  HeraldPrinter *printer = g_task_get_source_object (task);

  return (BIT (herald_printer_get_state (printer)->id) & rows[call->row].shown_by) != 0;
}

static void
on_state_changed (HeraldPrinter *printer,
                  GParamSpec    *pspec,
                  gpointer       user_data)
{
  g_autoptr(GTask) task = NULL;

  if (!is_done (G_TASK (user_data)))
    return;

  task = G_TASK (g_steal_pointer (&user_data));
  stop_waiting (task);
  g_task_return_boolean (task, TRUE);
}

static gboolean
on_confirm_timeout (gpointer user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  ControlCall *call = g_task_get_task_data (task);

  call->timeout_id = 0;
  stop_waiting (task);
  g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_REJECTED,
                           _("OctoPrint has accepted that, but the printer does not do it"));

  return G_SOURCE_REMOVE;
}

static gboolean
check_status (SoupMessage  *message,
              GError      **error)
{
  guint status = soup_message_get_status (message);

  if (SOUP_STATUS_IS_SUCCESSFUL (status))
    return TRUE;

  if (status == SOUP_STATUS_FORBIDDEN || status == SOUP_STATUS_UNAUTHORIZED)
    g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                         _("OctoPrint does not let the owner of the key do that"));
  else
    g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_REJECTED,
                         _("OctoPrint says that the printer cannot do that now"));
  herald_error_set_reply (*error, (int) status, soup_message_get_reason_phrase (message));

  return FALSE;
}

static void
on_answer_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  ControlCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = herald_octoprint_server_send_finish (HERALD_OCTOPRINT_SERVER (object), result, &error);

  if (body == NULL || !check_status (call->message, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (is_done (task))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  call->state_handler = g_signal_connect (g_task_get_source_object (task), "notify::state",
                                          G_CALLBACK (on_state_changed), task);
  call->timeout_id = g_timeout_add_seconds (CONFIRM_TIMEOUT_S, on_confirm_timeout, g_steal_pointer (&task));
}

static char *
refuse (HeraldPrinter *printer)
{
  if (herald_printer_get_connection (printer) != HERALD_CONNECTION_CONNECTED)
    return g_strdup (_("There is no connection to OctoPrint"));

  return g_strdup_printf (_("The printer cannot do that now. OctoPrint says of it: %s"),
                          herald_printer_get_state (printer)->text);
}

void
herald_octoprint_control_async (HeraldPrinter         *printer,
                                HeraldOctoprintServer *server,
                                HeraldPrinterAction    action,
                                GCancellable          *cancellable,
                                GAsyncReadyCallback    callback,
                                gpointer               user_data)
{
  g_autoptr(GTask) task = g_task_new (printer, cancellable, callback, user_data);
  ControlCall *call = NULL;
  guint row = 0;

  while (row < G_N_ELEMENTS (rows) && rows[row].action != action)
    row++;
  g_return_if_fail (row < G_N_ELEMENTS (rows));

  if (server == NULL || (herald_printer_get_actions (printer) & action) == 0)
    {
      g_autofree char *sentence = refuse (printer);

      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_REJECTED, "%s", sentence);
      return;
    }

  call = g_new0 (ControlCall, 1);
  call->row = row;
  call->message = herald_octoprint_server_make_message (server, HERALD_OCTOPRINT_WITH_KEY, SOUP_METHOD_POST,
                                                        rows[row].path);
  herald_octoprint_server_set_json_body (call->message, rows[row].body);
  g_task_set_task_data (task, call, (GDestroyNotify) control_call_free);
  herald_octoprint_server_send_async (server, call->message, ANSWER_MAX_BYTES, cancellable, on_answer_ready,
                                      g_steal_pointer (&task));
}

gboolean
herald_octoprint_control_finish (GAsyncResult  *result,
                                 GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
