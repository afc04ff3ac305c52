/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-demo-gap"

#include "demo/demo-printer.h"

#define HALF_HOUR_MS (30 * 60 * 1000)
#define YEAR_S (365 * 24 * 3600)

/* A printer whose time stands still unless the test moves it */
typedef struct
{
  HeraldDemoClock *clock;
  HeraldDemoPrinter *printer;
  GString *said;
} Fixture;

static void
on_event (HeraldDemoPrinter *printer,
          const char        *type,
          JsonNode          *payload,
          gpointer           user_data)
{
  Fixture *fixture = user_data;

  if (g_str_has_prefix (type, "Print") && !g_str_equal (type, "PrinterStateChanged"))
    g_string_append_printf (fixture->said, "%s ", type);
  else if (g_str_equal (type, "MetadataStatisticsUpdated"))
    g_string_append (fixture->said, "counted ");
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;

  fixture->clock = herald_demo_clock_new (0);
  fixture->printer = herald_demo_printer_new ("MK3", "KEY", 0, 1, &error);
  g_assert_no_error (error);
  herald_demo_printer_set_clock (fixture->printer, fixture->clock);
  fixture->said = g_string_new (NULL);
  g_signal_connect (fixture->printer, "event", G_CALLBACK (on_event), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_assert_finalize_object (fixture->printer);
  g_assert_finalize_object (fixture->clock);
  g_string_free (fixture->said, TRUE);
}

static HeraldDemoFile *
find (Fixture *fixture)
{
  return herald_demo_files_find (
      herald_demo_job_get_files (herald_demo_printer_get_job (fixture->printer)),
      HERALD_DEMO_ORIGIN_LOCAL, "cube.gcode");
}

static HeraldDemoView
look (Fixture *fixture)
{
  HeraldDemoView view = { 0 };

  herald_demo_job_get_view (herald_demo_printer_get_job (fixture->printer), &view);

  return view;
}

static gboolean
is_reachable (Fixture *fixture)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = g_socket_client_connect_to_host (
      client, "127.0.0.1", herald_demo_printer_get_port (fixture->printer), NULL, NULL);

  return connection != NULL;
}

static void
test_print_ends_in_a_gap_at_its_own_time (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  gint64 begin_ms = look (fixture).now_ms;

  herald_demo_printer_print (fixture->printer, "cube.gcode", 600, HERALD_DEMO_OUTCOME_DONE);
  herald_demo_printer_play_fault (fixture->printer, HERALD_DEMO_FAULT_AWAY, 1700, NULL);
  g_assert_false (is_reachable (fixture));
  herald_demo_clock_advance (fixture->clock, 1600 * 1000);
  g_assert_false (is_reachable (fixture));
  herald_demo_clock_advance (fixture->clock, HALF_HOUR_MS - 1600 * 1000);

  g_assert_true (is_reachable (fixture));
  g_assert_cmpstr (fixture->said->str, ==, "PrintStarted PrintDone counted ");
  g_assert_cmpint (look (fixture).now_ms, ==, begin_ms + HALF_HOUR_MS);
  g_assert_cmpint (find (fixture)->prints.last_ms, ==, begin_ms + 600 * 1000);
  g_assert_cmpuint (find (fixture)->prints.n_success, ==, 1);
}

static void
test_height_grows_with_the_progress (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  herald_demo_printer_print (fixture->printer, "cube.gcode", 1000, HERALD_DEMO_OUTCOME_DONE);
  g_assert_cmpfloat (look (fixture).z, ==, 0);
  herald_demo_clock_advance (fixture->clock, 505 * 1000);
  g_assert_cmpfloat_with_epsilon (look (fixture).z, 10.2, 0.001);
  herald_demo_clock_advance (fixture->clock, 494 * 1000);
  g_assert_cmpfloat_with_epsilon (look (fixture).z, 20.0, 0.001);
}

