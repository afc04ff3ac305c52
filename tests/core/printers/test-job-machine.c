/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-job-machine"

#include "core/printers/job-machine.h"

#define START_MS G_GINT64_CONSTANT (1795228393000)

typedef struct
{
  HeraldJobMachine *machine;
  gint64 now_ms;
  GString *told;
  GHashTable *dedupes;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->machine = herald_job_machine_new ("mk3");
  herald_job_machine_set_options (fixture->machine, &(HeraldWatchOptions) { .progress.step_percent = 10 });
  fixture->now_ms = START_MS;
  fixture->told = g_string_new (NULL);
  fixture->dedupes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  herald_job_machine_free (fixture->machine);
  g_string_free (fixture->told, TRUE);
  g_hash_table_unref (fixture->dedupes);
}

/* Notes what was told as "kind[:progress][/source]", and that nothing is told under one key twice. */
static void
take_events (Fixture   *fixture,
             GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      HeraldEvent *event = g_ptr_array_index (events, i);

      g_string_append_printf (fixture->told, "%s%s", fixture->told->len > 0 ? " " : "",
                              herald_event_kind_get_info (event->kind)->id);
      if (event->kind == HERALD_KIND_PRINT_PROGRESS)
        g_string_append_printf (fixture->told, ":%s", herald_values_get (event->values, "progress"));
      if (event->kind == HERALD_KIND_PRINT_STARTED)
        g_assert_null (herald_values_get (event->values, "progress"));
      if (event->kind == HERALD_KIND_PRINT_DONE)
        g_assert_cmpstr (herald_values_get (event->values, "progress"), ==, "100");
      if (event->source != HERALD_SOURCE_LIVE)
        g_string_append_printf (fixture->told, "/%s", herald_event_source_to_id (event->source));
      g_assert_true (g_hash_table_add (fixture->dedupes, g_strdup (event->dedupe)));
    }
  g_ptr_array_unref (events);
}

static void
say (Fixture         *fixture,
     HeraldJobSignal  signal,
     const char      *reason)
{
  g_autoptr(HeraldValues) values = herald_values_new ();

  herald_values_set (values, "name", "cube.gcode");
  herald_values_set (values, "path", "a/cube.gcode");
  herald_values_set (values, "reason", reason);
  take_events (fixture, herald_job_machine_take_signal (fixture->machine, signal, values, fixture->now_ms));
}

static void
show (Fixture       *fixture,
      HeraldStateId  id,
      double         progress,
      const char    *path)
{
  g_autoptr(HeraldPrinterState) state = herald_printer_state_new ();

  state->id = id;
  state->progress = progress;
  state->path = g_strdup (path);
  state->name = g_strdup (path);
  take_events (fixture, herald_job_machine_take_state (fixture->machine, state, fixture->now_ms));
}

static void
wait_ms (Fixture *fixture,
         gint64   ms)
{
  fixture->now_ms += ms;
  take_events (fixture, herald_job_machine_take_time (fixture->machine, fixture->now_ms));
}

static void
assert_told (Fixture    *fixture,
             const char *expected)
{
  g_assert_cmpstr (fixture->told->str, ==, expected);
}

static void
test_print_is_told_once (Fixture       *fixture,
                         gconstpointer  user_data)
{
  say (fixture, HERALD_JOB_STARTED, NULL);
  show (fixture, HERALD_STATE_OPERATIONAL, -1, "a/cube.gcode");
  show (fixture, HERALD_STATE_PRINTING, 0, "a/cube.gcode");
  show (fixture, HERALD_STATE_PRINTING, 9.9, "a/cube.gcode");
  show (fixture, HERALD_STATE_PRINTING, 10.1, "a/cube.gcode");
  show (fixture, HERALD_STATE_PRINTING, 10.2, "a/cube.gcode");
  show (fixture, HERALD_STATE_PRINTING, 47, "a/cube.gcode");
  show (fixture, HERALD_STATE_PRINTING, 100, "a/cube.gcode");
  say (fixture, HERALD_JOB_DONE, NULL);
  show (fixture, HERALD_STATE_FINISHING, 100, "a/cube.gcode");
  show (fixture, HERALD_STATE_PRINTING, 100, "a/cube.gcode");
  show (fixture, HERALD_STATE_OPERATIONAL, 100, "a/cube.gcode");
  wait_ms (fixture, 60000);
  show (fixture, HERALD_STATE_OPERATIONAL, 100, "a/cube.gcode");
  say (fixture, HERALD_JOB_DONE, NULL);

  assert_told (fixture, "print-started print-progress:10 print-progress:40 print-done");
}

static void
test_cancel_is_one_message (Fixture       *fixture,
                            gconstpointer  user_data)
{
  say (fixture, HERALD_JOB_STARTED, NULL);
  say (fixture, HERALD_JOB_CANCELLED, NULL);
  say (fixture, HERALD_JOB_FAILED, "cancelled");
  show (fixture, HERALD_STATE_CANCELLING, 50, "a/cube.gcode");
  show (fixture, HERALD_STATE_OPERATIONAL, -1, "a/cube.gcode");
  wait_ms (fixture, 60000);

  assert_told (fixture, "print-started print-cancelled");
}

