/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-print-journal"

#include "core/printers/print-journal.h"

#include <glib/gstdio.h>

#define HERE "http://octopi.local:80"
#define THERE "http://192.168.1.5:5000"

typedef struct
{
  char *folder;
  HeraldDatabase *database;
  HeraldPrintJournal *journal;
} Fixture;

static void
open_database (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "herald.db", NULL);
  g_autofree char *set_aside = NULL;
  g_autoptr(GError) error = NULL;

  fixture->database = herald_database_new (path, &set_aside, &error);
  g_assert_no_error (error);
  g_assert_null (set_aside);
  fixture->journal = herald_print_journal_new (fixture->database, "mk3");
}

static void
close_database (Fixture *fixture)
{
  g_assert_finalize_object (fixture->journal);
  g_assert_finalize_object (fixture->database);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->folder = g_dir_make_tmp ("octoherald-XXXXXX", NULL);
  open_database (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_autoptr(GDir) folder = NULL;
  const char *name;

  close_database (fixture);
  folder = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static void
remember (Fixture *fixture)
{
  const HeraldPrintCount count = { TRUE, 1795000000, 3, 1, 0, -1, FALSE };
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autoptr(HeraldPrintJob) job = NULL;
  g_autoptr(GError) error = NULL;

  herald_values_set (values, "name", "cube.gcode");
  herald_values_set (values, "path", "a/cube.gcode");
  herald_values_set (values, "origin", "local");
  job = herald_print_job_new (values, 1795228393000);
  job->seen_percent = 42;
  job->base = count;
  g_assert_true (herald_print_journal_save_job (fixture->journal, job, &error));
  g_assert_true (herald_print_journal_set_count (fixture->journal, "a/cube.gcode", &count, &error));
  g_assert_true (herald_print_journal_set_count (fixture->journal, "gone.gcode", &count, &error));
  g_assert_true (herald_print_journal_set_movie_s (fixture->journal, 1795111111, &error));
  g_assert_true (herald_print_journal_open_gap (fixture->journal, "unreachable", 1795228400000, &error));
  g_assert_no_error (error);
}

static void
test_everything_outlives_the_program (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  g_autoptr(HeraldPrintJob) job = NULL;
  g_autoptr(GHashTable) counts = NULL;
  HeraldPrintCount count;

  g_assert_true (herald_print_journal_begin_with (fixture->journal, HERE, NULL));
  remember (fixture);
  close_database (fixture);
  open_database (fixture);
  g_assert_true (herald_print_journal_begin_with (fixture->journal, HERE, NULL));

  job = herald_print_journal_load_job (fixture->journal);
  g_assert_nonnull (job);
  g_assert_cmpstr (herald_print_job_get_path (job), ==, "a/cube.gcode");
  g_assert_cmpfloat (job->seen_percent, ==, 42);
  g_assert_true (job->base.known);
  g_assert_cmpint (job->base.n_done, ==, 3);
  herald_print_journal_get_count (fixture->journal, "a/cube.gcode", &count);
  g_assert_true (count.known);
  g_assert_cmpint (count.n_failed, ==, 1);
  counts = herald_print_journal_load_counts (fixture->journal);
  g_assert_cmpuint (g_hash_table_size (counts), ==, 2);
  g_assert_cmpint (herald_print_journal_get_movie_s (fixture->journal), ==, 1795111111);
  g_assert_cmpint (herald_print_journal_get_gap_ms (fixture->journal), ==, 1795228400000);
}

static void
test_another_server_has_no_past (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  HeraldPrintCount count;

  g_assert_true (herald_print_journal_begin_with (fixture->journal, HERE, NULL));
  remember (fixture);
  g_assert_true (herald_print_journal_begin_with (fixture->journal, THERE, NULL));

  g_assert_null (herald_print_journal_load_job (fixture->journal));
  herald_print_journal_get_count (fixture->journal, "a/cube.gcode", &count);
  g_assert_false (count.known);
  g_assert_cmpint (herald_print_journal_get_movie_s (fixture->journal), ==, -1);
  g_assert_cmpint (herald_print_journal_get_gap_ms (fixture->journal), ==, 0);
}

static void
test_files_that_are_gone_are_forgotten (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  g_autoptr(GHashTable) paths = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) counts = NULL;

  remember (fixture);
  g_hash_table_add (paths, (gpointer) "a/cube.gcode");
  g_assert_true (herald_print_journal_keep_only (fixture->journal, paths, NULL));

  counts = herald_print_journal_load_counts (fixture->journal);
  g_assert_cmpuint (g_hash_table_size (counts), ==, 1);
}

/* An older gap stays open until it is closed: it began when we last listened. */
static void
test_gap_begins_once (Fixture       *fixture,
                      gconstpointer  user_data)
{
  remember (fixture);
  g_assert_true (herald_print_journal_open_gap (fixture->journal, "start", 1795228500000, NULL));
  g_assert_cmpint (herald_print_journal_get_gap_ms (fixture->journal), ==, 1795228400000);
  g_assert_true (herald_print_journal_close_gap (fixture->journal, 1795228600000, 1, 0, NULL));
  g_assert_cmpint (herald_print_journal_get_gap_ms (fixture->journal), ==, 0);

  g_assert_cmpint (herald_print_journal_get_alive_ms (fixture->database), ==, 0);
  g_assert_true (herald_print_journal_set_alive_ms (fixture->database, 1795228700000, NULL));
  g_assert_cmpint (herald_print_journal_get_alive_ms (fixture->database), ==, 1795228700000);
}

/* One print, and none that ended after we had told of it; and no more than one. */
static void
test_told_end_is_counted_later (Fixture       *fixture,
                                gconstpointer  user_data)
{
  const gint64 told_ms = 1795228400000;
  HeraldPrintCount expected;
  HeraldPrintCount asked;

  remember (fixture);
  herald_print_journal_get_count (fixture->journal, "a/cube.gcode", &expected);
  asked = expected;
  asked.n_done++;
  asked.last_ms = told_ms - 1000;
  g_assert_false (herald_print_journal_book_off (fixture->journal, "a/cube.gcode", &asked, told_ms + 1, &expected));

  g_assert_true (herald_print_journal_owe_count (fixture->journal, "a/cube.gcode", told_ms, NULL));
  g_assert_false (herald_print_journal_book_off (fixture->journal, "a/cube.gcode", &asked, told_ms - 1, &expected));
  asked.last_ms = told_ms + 1000;
  g_assert_false (herald_print_journal_book_off (fixture->journal, "a/cube.gcode", &asked, told_ms + 2000, &expected));
  g_assert_cmpint (expected.n_done, ==, 3);
  asked.last_ms = told_ms - 1000;
  g_assert_true (herald_print_journal_book_off (fixture->journal, "a/cube.gcode", &asked, told_ms + 2000, &expected));
  g_assert_cmpint (expected.n_done, ==, 4);
  g_assert_cmpint (expected.n_failed, ==, 1);

  asked.n_failed++;
  g_assert_false (herald_print_journal_book_off (fixture->journal, "a/cube.gcode", &asked, told_ms + 2000, &expected));
  herald_print_journal_get_count (fixture->journal, "a/cube.gcode", &expected);
  g_assert_cmpint (expected.n_done, ==, 4);
  g_assert_cmpint (expected.n_failed, ==, 1);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/print-journal/outlives", test_everything_outlives_the_program);
  ADD ("/print-journal/another-server", test_another_server_has_no_past);
  ADD ("/print-journal/gone", test_files_that_are_gone_are_forgotten);
  ADD ("/print-journal/gap", test_gap_begins_once);
  ADD ("/print-journal/counted-later", test_told_end_is_counted_later);

  return g_test_run ();
}
