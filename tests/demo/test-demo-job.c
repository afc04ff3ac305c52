/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-demo-job"

#include "demo/demo-job.h"

/* The sequences OctoPrint 1.11.8 sent over its socket, without Home and Dwelling, which come from
 * the G-code, and without the analysis of the file. */
#define STARTED "FileSelected STARTING PrintStarted ChartMarked PRINTING "
#define DONE "FINISHING ChartMarked PrintDone MetadataStatisticsUpdated OPERATIONAL "
#define PAUSED "PAUSING PrintPaused ChartMarked PAUSED "
#define RESUMED "RESUMING PrintResumed ChartMarked PRINTING "
#define CANCELLED                                                     \
  "PrintCancelling CANCELLING PrintCancelled ChartMarked "            \
  "MetadataStatisticsUpdated PrintFailed OPERATIONAL "
#define KILLED                                                        \
  "ERROR Error EStop FileDeselected Disconnected OFFLINE "            \
  "MetadataStatisticsUpdated PrintFailed "

static void
note_event (HeraldDemoSays  what,
            const char     *type,
            JsonNode       *payload,
            gpointer        user_data)
{
  GString *said = user_data;

  if (what != HERALD_DEMO_SAYS_EVENT || g_str_equal (type, "ZChange"))
    return;

  if (g_str_equal (type, "PrinterStateChanged"))
    type = json_object_get_string_member (json_node_get_object (payload), "state_id");
  g_string_append_printf (said, "%s ", type);
}

static gboolean
start (HeraldDemoJob     *job,
       const char        *file,
       double             seconds,
       HeraldDemoOutcome  outcome)
{
  return herald_demo_job_start (
      job, &(HeraldDemoPrint) { .file = file, .seconds = seconds, .outcome = outcome });
}

static const HeraldDemoPrints *
get_prints (HeraldDemoJob *job,
            const char    *file)
{
  return &herald_demo_files_find (herald_demo_job_get_files (job), HERALD_DEMO_ORIGIN_LOCAL, file)
              ->prints;
}

static void
advance_to (HeraldDemoJob *job,
            gint64         end_ms)
{
  HeraldDemoView view = { 0 };

  herald_demo_job_get_view (job, &view);
  for (gint64 now = view.now_ms + 100; now <= end_ms; now += 100)
    herald_demo_job_advance (job, now);
}

static void
assert_sequence (HeraldDemoOutcome  outcome,
                 const char        *expected)
{
  g_autoptr(GString) said = g_string_new (NULL);
  HeraldDemoJob *job = herald_demo_job_new (note_event, said);

  herald_demo_job_advance (job, 1000);
  g_assert_true (start (job, "cube.gcode", 10, outcome));
  g_assert_false (start (job, "other.gcode", 10, outcome));
  advance_to (job, 20000);
  g_assert_cmpstr (said->str, ==, expected);
  herald_demo_job_free (job);
}

static void
test_every_end_is_told_in_order (void)
{
  assert_sequence (HERALD_DEMO_OUTCOME_DONE, STARTED DONE);
  assert_sequence (HERALD_DEMO_OUTCOME_CANCELLED, STARTED CANCELLED);
  assert_sequence (HERALD_DEMO_OUTCOME_FAILED, STARTED KILLED);
}

static void
test_pause_stops_the_time (void)
{
  HeraldDemoView view = { 0 };
  g_autoptr(GString) said = g_string_new (NULL);
  HeraldDemoJob *job = herald_demo_job_new (note_event, said);

  herald_demo_job_advance (job, 1000);
  start (job, "cube.gcode", 10, HERALD_DEMO_OUTCOME_DONE);
  advance_to (job, 4000);
  g_assert_true (herald_demo_job_pause (job));
  advance_to (job, 60000);
  herald_demo_job_get_view (job, &view);
  g_assert_cmpfloat_with_epsilon (view.elapsed_s, 3, 0.001);
  g_assert_true (herald_demo_job_resume (job));
  advance_to (job, 80000);
  g_assert_cmpstr (said->str, ==, STARTED PAUSED RESUMED DONE);
  g_assert_cmpuint (get_prints (job, "cube.gcode")->n_success, ==, 1);
  herald_demo_job_free (job);
}

static void
test_lost_printer_fails_a_print_but_not_a_paused_one (void)
{
  g_autoptr(GString) said = g_string_new (NULL);
  HeraldDemoJob *job = herald_demo_job_new (note_event, said);

  herald_demo_job_advance (job, 1000);
  start (job, "cube.gcode", 10, HERALD_DEMO_OUTCOME_DONE);
  herald_demo_job_disconnect (job, "SerialTimeoutException: ");
  g_assert_true (g_str_has_suffix (said->str, "PrintFailed "));

  herald_demo_job_connect (job);
  start (job, "cube.gcode", 10, HERALD_DEMO_OUTCOME_DONE);
  herald_demo_job_pause (job);
  advance_to (job, 3000);
  herald_demo_job_disconnect (job, "SerialTimeoutException: ");
  g_assert_true (g_str_has_suffix (said->str, "Disconnected OFFLINE "));
  herald_demo_job_free (job);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/demo-job/every-end", test_every_end_is_told_in_order);
  g_test_add_func ("/demo-job/pause", test_pause_stops_the_time);
  g_test_add_func ("/demo-job/lost-printer", test_lost_printer_fails_a_print_but_not_a_paused_one);

  return g_test_run ();
}
