/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-database-race"

#include "core/store/database.h"

#include <string.h>
#include <unistd.h>

#define N_ROUNDS 50

static const char *program;

/* The child: says that it is ready, waits for the word, tries, says what came of it, waits. */
static int
try_to_open (const char *path)
{
  g_autoptr(HeraldDatabase) database = NULL;
  g_autoptr(GError) error = NULL;
  char byte = 'r';

  if (write (STDOUT_FILENO, &byte, 1) != 1 || read (STDIN_FILENO, &byte, 1) != 1)
    return 1;

  database = herald_database_new (path, NULL, &error);
  if (database != NULL)
    byte = 'w';
  else
    byte = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY) ? 'b' : 'e';
  if (write (STDOUT_FILENO, &byte, 1) != 1)
    return 1;

  return read (STDIN_FILENO, &byte, 1) == 0 ? 0 : 1;
}

static char
read_byte (GSubprocess *child)
{
  char byte = 0;

  g_input_stream_read (g_subprocess_get_stdout_pipe (child), &byte, 1, NULL, NULL);
  return byte;
}

static guint
race (const char *path)
{
  GSubprocess *children[2] = { NULL, NULL };
  guint n_winners = 0;
  guint n_refused = 0;

  for (guint i = 0; i < 2; i++)
    {
      children[i] = g_subprocess_new (
          G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, program, "--open",
          path, NULL);
      g_assert_cmpint (read_byte (children[i]), ==, 'r');
    }
  for (guint i = 0; i < 2; i++)
    g_output_stream_write (g_subprocess_get_stdin_pipe (children[i]), "g", 1, NULL, NULL);
  for (guint i = 0; i < 2; i++)
    {
      char byte = read_byte (children[i]);

      n_winners += byte == 'w';
      n_refused += byte == 'b';
    }
  g_assert_cmpuint (n_refused, ==, 1);
  for (guint i = 0; i < 2; i++)
    {
      g_output_stream_close (g_subprocess_get_stdin_pipe (children[i]), NULL, NULL);
      g_assert_true (g_subprocess_wait_check (children[i], NULL, NULL));
      g_object_unref (children[i]);
    }

  return n_winners;
}

static void
test_one_of_two_wins_each_time (void)
{
  g_autofree char *directory = g_dir_make_tmp ("race-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "herald.db", NULL);
  g_autofree char *command = g_strdup_printf ("rm -r %s", directory);

  for (guint i = 0; i < N_ROUNDS; i++)
    g_assert_cmpuint (race (path), ==, 1);

  g_test_message ("n=%d races, one winner each", N_ROUNDS);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--open") == 0)
    return try_to_open (argv[2]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/database/race", test_one_of_two_wins_each_time);

  return g_test_run ();
}
