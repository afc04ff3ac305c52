/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-reconcile"

#include "fixtures/simulated-time.h"
#include "fixtures/watched-gap.h"

#define FILE_A "cube.gcode"
#define OTHER "a/boat.gcode"

/* What is done in ten minutes is over long before the 29 minutes of the gap are. */
#define PRINT_S 600
#define LONG_PRINT_S (3 * 3600)
#define BEFORE_S 60
#define AFTER_S 30
#define AGAIN_S 60
#define GAP_S (29 * 60)
#define TEN_YEARS_S (G_GINT64_CONSTANT (10) * 365 * 24 * 3600)

static const char *const gap_names[] = { "socket", "stopped", "killed", "asleep" };
/* What happens while nobody looks; takes GAP_S */
typedef void (*HappenFunc) (WatchedPrinter *fixture);

typedef struct
{
  const char *name;
  /* A print that is under way before: nothing, if it takes no time */
  HeraldDemoPrint print;
  HappenFunc happen;
  HeraldDemoFault traits[2];
  gint64 clock_off_s;
  const char *told[WATCHED_GAP_N];
} Row;

typedef struct
{
  const Row *row;
  WatchedGap kind;
} Cell;

static void
print_from (WatchedPrinter    *fixture,
            const char        *file,
            double             seconds,
            HeraldDemoOutcome  outcome)
{
  g_assert_true (herald_demo_printer_print (fixture->server, file, seconds, outcome));
}

static void
happen_nothing (WatchedPrinter *fixture)
{
  watched_printer_skip (fixture, GAP_S);
}

static void
happen_same_again (WatchedPrinter *fixture)
{
  watched_printer_skip (fixture, GAP_S - 720);
  print_from (fixture, FILE_A, 300, HERALD_DEMO_OUTCOME_DONE);
  watched_printer_skip (fixture, 720);
}

static void
happen_other_fails (WatchedPrinter *fixture)
{
  watched_printer_skip (fixture, GAP_S - 720);
  print_from (fixture, OTHER, 300, HERALD_DEMO_OUTCOME_FAILED);
  watched_printer_skip (fixture, 720);
}

static void
happen_other_begins (WatchedPrinter *fixture)
{
  watched_printer_skip (fixture, GAP_S - 720);
  print_from (fixture, OTHER, LONG_PRINT_S, HERALD_DEMO_OUTCOME_DONE);
  watched_printer_skip (fixture, 720);
}

static void
happen_same_begins (WatchedPrinter *fixture)
{
  watched_printer_skip (fixture, GAP_S - 720);
  print_from (fixture, FILE_A, LONG_PRINT_S, HERALD_DEMO_OUTCOME_DONE);
  watched_printer_skip (fixture, 720);
}

static void
happen_pause (WatchedPrinter *fixture)
{
  watched_printer_skip (fixture, GAP_S - 60);
  g_assert_true (herald_demo_job_pause (herald_demo_printer_get_job (fixture->server)));
  watched_printer_skip (fixture, 60);
}

/* To a file, when its print is over */
static void
happen_to_file (WatchedPrinter  *fixture,
                HeraldDemoFault  fault)
{
  watched_printer_skip (fixture, GAP_S - 60);
  herald_demo_printer_play_fault (fixture->server, fault, 0, FILE_A);
  watched_printer_skip (fixture, 60);
}

static void
happen_deletion (WatchedPrinter *fixture)
{
  happen_to_file (fixture, HERALD_DEMO_FAULT_FILE_DELETED);
}

static void
happen_replacement (WatchedPrinter *fixture)
{
  happen_to_file (fixture, HERALD_DEMO_FAULT_FILE_REPLACED);
}

static void
happen_reset (WatchedPrinter *fixture)
{
  happen_to_file (fixture, HERALD_DEMO_FAULT_COUNTERS_RESET);
}

static void
happen_server_restart (WatchedPrinter *fixture)
{
  watched_printer_skip (fixture, 60);
  herald_demo_printer_play_fault (fixture->server, HERALD_DEMO_FAULT_RESTART, GAP_S - 60, NULL);
  watched_printer_skip (fixture, GAP_S - 60);
}

/* So late that the server has not counted it by the time it is asked */
static void
happen_end_at_the_end (WatchedPrinter *fixture)
{
  HeraldDemoJob *job = herald_demo_printer_get_job (fixture->server);

  watched_printer_skip (fixture, GAP_S - 1);
  while (herald_demo_job_is_active (job))
    watched_printer_skip (fixture, 0.1);
}

static void
set_own_clock (WatchedPrinter *fixture,
               gint64          seconds)
{
  HeraldClock *clock = HERALD_CLOCK (fixture->clock);

  herald_demo_clock_set_wall_ms (fixture->clock, herald_clock_get_wall_ms (clock) + seconds * 1000);
}

static void
happen_own_clock_ahead (WatchedPrinter *fixture)
{
  set_own_clock (fixture, TEN_YEARS_S);
  watched_printer_skip (fixture, GAP_S);
}

