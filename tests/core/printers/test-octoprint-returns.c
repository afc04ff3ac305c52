/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-octoprint-returns"

#include <string.h>

#include "fixtures/simulated-time.h"
#include "fixtures/watched-printer.h"

/* Absences that are no news by themselves: the server wants us to sign in again, the user changes
 * our settings, the computer sleeps. */

#define SETTLE_MS (30 * 1000)

static void
set_up (WatchedPrinter *fixture,
        gconstpointer   user_data)
{
  watched_printer_set_up (fixture, user_data);
  watched_printer_remember (fixture);
  herald_printer_set_watch_options (fixture->printer, &(HeraldWatchOptions) { 0 });
  watched_printer_start (fixture);
  watched_printer_let_pass (SETTLE_MS);
}

/* Everything that happens while we are signed out comes afterwards, by itself. */
static void
test_signed_out_misses_nothing (WatchedPrinter *fixture,
                                gconstpointer   user_data)
{
  const HeraldDemoOutcome outcome = (HeraldDemoOutcome) GPOINTER_TO_INT (user_data);

  herald_demo_printer_print (fixture->server, "cube.gcode", 60, outcome);
  watched_printer_let_pass (1000);
  watched_printer_play (fixture, HERALD_DEMO_FAULT_LOGOUT);
  watched_printer_skip (fixture, 120);
  herald_demo_job_connect (herald_demo_printer_get_job (fixture->server));
  herald_demo_printer_print (fixture->server, "boat.gcode", 60, HERALD_DEMO_OUTCOME_DONE);
  watched_printer_skip (fixture, 120);
  watched_printer_let_pass (SETTLE_MS);

  g_assert_cmpint (herald_printer_get_connection (fixture->printer), ==, HERALD_CONNECTION_CONNECTED);
  if (outcome == HERALD_DEMO_OUTCOME_DONE)
    watched_printer_await_told (fixture, "print-started print-done print-started print-done");
  else if (outcome == HERALD_DEMO_OUTCOME_CANCELLED)
    watched_printer_await_told (fixture, "print-started print-cancelled print-started print-done");
  else
    watched_printer_await_told (fixture, "print-started print-failed printer-operational print-started print-done");
}

/* After which nothing of it comes again, either. */
static void
test_signed_out_tells_nothing_twice (WatchedPrinter *fixture,
                                     gconstpointer   user_data)
{
  herald_demo_printer_print (fixture->server, "cube.gcode", 60, HERALD_DEMO_OUTCOME_DONE);
  for (guint i = 0; i < 10; i++)
    {
      watched_printer_play (fixture, HERALD_DEMO_FAULT_LOGOUT);
      watched_printer_let_pass (10 * 1000);
    }
  watched_printer_play (fixture, HERALD_DEMO_FAULT_DROP);
  watched_printer_let_pass (SETTLE_MS);

  watched_printer_await_told (fixture, "print-started print-done");
}

/* More happens than the server keeps: the rest is found out. */
static void
test_signed_out_too_long (WatchedPrinter *fixture,
                          gconstpointer   user_data)
{
  herald_demo_printer_print (fixture->server, "cube.gcode", 600, HERALD_DEMO_OUTCOME_DONE);
  watched_printer_let_pass (1000);
  watched_printer_play (fixture, HERALD_DEMO_FAULT_LOGOUT);
  for (guint i = 0; i < 60; i++)
    {
      herald_demo_job_pause (herald_demo_printer_get_job (fixture->server));
      watched_printer_skip (fixture, 1);
      herald_demo_job_resume (herald_demo_printer_get_job (fixture->server));
      watched_printer_skip (fixture, 1);
    }
  watched_printer_skip (fixture, 600);
  herald_demo_printer_print (fixture->server, "boat.gcode", 60, HERALD_DEMO_OUTCOME_DONE);
  watched_printer_skip (fixture, 60);
  watched_printer_let_pass (SETTLE_MS);

  g_assert_true (g_str_has_prefix (fixture->told->str, "print-started print-paused"));
  g_assert_true (g_str_has_suffix (fixture->told->str, " print-done/reconciled print-done/reconciled"));
}