static void
test_late_history_follows_the_end (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  herald_demo_printer_play_fault (fixture->printer, HERALD_DEMO_FAULT_LATE_HISTORY, 0, NULL);
  herald_demo_printer_print (fixture->printer, "cube.gcode", 10, HERALD_DEMO_OUTCOME_DONE);
  herald_demo_clock_advance (fixture->clock, 11 * 1000);
  g_assert_cmpstr (fixture->said->str, ==, "PrintStarted PrintDone ");
  g_assert_cmpuint (find (fixture)->prints.n_success, ==, 0);
  herald_demo_clock_advance (fixture->clock, 5 * 1000);
  g_assert_cmpstr (fixture->said->str, ==, "PrintStarted PrintDone counted ");
  g_assert_cmpuint (find (fixture)->prints.n_success, ==, 1);
}

/* As on a busy computer: the next print has begun by then. */
static void
test_late_history_fails_during_the_next_print (Fixture       *fixture,
                                               gconstpointer  user_data)
{
  herald_demo_printer_play_fault (fixture->printer, HERALD_DEMO_FAULT_LATE_HISTORY, 0, NULL);
  herald_demo_printer_print (fixture->printer, "cube.gcode", 10, HERALD_DEMO_OUTCOME_CANCELLED);
  while (strstr (fixture->said->str, "PrintCancelled") == NULL)
    herald_demo_clock_advance (fixture->clock, 100);
  herald_demo_clock_advance (fixture->clock, 1000);
  herald_demo_printer_print (fixture->printer, "cube.gcode", 10, HERALD_DEMO_OUTCOME_DONE);
  herald_demo_clock_advance (fixture->clock, 20 * 1000);
  g_assert_cmpstr (fixture->said->str, ==,
                   "PrintStarted PrintCancelling PrintCancelled PrintStarted counted PrintFailed PrintDone counted ");
}

static void
test_restart_forgets_the_job_and_keeps_the_counters (Fixture       *fixture,
                                                     gconstpointer  user_data)
{
  herald_demo_printer_print (fixture->printer, "cube.gcode", 10, HERALD_DEMO_OUTCOME_DONE);
  herald_demo_clock_advance (fixture->clock, 20 * 1000);
  herald_demo_printer_print (fixture->printer, "cube.gcode", 10, HERALD_DEMO_OUTCOME_DONE);
  herald_demo_printer_play_fault (fixture->printer, HERALD_DEMO_FAULT_RESTART, 30, NULL);
  herald_demo_clock_advance (fixture->clock, 60 * 1000);

  g_assert_true (is_reachable (fixture));
  g_assert_cmpstr (fixture->said->str, ==, "PrintStarted PrintDone counted PrintStarted ");
  g_assert_null (look (fixture).file);
  g_assert_cmpuint (look (fixture).markings->len, ==, 1);
  g_assert_cmpuint (find (fixture)->prints.n_success, ==, 1);
  g_assert_cmpuint (find (fixture)->prints.n_failure, ==, 0);
}

static void
test_files_are_reset_replaced_and_deleted (Fixture       *fixture,
                                           gconstpointer  user_data)
{
  g_autofree char *hash = NULL;
  gint64 date_ms = 0;

  herald_demo_printer_print (fixture->printer, "cube.gcode", 10, HERALD_DEMO_OUTCOME_CANCELLED);
  herald_demo_clock_advance (fixture->clock, 20 * 1000);
  g_assert_cmpuint (find (fixture)->prints.n_failure, ==, 1);
  hash = g_strdup (find (fixture)->hash);
  date_ms = find (fixture)->date_ms;

  herald_demo_printer_play_fault (fixture->printer, HERALD_DEMO_FAULT_COUNTERS_RESET, 0,
                                  "cube.gcode");
  g_assert_cmpuint (find (fixture)->prints.n_failure, ==, 0);
  g_assert_cmpstr (find (fixture)->hash, ==, hash);
  herald_demo_printer_play_fault (fixture->printer, HERALD_DEMO_FAULT_FILE_REPLACED, 0,
                                  "cube.gcode");
  g_assert_cmpstr (find (fixture)->hash, !=, hash);
  g_assert_cmpint (find (fixture)->date_ms, ==, date_ms + 20 * 1000);
  herald_demo_printer_play_fault (fixture->printer, HERALD_DEMO_FAULT_FILE_DELETED, 0,
                                  "cube.gcode");
  g_assert_null (find (fixture));
}

