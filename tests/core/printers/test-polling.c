/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-polling"

#include <string.h>

#include "fixtures/simulated-time.h"
#include "fixtures/watched-printer.h"

/* Behind a proxy that lets no websocket through: what can be told is told, once. */

/* By then the slowest poll has seen it, and whatever is waited for is over. */
#define SETTLE_MS (60 * 1000)

/* Sixty polls of ten seconds, and some */
#define REPAIR_MS (15 * 60 * 1000)

static void
set_up (WatchedPrinter *fixture,
        gconstpointer   user_data)
{
  watched_printer_set_up (fixture, user_data);
  watched_printer_remember (fixture);
  herald_demo_printer_play_fault (fixture->server, HERALD_DEMO_FAULT_NO_WEBSOCKET, 0, NULL);
  watched_printer_start (fixture);
  watched_printer_let_pass (SETTLE_MS);
}

static void
test_says_why (WatchedPrinter *fixture,
               gconstpointer   user_data)
{
  const char *why = herald_printer_get_fallback (fixture->printer);

  g_assert_nonnull (strstr (why, "asked every few seconds"));
  g_assert_false (herald_demo_printer_is_watched (fixture->server));
  g_assert_cmpstr (fixture->told->str, ==, "");
}

typedef struct
{
  const char *name;
  HeraldDemoOutcome outcome;
  const char *told;
} Row;

static const Row rows[] = {
  { "done", HERALD_DEMO_OUTCOME_DONE, "print-started print-progress print-done/reconciled" },
  { "cancelled", HERALD_DEMO_OUTCOME_CANCELLED, "print-started print-progress print-failed/reconciled" },
  { "failed", HERALD_DEMO_OUTCOME_FAILED, "print-started print-progress print-failed/reconciled" },
};

/* And nothing of it again when the connection is lost afterwards, or the push interface works after all. */
static void
test_print (WatchedPrinter *fixture,
            gconstpointer   user_data)
{
  const Row *row = user_data;

  herald_demo_printer_print (fixture->server, "cube.gcode", 300, row->outcome);
  watched_printer_let_pass (300 * 1000 + SETTLE_MS);
  watched_printer_await_told (fixture, row->told);

  watched_printer_forget_told (fixture);
  watched_printer_end (fixture, WATCHED_PRINTER_STOPPED);
  watched_printer_skip (fixture, 60);
  watched_printer_restart (fixture);
  watched_printer_let_pass (SETTLE_MS);
  watched_printer_play (fixture, HERALD_DEMO_FAULT_NONE);
  watched_printer_let_pass (REPAIR_MS);
  g_assert_true (herald_demo_printer_is_watched (fixture->server));
  g_assert_cmpstr (fixture->told->str, ==, "");
}

static void
test_pause (WatchedPrinter *fixture,
            gconstpointer   user_data)
{
  HeraldDemoJob *job = herald_demo_printer_get_job (fixture->server);

  herald_demo_printer_print (fixture->server, "cube.gcode", 600, HERALD_DEMO_OUTCOME_DONE);
  watched_printer_let_pass (SETTLE_MS);
  herald_demo_job_pause (job);
  watched_printer_let_pass (SETTLE_MS);
  herald_demo_job_resume (job);
  watched_printer_let_pass (SETTLE_MS);
  herald_demo_job_pause (job);
  watched_printer_let_pass (SETTLE_MS);
  herald_demo_job_disconnect (job, NULL);
  watched_printer_let_pass (SETTLE_MS);

  watched_printer_await_told (fixture, "print-started print-paused print-resumed print-paused print-failed/inferred");
}

static void
test_printer_off (WatchedPrinter *fixture,
                  gconstpointer   user_data)
{
  HeraldDemoJob *job = herald_demo_printer_get_job (fixture->server);

  herald_demo_job_disconnect (job, NULL);
  watched_printer_let_pass (SETTLE_MS);
  watched_printer_await_told (fixture, "printer-offline");
  herald_demo_job_connect (job);
  watched_printer_let_pass (SETTLE_MS);
  watched_printer_await_told (fixture, "printer-offline printer-operational");
}

/* The proxy is put right in the middle of a print. */
static void
test_back_to_push (WatchedPrinter *fixture,
                   gconstpointer   user_data)
{
  herald_demo_printer_print (fixture->server, "cube.gcode", 1200, HERALD_DEMO_OUTCOME_CANCELLED);
  watched_printer_let_pass (SETTLE_MS);
  watched_printer_play (fixture, HERALD_DEMO_FAULT_NONE);
  watched_printer_let_pass (REPAIR_MS / 2);
  g_assert_true (herald_demo_printer_is_watched (fixture->server));
  g_assert_cmpstr (herald_printer_get_fallback (fixture->printer), ==, "");
  watched_printer_let_pass (REPAIR_MS / 2);

  watched_printer_await_told (fixture, "print-started print-progress print-cancelled");
}

#define ADD(path, func, data) \
  g_test_add (path, WatchedPrinter, data, set_up, func, watched_printer_tear_down)

int
main (int    argc,
      char **argv)
{
  simulated_time_begin ();
  g_test_init (&argc, &argv, NULL);

  ADD ("/polling/why", test_says_why, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/polling/", rows[i].name, NULL);

      ADD (path, test_print, &rows[i]);
    }
  ADD ("/polling/pause", test_pause, NULL);
  ADD ("/polling/printer-off", test_printer_off, NULL);
  ADD ("/polling/back-to-push", test_back_to_push, NULL);

  return g_test_run ();
}