/* Nobody needs to be told that the user has changed the user’s own settings. */
static void
test_own_stop_is_no_news (WatchedPrinter *fixture,
                          gconstpointer   user_data)
{
  const gboolean paused = GPOINTER_TO_INT (user_data);

  herald_demo_printer_print (fixture->server, "cube.gcode", 3600, HERALD_DEMO_OUTCOME_DONE);
  watched_printer_let_pass (SETTLE_MS);
  if (paused)
    herald_demo_job_pause (herald_demo_printer_get_job (fixture->server));
  watched_printer_let_pass (SETTLE_MS);
  watched_printer_forget_told (fixture);
  for (guint i = 0; i < 5; i++)
    {
      herald_printer_stop (fixture->printer);
      watched_printer_let_pass (i * 1000);
      watched_printer_start (fixture);
      watched_printer_let_pass (i * SETTLE_MS);
    }
  g_assert_cmpstr (fixture->told->str, ==, "");

  herald_demo_job_resume (herald_demo_printer_get_job (fixture->server));
  watched_printer_let_pass (1000);
  watched_printer_skip (fixture, 3600);
  watched_printer_let_pass (SETTLE_MS);
  watched_printer_await_told (fixture, paused ? "print-resumed print-done" : "print-done");
}

/* The network goes before the computer sleeps, and is back a moment after it. */
static void
test_sleep_is_no_loss (WatchedPrinter *fixture,
                       gconstpointer   user_data)
{
  herald_demo_printer_print (fixture->server, "cube.gcode", 24 * 3600, HERALD_DEMO_OUTCOME_DONE);
  watched_printer_let_pass (1000);
  watched_printer_forget_told (fixture);
  herald_demo_printer_play_fault (fixture->server, HERALD_DEMO_FAULT_AWAY, 8 * 3600 + 3, NULL);
  watched_printer_await_connection (fixture, HERALD_CONNECTION_UNREACHABLE);
  watched_printer_skip (fixture, 8 * 3600);
  watched_printer_let_pass (4000);
  herald_printer_wake (fixture->printer);
  watched_printer_await_connection (fixture, HERALD_CONNECTION_CONNECTED);
  watched_printer_let_pass (SETTLE_MS);

  /* On one computer a port that is closed looks like an OctoPrint that was stopped, and starts again. */
  g_assert_cmpstr (fixture->told->str, ==, "octoprint-started");
}

/* A server under load counts a print long after it was over; by then we have looked back, and seen nothing. */
static void
test_print_that_is_counted_late_is_told (WatchedPrinter *fixture,
                                         gconstpointer   user_data)
{
  HeraldDemoFiles *files = herald_demo_job_get_files (herald_demo_printer_get_job (fixture->server));
  gint64 now_ms;

  herald_demo_printer_print (fixture->server, "cube.gcode", 60, HERALD_DEMO_OUTCOME_DONE);
  watched_printer_let_pass (1000);
  watched_printer_skip (fixture, 60);
  watched_printer_await_told (fixture, "print-started print-done");

  now_ms = herald_clock_get_wall_ms (HERALD_CLOCK (fixture->clock));
  herald_demo_files_count (files, herald_demo_files_find (files, HERALD_DEMO_ORIGIN_LOCAL, "cube.gcode"), FALSE, now_ms, 5);
  watched_printer_skip (fixture, 10);
  herald_demo_printer_print (fixture->server, "cube.gcode", 60, HERALD_DEMO_OUTCOME_DONE);
  watched_printer_let_pass (SETTLE_MS);
  watched_printer_skip (fixture, 60);
  watched_printer_let_pass (SETTLE_MS);
  watched_printer_play (fixture, HERALD_DEMO_FAULT_DROP);
  watched_printer_let_pass (SETTLE_MS);

  watched_printer_await_told (fixture, "print-started print-done print-started print-failed/reconciled print-done");
}

#define ADD(path, func, data) \
  g_test_add (path, WatchedPrinter, GINT_TO_POINTER (data), set_up, func, watched_printer_tear_down)

int
main (int    argc,
      char **argv)
{
  simulated_time_begin ();
  g_test_init (&argc, &argv, NULL);

  ADD ("/octoprint-returns/signed-out/done", test_signed_out_misses_nothing, HERALD_DEMO_OUTCOME_DONE);
  ADD ("/octoprint-returns/signed-out/cancelled", test_signed_out_misses_nothing, HERALD_DEMO_OUTCOME_CANCELLED);
  ADD ("/octoprint-returns/signed-out/failed", test_signed_out_misses_nothing, HERALD_DEMO_OUTCOME_FAILED);
  ADD ("/octoprint-returns/signed-out/often", test_signed_out_tells_nothing_twice, 0);
  ADD ("/octoprint-returns/signed-out/too-long", test_signed_out_too_long, 0);
  ADD ("/octoprint-returns/own-stop/printing", test_own_stop_is_no_news, FALSE);
  ADD ("/octoprint-returns/own-stop/paused", test_own_stop_is_no_news, TRUE);
  ADD ("/octoprint-returns/counted-late", test_print_that_is_counted_late_is_told, 0);
  ADD ("/octoprint-returns/asleep", test_sleep_is_no_loss, 0);

  return g_test_run ();
}
