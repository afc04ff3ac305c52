/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-octoprint-printer"

#include "fixtures/watched-printer.h"

static void
test_print_is_told (WatchedPrinter *fixture,
                    gconstpointer   user_data)
{
  watched_printer_start (fixture);
  g_assert_cmpstr (herald_printer_get_version (fixture->printer), ==, "1.11.8");
  herald_demo_printer_print (fixture->server, "benchy.gcode", 60, HERALD_DEMO_OUTCOME_DONE);

  watched_printer_await_told (fixture, "print-started print-progress print-done");
}

static void
test_cancel_is_told_once (WatchedPrinter *fixture,
                          gconstpointer   user_data)
{
  watched_printer_start (fixture);
  herald_printer_set_watch_options (fixture->printer, &(HeraldWatchOptions) { 0 });
  herald_demo_printer_print (fixture->server, "benchy.gcode", 30, HERALD_DEMO_OUTCOME_CANCELLED);

  watched_printer_await_told (fixture, "print-started print-cancelled");
}

static void
test_failure_is_told_once (WatchedPrinter *fixture,
                           gconstpointer   user_data)
{
  watched_printer_start (fixture);
  herald_printer_set_watch_options (fixture->printer, &(HeraldWatchOptions) { 0 });
  herald_demo_printer_print (fixture->server, "benchy.gcode", 30, HERALD_DEMO_OUTCOME_FAILED);

  watched_printer_await_told (fixture, "print-started print-failed");
  watched_printer_let_pass (2000);
  g_assert_cmpstr (fixture->told->str, ==, "print-started print-failed");
}

static void
test_stays_with_an_odd_server (WatchedPrinter *fixture,
                               gconstpointer   user_data)
{
  const HeraldDemoFault fault = (HeraldDemoFault) GPOINTER_TO_INT (user_data);

  watched_printer_play (fixture, fault);
  watched_printer_start (fixture);
  herald_printer_set_watch_options (fixture->printer, &(HeraldWatchOptions) { 0 });
  herald_demo_printer_print (fixture->server, "benchy.gcode", 30, HERALD_DEMO_OUTCOME_DONE);

  watched_printer_await_told (fixture, "print-started print-done");
  g_assert_cmpint (herald_printer_get_connection (fixture->printer), ==, HERALD_CONNECTION_CONNECTED);
}

static void
test_garbage_frame_is_passed_over (WatchedPrinter *fixture,
                                   gconstpointer   user_data)
{
  watched_printer_start (fixture);
  herald_printer_set_watch_options (fixture->printer, &(HeraldWatchOptions) { 0 });
  watched_printer_play (fixture, HERALD_DEMO_FAULT_GARBAGE);
  watched_printer_play (fixture, HERALD_DEMO_FAULT_DEEP);
  herald_demo_printer_print (fixture->server, "benchy.gcode", 30, HERALD_DEMO_OUTCOME_DONE);

  watched_printer_await_told (fixture, "print-started print-done");
  g_assert_cmpint (herald_printer_get_connection (fixture->printer), ==, HERALD_CONNECTION_CONNECTED);
}

static void
test_stale_session_is_renewed (WatchedPrinter *fixture,
                               gconstpointer   user_data)
{
  watched_printer_start (fixture);
  herald_printer_set_watch_options (fixture->printer, &(HeraldWatchOptions) { 0 });
  watched_printer_play (fixture, HERALD_DEMO_FAULT_LOGOUT);
  watched_printer_let_pass (1000);
  herald_demo_printer_print (fixture->server, "benchy.gcode", 30, HERALD_DEMO_OUTCOME_DONE);

  watched_printer_await_told (fixture, "print-started print-done");
}

#define ADD(path, func, data) \
  g_test_add (path, WatchedPrinter, data, watched_printer_set_up, func, watched_printer_tear_down)

int
main (int    argc,
      char **argv)
{
  static const HeraldDemoFault odd[] = { HERALD_DEMO_FAULT_LONG_HISTORY, HERALD_DEMO_FAULT_NULL_JOB,
                                         HERALD_DEMO_FAULT_SEVERAL, HERALD_DEMO_FAULT_VERSION_2 };

  g_test_init (&argc, &argv, NULL);

  ADD ("/octoprint-printer/print", test_print_is_told, NULL);
  ADD ("/octoprint-printer/cancel", test_cancel_is_told_once, NULL);
  ADD ("/octoprint-printer/failure", test_failure_is_told_once, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *path = g_strdup_printf ("/octoprint-printer/odd-server/%u", odd[i]);

      ADD (path, test_stays_with_an_odd_server, GINT_TO_POINTER (odd[i]));
    }
  ADD ("/octoprint-printer/garbage", test_garbage_frame_is_passed_over, NULL);
  ADD ("/octoprint-printer/stale-session", test_stale_session_is_renewed, NULL);

  return g_test_run ();
}