static void
test_cancel_told_only_as_failure_is_a_cancel (Fixture       *fixture,
                                              gconstpointer  user_data)
{
  say (fixture, HERALD_JOB_STARTED, NULL);
  say (fixture, HERALD_JOB_FAILED, "cancelled");
  say (fixture, HERALD_JOB_CANCELLED, NULL);

  assert_told (fixture, "print-started print-cancelled");
}

static void
test_error_disconnect_and_failure_are_one_message (Fixture       *fixture,
                                                   gconstpointer  user_data)
{
  say (fixture, HERALD_JOB_STARTED, NULL);
  say (fixture, HERALD_PRINTER_ERROR, NULL);
  say (fixture, HERALD_PRINTER_DISCONNECTED, NULL);
  show (fixture, HERALD_STATE_ERROR, -1, NULL);
  wait_ms (fixture, 1000);
  say (fixture, HERALD_JOB_FAILED, "error");
  wait_ms (fixture, 60000);

  assert_told (fixture, "print-started print-failed");
}

static void
test_lost_connection_while_paused_is_a_failure (Fixture       *fixture,
                                                gconstpointer  user_data)
{
  say (fixture, HERALD_JOB_STARTED, NULL);
  say (fixture, HERALD_JOB_PAUSED, NULL);
  show (fixture, HERALD_STATE_PAUSED, 30, "a/cube.gcode");
  say (fixture, HERALD_PRINTER_DISCONNECTED, NULL);
  g_assert_cmpint (herald_job_machine_get_due_ms (fixture->machine), >, fixture->now_ms);
  wait_ms (fixture, 4000);
  assert_told (fixture, "print-started print-paused");
  wait_ms (fixture, 2000);

  assert_told (fixture, "print-started print-paused print-failed/inferred");
}

static void
test_printer_news_without_a_print (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  say (fixture, HERALD_PRINTER_CONNECTED, NULL);
  fixture->now_ms++;
  say (fixture, HERALD_PRINTER_DISCONNECTED, NULL);
  fixture->now_ms++;
  say (fixture, HERALD_PRINTER_ERROR, NULL);

  assert_told (fixture, "printer-operational printer-offline printer-error");
}

static void
test_joining_tells_no_old_marks (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  show (fixture, HERALD_STATE_PRINTING, 43, "a/cube.gcode");
  show (fixture, HERALD_STATE_PRINTING, 49.9, "a/cube.gcode");
  show (fixture, HERALD_STATE_PRINTING, 50.1, "a/cube.gcode");
  say (fixture, HERALD_JOB_DONE, NULL);

  assert_told (fixture, "print-progress:50 print-done");
}

static void
test_finished_while_away_is_told_on_return (Fixture       *fixture,
                                            gconstpointer  user_data)
{
  say (fixture, HERALD_JOB_STARTED, NULL);
  herald_job_machine_open_gap (fixture->machine);
  wait_ms (fixture, 600000);
  show (fixture, HERALD_STATE_OPERATIONAL, 100, "a/cube.gcode");

  assert_told (fixture, "print-started print-done/reconciled");
}

static void
test_gone_without_a_trace_is_a_failure (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  say (fixture, HERALD_JOB_STARTED, NULL);
  herald_job_machine_open_gap (fixture->machine);
  wait_ms (fixture, 600000);
  show (fixture, HERALD_STATE_OPERATIONAL, -1, NULL);

  assert_told (fixture, "print-started print-failed/inferred");
}

static void
test_print_that_goes_on_is_not_told_anew (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  say (fixture, HERALD_JOB_STARTED, NULL);
  show (fixture, HERALD_STATE_PRINTING, 15, "a/cube.gcode");
  herald_job_machine_open_gap (fixture->machine);
  wait_ms (fixture, 600000);
  show (fixture, HERALD_STATE_PRINTING, 16, "a/cube.gcode");
  say (fixture, HERALD_JOB_DONE, NULL);

  assert_told (fixture, "print-started print-progress:10 print-done");
}

static void
test_same_file_twice_is_two_prints (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  for (guint i = 0; i < 2; i++)
    {
      say (fixture, HERALD_JOB_STARTED, NULL);
      show (fixture, HERALD_STATE_PRINTING, 12, "a/cube.gcode");
      say (fixture, HERALD_JOB_DONE, NULL);
      fixture->now_ms += 1000;
    }

  assert_told (fixture, "print-started print-progress:10 print-done "
                        "print-started print-progress:10 print-done");
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/job-machine/print", test_print_is_told_once },
    { "/job-machine/cancel", test_cancel_is_one_message },
    { "/job-machine/cancel-as-failure", test_cancel_told_only_as_failure_is_a_cancel },
    { "/job-machine/failure", test_error_disconnect_and_failure_are_one_message },
    { "/job-machine/lost-while-paused", test_lost_connection_while_paused_is_a_failure },
    { "/job-machine/no-print", test_printer_news_without_a_print },
    { "/job-machine/join", test_joining_tells_no_old_marks },
    { "/job-machine/finished-while-away", test_finished_while_away_is_told_on_return },
    { "/job-machine/gone", test_gone_without_a_trace_is_a_failure },
    { "/job-machine/goes-on", test_print_that_goes_on_is_not_told_anew },
    { "/job-machine/twice", test_same_file_twice_is_two_prints },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
