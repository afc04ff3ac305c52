/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-captured-inquiry"

#include <glib/gstdio.h>

#include "core/printers/octoprint/gap-inquiry.h"
#include "core/printers/octoprint/octoprint-answer.h"
#include "core/printers/octoprint/octoprint-files.h"
#include "fixtures/recorded-server.h"

#define KILLED "Thermal Runaway, system stopped! Heater_ID: bed - Printer halted. kill() called!"

/* By the clock of the recordings: after some of the prints and before the film that they have */
#define FROM_MS G_GINT64_CONSTANT (1795246060000)
#define TO_MS G_GINT64_CONSTANT (1795246180000)

/* What is asked for after a gap */

static void
check_count (const HeraldGapAnswer *answer,
             const char            *path,
             gint64                 n_done,
             gint64                 n_failed)
{
  const HeraldPrintCount *count = g_hash_table_lookup (answer->counts, path);

  g_assert_nonnull (count);
  g_assert_true (count->known);
  g_assert_cmpint (count->n_done, ==, n_done);
  g_assert_cmpint (count->n_failed, ==, n_failed);
}

static void
check_inquiry (RecordedPeer          *fixture,
               const HeraldGap       *gap,
               const HeraldGapAnswer *answer)
{
  const HeraldPrintCount *good = g_hash_table_lookup (answer->counts, "good.gcode");

  check_count (answer, "good.gcode", 1, 0);
  check_count (answer, "cancelled.gcode", 0, 1);
  check_count (answer, "lost.gcode", 0, 1);
  check_count (answer, "short.gcode", 9, 0);
  g_assert_cmpint (good->last_duration_s, ==, 6);
  g_assert_true (good->last_done);
  g_assert_cmpint (good->last_ms, >, FROM_MS);
  g_assert_cmpint (good->last_ms, <, TO_MS);
  g_assert_null (g_hash_table_lookup (answer->counts, "from-t~1.gco"));
  g_assert_true (gap->counted);
  g_assert_cmpstr (gap->error, ==, recorded_peer_is (fixture, "1.10.3 1.11.8") ? KILLED : NULL);

  g_assert_cmpuint (answer->movies->len, ==, 1);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (answer->movies, 0), "short_202611210727"));
  g_assert_true (g_str_has_suffix (g_ptr_array_index (answer->movies, 0), ".mp4"));
  g_assert_cmpint (answer->movie_s, >=, 1795246035);
}

static void
test_inquiry_after_a_gap (RecordedPeer  *fixture,
                          gconstpointer  user_data)
{
  static const char *const names[] = { "files", "timelapse", "printer-error" };
  g_autoptr(HeraldPrinterState) state = herald_printer_state_new ();
  g_autoptr(HeraldGap) gap = herald_gap_new (state, FROM_MS, TO_MS);
  g_autoptr(HeraldClock) clock = herald_clock_new ();
  g_autoptr(GHashTable) begun = g_hash_table_new (g_str_hash, g_str_equal);
  HeraldGapQuestion question = { .gap = gap, .all_files = TRUE, .begun = begun,
                                 .clock = clock };
  g_autofree char *folder = g_dir_make_tmp ("octoherald-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "herald.db", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldDatabase) database = herald_database_new (path, NULL, &error);
  g_autoptr(HeraldPrintJournal) journal = NULL;
  g_autoptr(HeraldGapAnswer) answer = NULL;

  g_assert_no_error (error);
  journal = herald_print_journal_new (database, "mk3");
  herald_print_journal_set_movie_s (journal, 1795246000, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    recorded_server_show (fixture->server, names[i]);

  herald_gap_inquiry_async (fixture->peer, journal, &question, NULL, recorded_peer_on_ready, fixture);
  answer = herald_gap_inquiry_finish (recorded_peer_await (fixture), &error);
  g_assert_no_error (error);
  check_inquiry (fixture, gap, answer);

  g_clear_object (&fixture->result);
  g_clear_object (&journal);
  g_clear_object (&database);
  g_unlink (path);
  g_rmdir (folder);
}

/* Folders, made by hand: the recorded servers had none */

static void
note_file (const char             *path,
           const char             *name,
           const HeraldPrintCount *count,
           gpointer                user_data)
{
  g_string_append_printf (user_data, "%s “%s” %" G_GINT64_FORMAT "+%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", path,
                          name, count->n_done, count->n_failed, count->last_ms);
}

static void
test_files_in_folders (RecordedPeer  *fixture,
                       gconstpointer  user_data)
{
  g_autoptr(JsonObject) answer = NULL;
  g_autoptr(GString) noted = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  recorded_server_show (fixture->server, "files");
  herald_octoprint_ask_async (fixture->peer, "/api/files?recursive=true", 100000, NULL, recorded_peer_on_ready, fixture);
  answer = herald_octoprint_ask_finish (recorded_peer_await (fixture), &error);
  g_assert_no_error (error);

  g_assert_cmpuint (herald_octoprint_files_read (answer, 1000, note_file, noted), ==, 3);
  g_assert_cmpstr (noted->str, ==, "cube.gcode “Cube.gcode” 2+1 1580000501250\n"
                                   "toys/boat.gcode “boat.gcode” 0+1 1580000401500\n"
                                   "toys/small/pin.gcode “pin.gcode” 0+0 0\n");
}

int
main (int    argc,
      char **argv)
{
  static const char *const versions[] = { "1.8.7", "1.10.3", "1.11.8", "2.0.0rc7" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *path = g_strconcat ("/captured-inquiry/", versions[i], NULL);

      g_test_add (path, RecordedPeer, versions[i], recorded_peer_set_up, test_inquiry_after_a_gap,
                  recorded_peer_tear_down);
    }
  g_test_add ("/captured-inquiry/folders", RecordedPeer, "made/1.4.2", recorded_peer_set_up, test_files_in_folders,
              recorded_peer_tear_down);

  return g_test_run ();
}
