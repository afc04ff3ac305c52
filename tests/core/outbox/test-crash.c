/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-crash"

#include <signal.h>
#include <string.h>

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "crash-child.h"

#define N_KILLS 100
#define KEY_LENGTH 32

static const char *program;

typedef struct
{
  char *directory;
  GSocketService *service;
  GHashTable *copies; /* key → how often it came */
} Sink;

/* What the other end has read counts as arrived, whether or not its answer is heard. */
static gboolean
on_incoming (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source_object,
             gpointer           user_data)
{
  Sink *sink = user_data;
  char key[KEY_LENGTH + 1] = "";
  gsize n_read = 0;

  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), key,
                           KEY_LENGTH, &n_read, NULL, NULL);
  if (n_read == KEY_LENGTH)
    {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (sink->copies, key));

      g_hash_table_insert (sink->copies, g_strdup (key), GUINT_TO_POINTER (n + 1));
      g_usleep ((gulong) g_random_int_range (0, 3000));
      g_output_stream_write (g_io_stream_get_output_stream (G_IO_STREAM (connection)), "k", 1,
                             NULL, NULL);
    }

  return TRUE;
}

static void
on_exit_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  *(gboolean *) user_data = TRUE;
}

static goffset
get_size (Sink *sink)
{
  g_autofree char *path = g_build_filename (sink->directory, "acks", NULL);
  GStatBuf info = { 0 };

  return g_stat (path, &info) == 0 ? info.st_size : 0;
}

static void
spin_until (gint64 end)
{
  while (g_get_monotonic_time () < end)
    {
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
    }
}

/* Most are killed in full work; each tenth while it is still starting. */
static void
run_and_kill (Sink  *sink,
              guint  number)
{
  g_autofree char *name = g_strdup_printf ("round-%u", number);
  goffset size = get_size (sink);
  gint64 limit = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  gboolean is_over = FALSE;
  g_autoptr(GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                                       G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                                                   program, "--child", sink->directory, name, NULL);

  g_subprocess_wait_async (child, NULL, on_exit_ready, &is_over);
  while (number % 10 != 0 && get_size (sink) == size && g_get_monotonic_time () < limit)
    spin_until (g_get_monotonic_time () + 1000);
  spin_until (g_get_monotonic_time () + g_random_int_range (0, 100 * 1000));
  g_assert_false (is_over);
  g_subprocess_force_exit (child);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
}

static void
drain (Sink *sink)
{
  gboolean is_over = FALSE;
  g_autoptr(GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL,
                                                   program, "--child", sink->directory, NULL);

  g_subprocess_wait_async (child, NULL, on_exit_ready, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_subprocess_get_successful (child));
}

