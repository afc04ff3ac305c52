/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-rest-job"

#include "demo/demo-rest.h"

#include "core/base/json-reader.h"

static gboolean
is_closed (HeraldDemoRequest *request)
{
  return request->view.state == HERALD_DEMO_STATE_OFFLINE;
}

void
herald_demo_get_connection (HeraldDemoRequest *request)
{
  gboolean closed = is_closed (request);
  gboolean new = request->view.dialect == HERALD_DEMO_DIALECT_2_0;
  g_autofree char *json = g_strdup_printf (
      "{\"current\":{\"state\":\"%s\",\"port\":%s,\"baudrate\":%s,\"printerProfile\":%s},"
      "\"options\":{\"ports\":[\"VIRTUAL\"],\"baudrates\":[250000,115200],"
      "\"printerProfiles\":[{\"id\":\"_default\",\"name\":\"Default\"}],"
      "\"portPreference\":\"VIRTUAL\",\"baudratePreference\":%s,"
      "\"printerProfilePreference\":\"_default\"}}",
      closed ? (new ? "Offline" : "Closed") : request->view.state_text,
      closed ? "null" : "\"VIRTUAL\"", closed ? "null" : "115200",
      closed && new ? "null" : "\"_default\"", new ? "null" : "0");

  herald_demo_answer_json (request, json);
}

void
herald_demo_post_connection (HeraldDemoRequest *request)
{
  const char *command = NULL;

  herald_json_get_string (request->body, "command", &command);
  if (g_strcmp0 (command, "connect") == 0)
    herald_demo_job_connect (request->printer->job);
  else if (g_strcmp0 (command, "disconnect") == 0)
    herald_demo_job_disconnect (request->printer->job, NULL);
  else
    {
      herald_demo_answer_error (request, 400, "command is invalid");
      return;
    }
  herald_demo_answer_nothing (request);
}

void
herald_demo_get_job (HeraldDemoRequest *request)
{
  const HeraldDemoView *view = &request->view;
  HeraldDemoStatusFlags flags =
      herald_demo_printer_get_flags (request->printer) | HERALD_DEMO_STATUS_REST;
  JsonObject *object = json_object_new ();
  g_autofree char *text = herald_demo_status_dup_text (view);

  json_object_set_object_member (object, "job", herald_demo_status_new_job (view, flags));
  json_object_set_object_member (object, "progress", herald_demo_status_new_progress (view, flags));
  json_object_set_string_member (object, "state", text);
  if (view->error != NULL && view->dialect != HERALD_DEMO_DIALECT_1_4)
    json_object_set_string_member (object, "error", view->error);
  else if (view->dialect == HERALD_DEMO_DIALECT_2_0)
    json_object_set_null_member (object, "error");
  herald_demo_answer_take (request, 200, object);
}

static void
post_start (HeraldDemoRequest    *request,
            HeraldDemoPrintFlags  flags)
{
  const HeraldDemoFile *file = request->view.file;

  /* Without a file it is accepted as well. */
  if (file != NULL)
    herald_demo_job_start (request->printer->job,
                           &(HeraldDemoPrint) { .file = file->path, .seconds = file->seconds,
                                                .origin = file->origin, .flags = flags });
  herald_demo_answer_nothing (request);
}

static void
post_pause (HeraldDemoRequest *request)
{
  HeraldDemoJob *job = request->printer->job;
  const char *action = "toggle";

  /* What does not fit the moment is accepted and ignored, as by the real server. */
  herald_json_get_string (request->body, "action", &action);
  if (g_str_equal (action, "toggle"))
    action = request->view.state == HERALD_DEMO_STATE_PAUSED ? "resume" : "pause";
  if (g_str_equal (action, "resume"))
    herald_demo_job_resume (job);
  else if (g_str_equal (action, "pause"))
    herald_demo_job_pause (job);
  else
    {
      herald_demo_answer_error (request, 400, "Unknown action");
      return;
    }
  herald_demo_answer_nothing (request);
}

void
herald_demo_post_job (HeraldDemoRequest *request)
{
  HeraldDemoJob *job = request->printer->job;
  const char *command = "";
  gboolean busy = herald_demo_job_is_active (job) ||
                  request->view.state == HERALD_DEMO_STATE_TRANSFERRING;
  g_autofree char *words = NULL;

  if (is_closed (request))
    {
      herald_demo_answer_error (request, 409, "Printer is not operational");
      return;
    }

  herald_json_get_string (request->body, "command", &command);
  words = g_strdup_printf (
      "Printer is neither printing nor paused, '%s' command cannot be performed", command);
  if (g_str_equal (command, "start") && busy)
    herald_demo_answer_error (request, 409,
                              "Printer already has an active print job, did you mean 'restart'?");
  else if (g_str_equal (command, "start"))
    post_start (request, HERALD_DEMO_PRINT_PLAIN);
  else if (g_str_equal (command, "restart") && request->view.state != HERALD_DEMO_STATE_PAUSED)
    herald_demo_answer_error (request, 409,
                              "Printer does not have an active print job or is not paused");
  else if (g_str_equal (command, "restart"))
    post_start (request, HERALD_DEMO_PRINT_AGAIN);
  else if (!g_str_equal (command, "cancel") && !g_str_equal (command, "pause"))
    herald_demo_answer_error (request, 400, "command is invalid");
  else if (!busy)
    herald_demo_answer_error (request, 409, words);
  else if (g_str_equal (command, "pause"))
    post_pause (request);
  else
    {
      herald_demo_job_cancel (job);
      herald_demo_answer_nothing (request);
    }
}

void
herald_demo_get_printer (HeraldDemoRequest *request)
{
  g_autofree char *json = NULL;
  g_autofree char *state = NULL;
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  const HeraldDemoView *view = &request->view;

  if (is_closed (request))
    {
      herald_demo_answer_error (request, 409, "Printer is not operational");
      return;
    }

  json_node_take_object (node, herald_demo_status_new_state (view));
  state = json_to_string (node, FALSE);
  json = g_strdup_printf ("{\"sd\":{\"ready\":true},\"state\":%s,\"temperature\":{"
                          "\"tool0\":{\"actual\":%d.5,\"target\":%d.0,\"offset\":0},"
                          "\"bed\":{\"actual\":%d.5,\"target\":%d.0,\"offset\":0}}}",
                          state, (int) view->tool, (int) view->tool_target, (int) view->bed,
                          (int) view->bed_target);
  herald_demo_answer_json (request, json);
}

/* Since 1.10; the last error until the printer is connected again */
void
herald_demo_get_error (HeraldDemoRequest *request)
{
  JsonObject *object = NULL;
  JsonArray *logs = NULL;

  if (herald_demo_request_has (request, HERALD_DEMO_FAULT_OLD))
    {
      herald_demo_answer_not_found (request);
      return;
    }

  object = json_object_new ();
  json_object_set_string_member (object, "error",
                                 request->view.error != NULL ? request->view.error : "");
  json_object_set_string_member (object, "reason", request->view.error != NULL ? "firmware" : "");
  if (request->view.error != NULL)
    {
      logs = json_array_new ();
      json_array_add_string_element (logs, "Recv: Error:Printer halted. kill() called!");
      json_object_set_string_member (object, "consequence", "emergency");
      json_object_set_string_member (object, "faq", "firmware-thermal-runaway");
      json_object_set_array_member (object, "logs", logs);
    }
  herald_demo_answer_take (request, 200, object);
}