static void
happen_own_clock_back (WatchedPrinter *fixture)
{
  set_own_clock (fixture, -TEN_YEARS_S);
  watched_printer_skip (fixture, GAP_S);
}

#define ALL(text) { text, text, text, text }
#define DONE { FILE_A, PRINT_S, HERALD_DEMO_OUTCOME_DONE, 0, 0, 0 }
#define LONG { FILE_A, LONG_PRINT_S, HERALD_DEMO_OUTCOME_DONE, 0, 0, 0 }
#define FAILED { FILE_A, PRINT_S, HERALD_DEMO_OUTCOME_FAILED, 0, 0, 0 }
#define CANCELLED { FILE_A, PRINT_S, HERALD_DEMO_OUTCOME_CANCELLED, 0, 0, 0 }
#define CARD(outcome) { FILE_A, PRINT_S, outcome, HERALD_DEMO_ORIGIN_SDCARD, 0, 0 }
#define NONE { NULL, 0, 0, 0, 0, 0 }

#define IS_DONE ALL ("print-done/reconciled")
#define IS_FAILED ALL ("print-failed/reconciled")

static const Row rows[] = {
  { "goes-on", LONG, happen_nothing, { 0 }, 0, ALL ("") },
  { "done", DONE, happen_nothing, { 0 }, 0, IS_DONE },
  { "failed", FAILED, happen_nothing, { 0 }, 0, IS_FAILED },
  { "cancelled", CANCELLED, happen_nothing, { 0 }, 0, ALL ("print-cancelled/reconciled") },
  { "two-prints", DONE, happen_same_again, { 0 }, 0, ALL ("print-done/reconciled print-done/reconciled") },
  { "two-files", DONE, happen_other_fails, { 0 }, 0, ALL ("print-done/reconciled print-failed/reconciled") },
  { "done-and-other-begun", DONE, happen_other_begins, { 0 }, 0,
    ALL ("print-done/reconciled print-started/reconciled") },
  { "done-and-begun-again", DONE, happen_same_begins, { 0 }, 0,
    ALL ("print-done/reconciled print-started/reconciled") },
  { "failed-and-begun-again", CANCELLED, happen_same_begins, { 0 }, 0,
    ALL ("print-cancelled/reconciled print-started/reconciled") },
  { "idle", NONE, happen_nothing, { 0 }, 0, ALL ("") },
  { "begun", NONE, happen_other_begins, { 0 }, 0, ALL ("print-started/reconciled") },
  { "begun-and-done", NONE, happen_same_again, { 0 }, 0, IS_DONE },
  { "begun-and-failed", NONE, happen_other_fails, { 0 }, 0, IS_FAILED },
  { "paused", LONG, happen_pause, { 0 }, 0, ALL ("print-paused/reconciled") },
  { "file-deleted", DONE, happen_deletion, { 0 }, 0, IS_DONE },
  { "file-replaced", DONE, happen_replacement, { 0 }, 0, IS_DONE },
  { "counters-reset", DONE, happen_reset, { 0 }, 0, IS_DONE },
  { "server-restarted", LONG, happen_server_restart, { 0 }, 0, ALL ("print-failed/inferred") },
  { "card-done", CARD (HERALD_DEMO_OUTCOME_DONE), happen_nothing, { 0 }, 0, IS_DONE },
  { "card-cancelled", CARD (HERALD_DEMO_OUTCOME_CANCELLED), happen_nothing, { 0 }, 0,
    ALL ("print-cancelled/reconciled") },
  { "card-failed", CARD (HERALD_DEMO_OUTCOME_FAILED), happen_nothing, { 0 }, 0, ALL ("print-failed/inferred") },
  { "card-no-markings", CARD (HERALD_DEMO_OUTCOME_DONE), happen_nothing, { HERALD_DEMO_FAULT_NO_MARKINGS }, 0,
    ALL ("print-done/inferred") },
  { "clock-ahead", DONE, happen_nothing, { 0 }, TEN_YEARS_S, IS_DONE },
  { "clock-behind", CANCELLED, happen_nothing, { 0 }, -TEN_YEARS_S, ALL ("print-cancelled/reconciled") },
  { "clock-behind-begun", NONE, happen_other_begins, { 0 }, -TEN_YEARS_S, ALL ("print-started/reconciled") },
  { "clock-ahead-whole-print", NONE, happen_other_fails, { 0 }, TEN_YEARS_S, IS_FAILED },
  { "own-clock-set-ahead", DONE, happen_own_clock_ahead, { 0 }, 0, IS_DONE },
  { "own-clock-set-back", DONE, happen_own_clock_back, { 0 }, 0, IS_DONE },
  { "late-history", { FILE_A, GAP_S + BEFORE_S, HERALD_DEMO_OUTCOME_DONE, 0, 0, 0 }, happen_end_at_the_end,
    { HERALD_DEMO_FAULT_LATE_HISTORY }, 0, IS_DONE },
  { "no-files-done", DONE, happen_nothing, { HERALD_DEMO_FAULT_NO_FILES_PERMISSION }, 0, IS_DONE },
  { "no-files-failed", FAILED, happen_nothing, { HERALD_DEMO_FAULT_NO_FILES_PERMISSION }, 0,
    ALL ("print-failed/inferred") },
  { "no-files-whole-print", NONE, happen_same_again, { HERALD_DEMO_FAULT_NO_FILES_PERMISSION }, 0, ALL ("") },
  { "no-files-no-markings", DONE, happen_nothing,
    { HERALD_DEMO_FAULT_NO_FILES_PERMISSION, HERALD_DEMO_FAULT_NO_MARKINGS }, 0, IS_DONE },
  { "no-markings-done", DONE, happen_nothing, { HERALD_DEMO_FAULT_NO_MARKINGS }, 0, IS_DONE },
  { "no-markings-cancelled", CANCELLED, happen_nothing, { HERALD_DEMO_FAULT_NO_MARKINGS }, 0, IS_FAILED },
  { "no-markings-deleted", DONE, happen_deletion, { HERALD_DEMO_FAULT_NO_MARKINGS }, 0,
    ALL ("print-failed/inferred") },
  { "old-done", DONE, happen_nothing, { HERALD_DEMO_FAULT_OLD }, 0, IS_DONE },
  { "old-cancelled", CANCELLED, happen_nothing, { HERALD_DEMO_FAULT_OLD }, 0, IS_FAILED },
  { "old-two-files", DONE, happen_other_fails, { HERALD_DEMO_FAULT_OLD }, 0,
    ALL ("print-done/reconciled print-failed/reconciled") },
  { "version-2-done", DONE, happen_nothing, { HERALD_DEMO_FAULT_VERSION_2 }, 0, IS_DONE },
  { "version-2-failed", FAILED, happen_nothing, { HERALD_DEMO_FAULT_VERSION_2 }, 0, IS_FAILED },
  { "version-2-paused", LONG, happen_pause, { HERALD_DEMO_FAULT_VERSION_2 }, 0, ALL ("print-paused/reconciled") },
  { "version-2-card", CARD (HERALD_DEMO_OUTCOME_DONE), happen_nothing, { HERALD_DEMO_FAULT_VERSION_2 }, 0, IS_DONE },
};