static guint
count (sqlite3    *connection,
       const char *sql)
{
  sqlite3_stmt *row = NULL;
  guint n;

  g_assert_cmpint (sqlite3_prepare_v2 (connection, sql, -1, &row, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  n = (guint) sqlite3_column_int64 (row, 0);
  sqlite3_finalize (row);

  return n;
}

/* Each message that was promised is there, with a row for each of its two destinations. */
static guint
check_promises (Sink    *sink,
                sqlite3 *connection)
{
  g_autofree char *path = g_build_filename (sink->directory, "acks", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (; lines[n] != NULL; n++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM delivery JOIN event ON"
                                              " event.id=delivery.event WHERE dedupe='%s'",
                                              lines[n]);

      g_assert_cmpuint (count (connection, sql), ==, 2);
    }

  return n;
}

static void
check_deliveries (Sink    *sink,
                  sqlite3 *connection)
{
  guint n_rows = 0, n_probable = 0, n_twice = 0, n_unknown = 0, n_put_aside = 0;
  sqlite3_stmt *row = NULL;

  sqlite3_prepare_v2 (connection, "SELECT idem, state, ambiguous FROM delivery", -1, &row, NULL);
  for (; sqlite3_step (row) == SQLITE_ROW; n_rows++)
    {
      const char *state = (const char *) sqlite3_column_text (row, 1);
      gboolean is_ambiguous = sqlite3_column_int (row, 2) > 0;
      guint n_copies = GPOINTER_TO_UINT (
          g_hash_table_lookup (sink->copies, sqlite3_column_text (row, 0)));

      g_hash_table_remove (sink->copies, sqlite3_column_text (row, 0));
      g_assert_cmpuint (n_copies, <=, is_ambiguous ? 2 : 1);
      n_twice += n_copies == 2;
      if (strcmp (state, "delivered") == 0)
        g_assert_cmpuint (n_copies, >=, 1);
      else if (strcmp (state, "quarantined") == 0)
        n_put_aside++;
      else
        {
          g_assert_cmpstr (state, ==, "probable");
          g_assert_true (is_ambiguous);
          n_probable++;
          n_unknown += n_copies == 0;
        }
    }
  sqlite3_finalize (row);

  /* Nothing arrived that nobody had said. */
  g_assert_cmpuint (g_hash_table_size (sink->copies), ==, 0);
  g_test_message ("deliveries n=%u, twice %u (all marked ambiguous), probable %u (of which never "
                  "arrived %u), quarantined %u, lost 0", n_rows, n_twice, n_probable, n_unknown,
                  n_put_aside);
}

/* Nobody waits for ever; each picture is there as a whole, and nothing else is. */
static void
check_pictures (Sink    *sink,
                sqlite3 *connection)
{
  g_autofree char *folder = g_build_filename (sink->directory, "pictures", NULL);
  g_autoptr(GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n_files = 0;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM picture JOIN delivery ON delivery.picture=picture.id"
                                              " WHERE name='%s'", name);
      GStatBuf info = { 0 };

      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_size, ==, 5000);
      g_assert_cmpuint (count (connection, sql), >=, 1);
      n_files++;
    }

  g_assert_cmpuint (n_files, >, 0);
  g_assert_cmpuint (count (connection, "SELECT count(*) FROM picture"), ==, n_files);
  g_assert_cmpuint (count (connection, "SELECT count(*) FROM delivery WHERE held>0 AND state IN"
                                       " ('pending','deferred','sending','committing')"), ==, 0);
  g_test_message ("pictures n=%u, messages without theirs %u", n_files,
                  count (connection, "SELECT count(*) FROM delivery WHERE note IS NOT NULL"));
}

static void
test_killed_a_hundred_times_loses_nothing (void)
{
  Sink sink = { .directory = g_dir_make_tmp ("crash-XXXXXX", NULL) };
  g_autofree char *path = g_build_filename (sink.directory, "herald.db", NULL);
  g_autofree char *socket_path = g_build_filename (sink.directory, "sink", NULL);
  g_autofree char *command = g_strdup_printf ("rm -r %s", sink.directory);
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (socket_path);
  sqlite3 *connection = NULL;

  sink.copies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sink.service = g_socket_service_new ();
  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (sink.service), address,
                                                G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                                                NULL, NULL, NULL));
  g_signal_connect (sink.service, "incoming", G_CALLBACK (on_incoming), &sink);

  for (guint i = 1; i <= N_KILLS; i++)
    run_and_kill (&sink, i);
  drain (&sink);

  g_assert_cmpint (sqlite3_open (path, &connection), ==, SQLITE_OK);
  g_assert_cmpuint (count (connection, "SELECT integrity_check='ok' FROM pragma_integrity_check"),
                    ==, 1);
  g_test_message ("kills n=%d, promised events n=%u", N_KILLS, check_promises (&sink, connection));
  g_assert_cmpuint (count (connection, "SELECT count(*) FROM delivery"), ==,
                    2 * count (connection, "SELECT count(*) FROM event"));
  check_pictures (&sink, connection);
  check_deliveries (&sink, connection);

  sqlite3_close (connection);
  g_socket_service_stop (sink.service);
  g_object_unref (sink.service);
  g_hash_table_unref (sink.copies);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (sink.directory);
}

int
main (int    argc,
      char **argv)
{
  if (argc >= 3 && strcmp (argv[1], "--child") == 0)
    return crash_child_run (argv[2], argc > 3 ? argv[3] : NULL);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outbox/crash", test_killed_a_hundred_times_loses_nothing);

  return g_test_run ();
}
