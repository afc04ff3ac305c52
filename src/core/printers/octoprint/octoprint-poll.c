/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-poll"

#include "core/printers/octoprint/octoprint-poll.h"

#include "core/base/error.h"
#include "core/base/json-reader.h"
#include "core/printers/octoprint/octoprint-answer.h"

#define ANSWER_MAX_BYTES (256 * 1024)

#define STATUS_CONFLICT 409

/* The two answers that together are what a `current` message holds. */

static void
take_member (JsonObject *to,
             JsonObject *from,
             const char *name)
{
  if (json_object_has_member (from, name))
    json_object_set_member (to, name, json_node_copy (json_object_get_member (from, name)));
}

/* Without a printer OctoPrint answers 409, and the words of the job are all there is. */
static JsonObject *
make_offline_state (JsonObject *job)
{
  JsonObject *state = json_object_new ();
  JsonObject *flags = json_object_new ();
  const char *text = "Offline";

  herald_json_get_string (job, "state", &text);
  json_object_set_string_member (state, "text", text);
  take_member (state, job, "error");
  json_object_set_boolean_member (flags, "closedOrError", TRUE);
  json_object_set_object_member (state, "flags", flags);

  return state;
}

static void
add_temperatures (JsonObject *content,
                  JsonObject *printer)
{
  JsonObject *temperatures = herald_json_get_object (printer, "temperature");
  JsonArray *points;

  if (temperatures == NULL)
    return;

  points = json_array_new ();
  json_array_add_object_element (points, json_object_ref (temperatures));
  json_object_set_array_member (content, "temps", points);
}

static void
on_printer_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  JsonObject *job = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) printer = herald_octoprint_ask_finish (result, &error);
  g_autoptr(JsonObject) content = NULL;

  if (printer == NULL && herald_error_get_reply_code (error) != STATUS_CONFLICT)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  content = json_object_new ();
  take_member (content, job, "job");
  take_member (content, job, "progress");
  if (printer != NULL)
    {
      take_member (content, printer, "state");
      add_temperatures (content, printer);
    }
  else
    {
      json_object_set_object_member (content, "state", make_offline_state (job));
    }
  g_task_return_pointer (task, g_steal_pointer (&content), (GDestroyNotify) json_object_unref);
}

static void
on_job_ready (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldOctoprintServer *server = HERALD_OCTOPRINT_SERVER (object);
  g_autoptr(GError) error = NULL;
  JsonObject *job = herald_octoprint_ask_finish (result, &error);
  GCancellable *cancellable;

  if (job == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_task_set_task_data (task, job, (GDestroyNotify) json_object_unref);
  cancellable = g_task_get_cancellable (task);
  herald_octoprint_ask_async (server, "/api/printer?exclude=sd", ANSWER_MAX_BYTES, cancellable, on_printer_ready,
                              g_steal_pointer (&task));
}

void
herald_octoprint_poll_async (HeraldOctoprintServer *server,
                             GCancellable          *cancellable,
                             GAsyncReadyCallback    callback,
                             gpointer               user_data)
{
  herald_octoprint_ask_async (server, "/api/job", ANSWER_MAX_BYTES, cancellable, on_job_ready,
                              g_task_new (server, cancellable, callback, user_data));
}

JsonObject *
herald_octoprint_poll_finish (GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
