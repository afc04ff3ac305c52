/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-unwritten"

#include "fixtures/simulated-time.h"
#include "fixtures/watched-gap.h"

/* What happens is written together with what follows from it; here the disk refuses that, once. */

#define FILE_A "cube.gcode"
#define PRINT_S 60
#define SETTLE_MS (10 * 1000)

static guint n_warnings;

static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  if ((level & G_LOG_LEVEL_MASK) != G_LOG_LEVEL_WARNING)
    return g_log_writer_default (level, fields, n_fields, user_data);

  n_warnings++;

  return G_LOG_WRITER_HANDLED;
}

/* A row that belongs to nobody makes SQLite refuse the whole when it is to be written. */
static void
on_event_detected (HeraldPrinter *printer,
                   HeraldEvent   *event,
                   gpointer       user_data)
{
  WatchedPrinter *fixture = user_data;
  g_autoptr(GError) error = NULL;

  if (event->kind != HERALD_KIND_PRINT_DONE || n_warnings > 0)
    return;

  g_assert_true (herald_database_run (fixture->database, &error, "PRAGMA defer_foreign_keys=ON", ""));
  g_assert_true (herald_database_run (fixture->database, &error,
                                      "INSERT INTO gap(server,from_ms,reason) VALUES(-1,0,'nobody')", ""));
  g_assert_no_error (error);
  /* It was told, and nobody could hear it. */
  g_hash_table_remove_all (fixture->dedupes);
  watched_printer_forget_told (fixture);
}

static void
test_end_that_cannot_be_written_is_told_later (WatchedPrinter *fixture,
                                               gconstpointer   user_data)
{
  const gint64 delay_ms = GPOINTER_TO_INT (user_data);

  watched_printer_remember (fixture);
  herald_printer_set_watch_options (fixture->printer, &(HeraldWatchOptions) { 0 });
  g_signal_connect (fixture->printer, "event-detected", G_CALLBACK (on_event_detected), fixture);
  watched_printer_start (fixture);
  herald_demo_job_set_history_delay_ms (herald_demo_printer_get_job (fixture->server), delay_ms);
  g_assert_true (herald_demo_printer_print (fixture->server, FILE_A, PRINT_S, HERALD_DEMO_OUTCOME_DONE));
  watched_printer_let_pass (SETTLE_MS);
  g_assert_cmpuint (n_warnings, ==, 0);
  watched_printer_let_pass (PRINT_S * 1000);
  g_assert_cmpuint (n_warnings, ==, 1);
  watched_gap_assert_told (fixture, "print-done/reconciled");

  watched_gap_begin (fixture, WATCHED_GAP_SOCKET, 5);
  watched_gap_end (fixture, WATCHED_GAP_SOCKET);
  watched_printer_let_pass (SETTLE_MS);
  watched_gap_assert_told (fixture, "print-done/reconciled");
  n_warnings = 0;
}

#define ADD(path, func, data) \
  g_test_add (path, WatchedPrinter, GINT_TO_POINTER (data), watched_printer_set_up, func, watched_printer_tear_down)

int
main (int    argc,
      char **argv)
{
  simulated_time_begin ();
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (write_log, NULL, NULL);
  ADD ("/unwritten/counted-at-once", test_end_that_cannot_be_written_is_told_later, 0);
  ADD ("/unwritten/counted-later", test_end_that_cannot_be_written_is_told_later, 3000);

  return g_test_run ();
}
