/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-rest-demo"

#include "demo/demo-rest.h"

#include "core/base/json-reader.h"

/* What no OctoPrint has: the strings by which the simulator is played. */

#define PRINT_DEFAULT_S 60.0
#define TRANSFER_DEFAULT_S 10.0
#define FAULT_MAX_S (365.0 * 24 * 3600)
#define ADVANCE_MAX_S (30.0 * 24 * 3600)
#define YEAR_S (365.25 * 24 * 3600)
#define YEARS_MAX 200.0

static HeraldDemoOutcome
get_outcome (HeraldDemoRequest *request)
{
  const char *outcome = "done";

  herald_json_get_string (request->body, "outcome", &outcome);
  if (g_str_equal (outcome, "failed"))
    return HERALD_DEMO_OUTCOME_FAILED;

  return g_str_equal (outcome, "cancelled") ? HERALD_DEMO_OUTCOME_CANCELLED
                                            : HERALD_DEMO_OUTCOME_DONE;
}

/* `{"fault": …, "seconds": …, "location": …, "file": …, "years": …}` */
void
herald_demo_post_fault (HeraldDemoRequest *request)
{
  const char *name = NULL;
  const char *what = NULL;
  double seconds = 0;
  double years = 10;
  HeraldDemoFault fault = HERALD_DEMO_FAULT_NONE;

  herald_json_get_string (request->body, "fault", &name);
  herald_json_get_string (request->body, "location", &what);
  herald_json_get_string (request->body, "file", &what);
  herald_json_get_double (request->body, "seconds", &seconds);
  herald_json_get_double (request->body, "years", &years);
  if (!herald_demo_printer_find_fault (name, &fault))
    {
      herald_demo_answer_error (request, 400, "There is no such fault.");
      return;
    }

  herald_demo_answer_nothing (request);
  herald_demo_printer_play_soon (request->printer, fault, CLAMP (seconds, 0, FAULT_MAX_S), what);
  if (fault == HERALD_DEMO_FAULT_CLOCK_OFF)
    herald_demo_printer_set_clock_off (request->printer,
                                       (gint64) (CLAMP (years, -YEARS_MAX, YEARS_MAX) * YEAR_S));
}

/* `{"file": …, "seconds": …, "outcome": …, "origin": "sdcard", "by": "printer",
 * "failed_first": true, "timelapse": true}` */
void
herald_demo_post_print (HeraldDemoRequest *request)
{
  HeraldDemoPrint print = { .file = "demo.gcode", .seconds = PRINT_DEFAULT_S };
  const char *origin = "local";
  const char *by = "octoprint";

  herald_json_get_string (request->body, "file", &print.file);
  herald_json_get_string (request->body, "origin", &origin);
  herald_json_get_string (request->body, "by", &by);
  herald_json_get_double (request->body, "seconds", &print.seconds);
  print.outcome = get_outcome (request);
  if (!g_str_equal (origin, "local"))
    print.origin = HERALD_DEMO_ORIGIN_SDCARD;
  if (g_str_equal (by, "printer"))
    print.starter = HERALD_DEMO_STARTER_PRINTER;
  if (herald_json_get_boolean (request->body, "failed_first"))
    print.flags |= HERALD_DEMO_PRINT_FAILED_FIRST;
  if (herald_json_get_boolean (request->body, "timelapse"))
    print.flags |= HERALD_DEMO_PRINT_TIMELAPSE;

  if (!(print.seconds > 0) || !herald_demo_printer_start (request->printer, &print))
    herald_demo_answer_error (request, 409, "The printer is not ready for a print.");
  else
    herald_demo_answer_nothing (request);
}

/* `{"file": …, "seconds": …, "outcome": …}` */
void
herald_demo_post_transfer (HeraldDemoRequest *request)
{
  const char *file = "demo.gco";
  double seconds = TRANSFER_DEFAULT_S;

  herald_json_get_string (request->body, "file", &file);
  herald_json_get_double (request->body, "seconds", &seconds);
  if (!(seconds > 0) || !herald_demo_job_transfer (request->printer->job, file, seconds,
                                                   get_outcome (request)))
    herald_demo_answer_error (request, 409, "The printer is not ready for a transfer.");
  else
    herald_demo_answer_nothing (request);
}

/* `{"file": …, "seconds": …}` */
void
herald_demo_post_upload (HeraldDemoRequest *request)
{
  const char *file = "demo.gcode";
  double seconds = PRINT_DEFAULT_S;

  herald_json_get_string (request->body, "file", &file);
  herald_json_get_double (request->body, "seconds", &seconds);
  herald_demo_job_upload (request->printer->job, file, seconds > 0 ? seconds : PRINT_DEFAULT_S);
  herald_demo_answer_nothing (request);
}

static void
say (HeraldDemoRequest *request,
     HeraldDemoSays     what,
     const char        *type_name,
     const char        *payload_name)
{
  const char *type = NULL;
  JsonNode *known = NULL;
  g_autoptr(JsonNode) payload = NULL;

  if (!herald_json_get_string (request->body, type_name, &type))
    {
      herald_demo_answer_error (request, 400, "Something is missing.");
      return;
    }

  known = json_object_get_member (request->body, payload_name);
  payload = known != NULL ? json_node_copy (known) : json_node_new (JSON_NODE_NULL);
  herald_demo_printer_say (request->printer, what, type, payload);
  herald_demo_answer_nothing (request);
}

/* `{"type": …, "payload": …}` */
void
herald_demo_post_event (HeraldDemoRequest *request)
{
  say (request, HERALD_DEMO_SAYS_EVENT, "type", "payload");
}

/* `{"plugin": …, "data": …}` */
void
herald_demo_post_plugin (HeraldDemoRequest *request)
{
  say (request, HERALD_DEMO_SAYS_PLUGIN, "plugin", "data");
}

/* `{"lines": […]}` */
void
herald_demo_post_logs (HeraldDemoRequest *request)
{
  JsonArray *lines = herald_json_get_array (request->body, "lines");

  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    {
      JsonNode *line = json_array_get_element (lines, i);

      if (json_node_get_value_type (line) == G_TYPE_STRING)
        herald_demo_printer_add_log (request->printer, json_node_get_string (line));
    }
  herald_demo_answer_nothing (request);
}

/* `{"allow": true}` */
void
herald_demo_post_access (HeraldDemoRequest *request)
{
  herald_demo_printer_decide_access (request->printer,
                                     herald_json_get_boolean (request->body, "allow"));
  herald_demo_answer_nothing (request);
}

/* `{"seconds": …}`: so much time passes for this printer at once. */
void
herald_demo_post_advance (HeraldDemoRequest *request)
{
  double seconds = 0;

  herald_json_get_double (request->body, "seconds", &seconds);
  herald_demo_clock_advance (request->printer->clock,
                             (gint64) (CLAMP (seconds, 0, ADVANCE_MAX_S) * 1000));
  herald_demo_answer_nothing (request);
}
