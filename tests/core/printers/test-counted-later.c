/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-counted-later"

#include "fixtures/simulated-time.h"
#include "fixtures/watched-gap.h"

/* A server that is busy counts a print later than we are ready to wait for it. Nothing else says how the print ended. */

#define FILE_A "cube.gcode"
#define FILE_B "a/boat.gcode"
#define PRINT_S 600
#define DELAY_MS (20 * 1000)
#define AWAY_S 5
#define SETTLE_MS (10 * 1000)
/* Too short to wait for a count, four times long enough */
#define BRIEF_MS (2 * 1000)
#define COUNTED_MS (30 * 1000)

#define UNKNOWN_END "print-started print-failed/inferred"

static void
set_up (WatchedPrinter *fixture,
        gconstpointer   user_data)
{
  watched_printer_set_up (fixture, user_data);
  watched_printer_remember (fixture);
  herald_printer_set_watch_options (fixture->printer, &(HeraldWatchOptions) { 0 });
  watched_printer_start (fixture);
  herald_demo_printer_play_fault (fixture->server, HERALD_DEMO_FAULT_NO_MARKINGS, 0, NULL);
  herald_demo_job_set_history_delay_ms (herald_demo_printer_get_job (fixture->server), DELAY_MS);
  watched_printer_let_pass (SETTLE_MS);
}

static void
print (WatchedPrinter *fixture)
{
  g_assert_true (herald_demo_printer_print (fixture->server, FILE_A, PRINT_S, HERALD_DEMO_OUTCOME_DONE));
  watched_printer_let_pass (SETTLE_MS);
}

/* A print begins before our eyes, and is cancelled behind our back. */
static void
cancel_unseen (WatchedPrinter *fixture)
{
  print (fixture);
  watched_gap_begin (fixture, WATCHED_GAP_SOCKET, AWAY_S);
  g_assert_true (herald_demo_job_cancel (herald_demo_printer_get_job (fixture->server)));
  watched_gap_end (fixture, WATCHED_GAP_SOCKET);
}

/* As often as the server has counted it, a print was told. */
static void
assert_not_told_again (WatchedPrinter *fixture)
{
  watched_printer_let_pass (COUNTED_MS);
  watched_gap_assert_told (fixture, UNKNOWN_END);
  watched_gap_begin (fixture, WATCHED_GAP_SOCKET, AWAY_S);
  watched_gap_end (fixture, WATCHED_GAP_SOCKET);
  watched_printer_let_pass (COUNTED_MS);
  watched_gap_assert_told (fixture, UNKNOWN_END);
}

static void
test_unknown_end_is_told_once (WatchedPrinter *fixture,
                               gconstpointer   user_data)
{
  cancel_unseen (fixture);
  watched_printer_let_pass (SETTLE_MS);
  watched_gap_assert_told (fixture, UNKNOWN_END);

  assert_not_told_again (fixture);
}

/* It is counted while nobody listens. */
static void
test_unknown_end_is_told_once_over_a_gap (WatchedPrinter *fixture,
                                          gconstpointer   user_data)
{
  const WatchedGap kind = (WatchedGap) GPOINTER_TO_INT (user_data);

  cancel_unseen (fixture);
  watched_printer_let_pass (SETTLE_MS);
  watched_gap_begin (fixture, kind, COUNTED_MS / 1000);
  watched_printer_skip (fixture, COUNTED_MS / 1000);
  watched_gap_end (fixture, kind);

  assert_not_told_again (fixture);
}

/* The next print of the file is under way when the one before is counted; each has its number. */
static void
test_unknown_end_is_not_that_of_the_next_print (WatchedPrinter *fixture,
                                                gconstpointer   user_data)
{
  cancel_unseen (fixture);
  watched_printer_let_pass (SETTLE_MS);
  print (fixture);
  watched_printer_let_pass (COUNTED_MS);
  watched_gap_begin (fixture, WATCHED_GAP_SOCKET, AWAY_S);
  watched_gap_end (fixture, WATCHED_GAP_SOCKET);
  watched_printer_let_pass (SETTLE_MS);
  herald_demo_job_cancel (herald_demo_printer_get_job (fixture->server));
  watched_printer_let_pass (COUNTED_MS);

  watched_gap_assert_told (fixture, UNKNOWN_END " print-started print-cancelled");
}

/* What was told and never counted – the server forgot it in a restart – stands in for no other print. */
static void
test_print_after_one_that_is_never_counted (WatchedPrinter *fixture,
                                            gconstpointer   user_data)
{
  print (fixture);
  herald_demo_printer_play_fault (fixture->server, HERALD_DEMO_FAULT_RESTART, AWAY_S, NULL);
  watched_printer_await_connection (fixture, HERALD_CONNECTION_UNREACHABLE);
  watched_printer_await_connection (fixture, HERALD_CONNECTION_CONNECTED);
  watched_printer_let_pass (SETTLE_MS);
  watched_gap_assert_told (fixture, UNKNOWN_END);

  herald_demo_job_set_history_delay_ms (herald_demo_printer_get_job (fixture->server), 0);
  watched_gap_begin (fixture, WATCHED_GAP_SOCKET, AWAY_S);
  herald_demo_job_connect (herald_demo_printer_get_job (fixture->server));
  g_assert_true (herald_demo_printer_print (fixture->server, FILE_A, 2, HERALD_DEMO_OUTCOME_DONE));
  watched_printer_skip (fixture, 3);
  watched_gap_end (fixture, WATCHED_GAP_SOCKET);
  watched_printer_let_pass (SETTLE_MS);

  watched_gap_assert_told (fixture, UNKNOWN_END " print-done/reconciled");
}