/* Whatever comes next, it was told and is not told again. */
static void
assert_not_told_again (WatchedPrinter *fixture)
{
  watched_printer_forget_told (fixture);
  for (guint i = 0; i < WATCHED_GAP_N; i++)
    {
      watched_gap_begin (fixture, i, AGAIN_S);
      watched_printer_skip (fixture, AGAIN_S);
      watched_gap_end (fixture, i);
      watched_printer_let_pass (AFTER_S * 1000);
      watched_gap_assert_told (fixture, "");
    }
}

static void
test_cell (WatchedPrinter *fixture,
           gconstpointer   user_data)
{
  const Cell *cell = user_data;
  const Row *row = cell->row;
  gint64 begin_ms;
  gint64 end_ms;

  watched_printer_remember (fixture);
  herald_printer_set_watch_options (fixture->printer, &(HeraldWatchOptions) { 0 });
  for (guint i = 0; i < G_N_ELEMENTS (row->traits) && row->traits[i] != HERALD_DEMO_FAULT_NONE; i++)
    herald_demo_printer_play_fault (fixture->server, row->traits[i], 0, NULL);
  if (row->clock_off_s != 0)
    herald_demo_printer_set_clock_off (fixture->server, row->clock_off_s);
  watched_printer_start (fixture);
  watched_printer_let_pass (1000);
  if (row->print.file != NULL)
    g_assert_true (herald_demo_printer_start (fixture->server, &row->print));
  watched_printer_let_pass (BEFORE_S * 1000);
  watched_gap_assert_told (fixture, row->print.file != NULL ? "print-started" : "");
  watched_printer_forget_told (fixture);

  watched_gap_begin (fixture, cell->kind, GAP_S);
  begin_ms = herald_clock_get_wall_ms (HERALD_CLOCK (fixture->clock));
  row->happen (fixture);
  end_ms = herald_clock_get_wall_ms (HERALD_CLOCK (fixture->clock));
  watched_gap_end (fixture, cell->kind);
  watched_printer_let_pass (AFTER_S * 1000);
  watched_gap_assert_told (fixture, row->told[cell->kind]);
  if (row->happen != happen_own_clock_ahead && row->happen != happen_own_clock_back)
    watched_gap_assert_away (fixture, begin_ms, end_ms);
  assert_not_told_again (fixture);
}

int
main (int    argc,
      char **argv)
{
  static Cell cells[G_N_ELEMENTS (rows) * WATCHED_GAP_N];

  simulated_time_begin ();
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autofree char *path = NULL;

      cells[i] = (Cell) { &rows[i / WATCHED_GAP_N], i % WATCHED_GAP_N };
      path = g_strdup_printf ("/reconcile/%s/%s", cells[i].row->name, gap_names[cells[i].kind]);
      g_test_add (path, WatchedPrinter, &cells[i], watched_printer_set_up, test_cell, watched_printer_tear_down);
    }

  return g_test_run ();
}