static void
test_wrong_clock_is_wrong_in_all_dates (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  gint64 begin_ms = look (fixture).now_ms;
  gint64 off_ms = -10 * (gint64) YEAR_S * 1000;

  herald_demo_printer_set_clock_off (fixture->printer, off_ms / 1000);
  herald_demo_printer_print (fixture->printer, "cube.gcode", 10, HERALD_DEMO_OUTCOME_DONE);
  herald_demo_clock_advance (fixture->clock, 20 * 1000);
  g_assert_cmpint (look (fixture).server_ms, ==, begin_ms + 20 * 1000 + off_ms);
  g_assert_cmpint (find (fixture)->date_ms, ==, begin_ms + off_ms);
  g_assert_cmpint (find (fixture)->prints.last_ms, ==, begin_ms + 10 * 1000 + off_ms);
  g_assert_cmpfloat (find (fixture)->prints.last_s, ==, 10);

  /* Later the clock is set right. */
  herald_demo_printer_play_fault (fixture->printer, HERALD_DEMO_FAULT_NONE, 0, NULL);
  herald_demo_clock_set_wall_ms (fixture->clock, begin_ms + 7 * HALF_HOUR_MS);
  g_assert_cmpint (look (fixture).server_ms, ==, begin_ms + 7 * HALF_HOUR_MS);
  g_assert_cmpint (look (fixture).now_ms, ==, begin_ms + 20 * 1000);
}

static void
test_odd_prints_end_as_told (Fixture       *fixture,
                             gconstpointer  user_data)
{
  HeraldDemoPrint print = { .file = "cube.gcode",
                            .seconds = 10,
                            .outcome = HERALD_DEMO_OUTCOME_CANCELLED,
                            .flags = HERALD_DEMO_PRINT_FAILED_FIRST };

  g_assert_true (herald_demo_printer_start (fixture->printer, &print));
  herald_demo_clock_advance (fixture->clock, 10 * 1000);
  g_assert_cmpstr (fixture->said->str, ==,
                   "PrintStarted PrintCancelling PrintFailed PrintCancelled counted ");

  g_string_truncate (fixture->said, 0);
  print = (HeraldDemoPrint){ .file = "card.gco",
                             .seconds = 10,
                             .origin = HERALD_DEMO_ORIGIN_SDCARD,
                             .starter = HERALD_DEMO_STARTER_PRINTER };
  g_assert_true (herald_demo_printer_start (fixture->printer, &print));
  g_assert_cmpstr (look (fixture).state_text, ==, "Printing from SD");
  herald_demo_clock_advance (fixture->clock, 10 * 1000);
  g_assert_cmpstr (fixture->said->str, ==, "PrintDone ");
}

#define ADD(path, func) g_test_add ("/demo-gap/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("away", test_print_ends_in_a_gap_at_its_own_time);
  ADD ("height", test_height_grows_with_the_progress);
  ADD ("late-history", test_late_history_follows_the_end);
  ADD ("late-failure", test_late_history_fails_during_the_next_print);
  ADD ("restart", test_restart_forgets_the_job_and_keeps_the_counters);
  ADD ("files", test_files_are_reset_replaced_and_deleted);
  ADD ("clock-off", test_wrong_clock_is_wrong_in_all_dates);
  ADD ("odd-prints", test_odd_prints_end_as_told);

  return g_test_run ();
}