/* Killed before anybody could be told: the waiting does not begin anew. */
static void
test_patience_outlives_the_program (WatchedPrinter *fixture,
                                    gconstpointer   user_data)
{
  cancel_unseen (fixture);
  for (guint i = 0; i < 4; i++)
    {
      watched_gap_begin (fixture, WATCHED_GAP_KILLED, 0);
      watched_gap_end (fixture, WATCHED_GAP_KILLED);
      watched_printer_let_pass (BRIEF_MS);
    }
  watched_gap_assert_told (fixture, UNKNOWN_END);

  assert_not_told_again (fixture);
}

/* The second time it is asked it has no answer; what it said before is still known, and the third time it has counted. */
static void
test_look_that_fails_is_followed_by_another (WatchedPrinter *fixture,
                                             gconstpointer   user_data)
{
  guint n_keyed;

  cancel_unseen (fixture);
  watched_printer_let_pass (1000);
  n_keyed = herald_demo_printer_get_n_keyed (fixture->server);
  herald_demo_printer_play_fault (fixture->server, HERALD_DEMO_FAULT_UNAVAILABLE, 2, NULL);
  watched_printer_let_pass (2500);
  g_assert_cmpuint (herald_demo_printer_get_n_keyed (fixture->server), >, n_keyed);
  watched_gap_assert_told (fixture, "print-started");
  herald_demo_job_set_history_delay_ms (herald_demo_printer_get_job (fixture->server), 0);
  watched_printer_let_pass (SETTLE_MS);

  watched_gap_assert_told (fixture, "print-started print-failed/reconciled");
}

/* What the server says while it is still being asked how the print before ended */
static void
say (WatchedPrinter *fixture,
     const char     *event,
     const char     *file)
{
  JsonObject *payload = json_object_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), payload);

  json_object_set_string_member (payload, "name", file);
  json_object_set_string_member (payload, "path", file);
  json_object_set_string_member (payload, "origin", "local");
  herald_demo_printer_say (fixture->server, HERALD_DEMO_SAYS_EVENT, event, node);
  json_object_unref (payload);
}

/* The state has shown the next print, and the news of it comes a moment later. */
static void
test_start_that_waits_is_told_once (WatchedPrinter *fixture,
                                    gconstpointer   user_data)
{
  print (fixture);
  watched_gap_begin (fixture, WATCHED_GAP_SOCKET, AWAY_S);
  g_assert_true (herald_demo_job_cancel (herald_demo_printer_get_job (fixture->server)));
  watched_printer_skip (fixture, 2);
  g_assert_true (herald_demo_printer_print (fixture->server, FILE_B, PRINT_S, HERALD_DEMO_OUTCOME_DONE));
  watched_gap_end (fixture, WATCHED_GAP_SOCKET);
  watched_printer_let_pass (200);
  say (fixture, "PrintStarted", FILE_B);
  watched_printer_let_pass (SETTLE_MS);

  watched_gap_assert_told (fixture, UNKNOWN_END " print-started/reconciled");
}

/* The same file is printed anew at once, and is counted before the print whose end we are after. */
static void
test_end_of_a_print_that_waits_is_its_own (WatchedPrinter *fixture,
                                           gconstpointer   user_data)
{
  HeraldDemoFiles *files = herald_demo_job_get_files (herald_demo_printer_get_job (fixture->server));

  cancel_unseen (fixture);
  watched_printer_let_pass (500);
  say (fixture, "PrintStarted", FILE_A);
  watched_printer_let_pass (1000);
  herald_demo_files_count (files, herald_demo_files_find (files, HERALD_DEMO_ORIGIN_LOCAL, FILE_A), TRUE,
                           herald_clock_get_wall_ms (HERALD_CLOCK (fixture->clock)), 1);
  say (fixture, "PrintDone", FILE_A);
  watched_printer_let_pass (SETTLE_MS);

  watched_gap_assert_told (fixture, UNKNOWN_END " print-started print-done");
}

#define ADD(path, func, data) \
  g_test_add (path, WatchedPrinter, GINT_TO_POINTER (data), set_up, func, watched_printer_tear_down)

int
main (int    argc,
      char **argv)
{
  simulated_time_begin ();
  g_test_init (&argc, &argv, NULL);
  ADD ("/counted-later/once", test_unknown_end_is_told_once, 0);
  ADD ("/counted-later/gap/socket", test_unknown_end_is_told_once_over_a_gap, WATCHED_GAP_SOCKET);
  ADD ("/counted-later/gap/stopped", test_unknown_end_is_told_once_over_a_gap, WATCHED_GAP_STOPPED);
  ADD ("/counted-later/gap/asleep", test_unknown_end_is_told_once_over_a_gap, WATCHED_GAP_SLEEP);
  ADD ("/counted-later/next-print", test_unknown_end_is_not_that_of_the_next_print, 0);
  ADD ("/counted-later/killed", test_patience_outlives_the_program, 0);
  ADD ("/counted-later/look-fails", test_look_that_fails_is_followed_by_another, 0);
  ADD ("/counted-later/start-waits", test_start_that_waits_is_told_once, 0);
  ADD ("/counted-later/print-waits", test_end_of_a_print_that_waits_is_its_own, 0);
  ADD ("/counted-later/never", test_print_after_one_that_is_never_counted, 0);

  return g_test_run ();
}
