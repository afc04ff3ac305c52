/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-database"

#include "core/store/database.h"

#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#define N_VARIANTS 240

static char *directory;
static char *path;

static HeraldDatabase *
open_database (char **set_aside)
{
  g_autoptr(GError) error = NULL;
  HeraldDatabase *database = herald_database_new (path, set_aside, &error);

  g_assert_no_error (error);

  return database;
}

static void
remove_files (void)
{
  g_autofree char *command = g_strdup_printf ("rm -rf %s", directory);

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
}

static void
fill (void)
{
  g_autoptr(HeraldDatabase) database = open_database (NULL);

  for (gint64 i = 0; i < 60; i++)
    {
      g_autofree char *name = g_strdup_printf ("printer-%d", (int) i);

      g_assert_true (herald_database_run (database, NULL, "INSERT INTO server(printer) VALUES(?1)",
                                          "t", name));
    }
  g_assert_finalize_object (g_steal_pointer (&database));
}

static void
test_file_is_private (void)
{
  struct stat info;

  remove_files ();
  fill ();
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (directory, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0700);
}

static void
test_link_is_refused (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldDatabase) database = NULL;

  remove_files ();
  g_assert_cmpint (g_mkdir (directory, 0700), ==, 0);
  g_assert_cmpint (symlink ("/dev/null", path), ==, 0);
  database = herald_database_new (path, NULL, &error);
  g_assert_null (database);
  g_assert_nonnull (error);
}

static void
test_damaged_file_never_prevents_a_start (void)
{
  g_autofree char *good = NULL;
  gsize length = 0;
  guint n_set_aside = 0;

  remove_files ();
  fill ();
  g_assert_true (g_file_get_contents (path, &good, &length, NULL));

  for (guint i = 0; i < N_VARIANTS; i++)
    {
      g_autofree char *bad = g_memdup2 (good, length);
      g_autofree char *set_aside = NULL;
      g_autoptr(HeraldDatabase) database = NULL;
      gsize bad_length = length;

      if (i % 4 == 0)
        bad_length = (gsize) g_test_rand_int_range (1, (int) length);
      for (guint j = 0; i % 4 != 0 && j < 1 + i % 16; j++)
        bad[i < 100 ? i : (guint) g_test_rand_int_range (0, (int) length)] ^=
            (char) g_test_rand_int_range (1, 256);

      remove_files ();
      g_assert_cmpint (g_mkdir (directory, 0700), ==, 0);
      g_assert_true (g_file_set_contents (path, bad, (gssize) bad_length, NULL));
      database = open_database (&set_aside);
      g_assert_true (set_aside == NULL || g_file_test (set_aside, G_FILE_TEST_EXISTS));
      n_set_aside += set_aside != NULL;
    }
  g_test_message ("%u of %u were set aside", n_set_aside, (guint) N_VARIANTS);
  g_assert_cmpuint (n_set_aside, >, N_VARIANTS / 4);
}

static void
test_final_states_are_final (void)
{
  g_autoptr(HeraldDatabase) database = NULL;

  remove_files ();
  database = open_database (NULL);
  g_assert_true (herald_database_run (database, NULL, "INSERT INTO server(printer) VALUES('')", ""));
  g_assert_true (herald_database_run (database, NULL,
                                      "INSERT INTO event(server,kind,source,dedupe,observed_ms,"
                                      "payload) VALUES(1,'test','live','d',1,'{}')", ""));
  g_assert_true (herald_database_run (
      database, NULL,
      "INSERT INTO delivery(event,rule,channel,channel_type,dest,lane,idem,body,boot_id,"
      "due_boot_ms,due_ms,expires_boot_ms,expires_ms,created_ms)"
      " VALUES(1,0,'c','t','d','l','k',x'00','b',0,0,0,0,0)", ""));
  g_assert_false (herald_database_run (database, NULL, "DELETE FROM delivery", ""));
  g_assert_true (herald_database_run (database, NULL, "UPDATE delivery SET state='probable'", ""));
  g_assert_false (herald_database_run (database, NULL, "UPDATE delivery SET state='pending'", ""));
  g_assert_true (herald_database_run (database, NULL, "DELETE FROM delivery", ""));
}

static gint64
count_servers (HeraldDatabase *database)
{
  gint64 n_servers = 0;

  g_assert_true (herald_database_get_int (database, &n_servers, NULL, "SELECT count(*) FROM server", ""));

  return n_servers;
}

static void
add_server (HeraldDatabase *database,
            const char     *name)
{
  g_assert_true (herald_database_run (database, NULL, "INSERT INTO server(printer) VALUES(?1)", "t", name));
}

/* What is undone within is undone alone; what is around it takes everything with it. */
static void
test_transaction_within_a_transaction (void)
{
  g_autoptr(HeraldDatabase) database = NULL;

  remove_files ();
  database = open_database (NULL);
  g_assert_true (herald_database_begin (database, NULL));
  add_server (database, "a");
  g_assert_true (herald_database_begin (database, NULL));
  add_server (database, "b");
  herald_database_roll_back (database);
  g_assert_true (herald_database_begin (database, NULL));
  add_server (database, "c");
  g_assert_true (herald_database_commit (database, NULL));
  g_assert_true (herald_database_commit (database, NULL));
  g_assert_cmpint (count_servers (database), ==, 2);

  g_assert_true (herald_database_begin (database, NULL));
  g_assert_true (herald_database_begin (database, NULL));
  add_server (database, "d");
  g_assert_true (herald_database_commit (database, NULL));
  herald_database_roll_back (database);
  g_assert_cmpint (count_servers (database), ==, 2);
  g_assert_finalize_object (g_steal_pointer (&database));
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *parent = g_dir_make_tmp ("database-XXXXXX", NULL);
  int result;

  g_test_init (&argc, &argv, NULL);
  directory = g_build_filename (parent, "data", NULL);
  path = g_build_filename (directory, "herald.db", NULL);

  g_test_add_func ("/database/private", test_file_is_private);
  g_test_add_func ("/database/link", test_link_is_refused);
  g_test_add_func ("/database/damaged", test_damaged_file_never_prevents_a_start);
  g_test_add_func ("/database/within", test_transaction_within_a_transaction);
  g_test_add_func ("/database/triggers", test_final_states_are_final);

  result = g_test_run ();
  remove_files ();
  g_rmdir (parent);
  g_free (directory);
  g_free (path);

  return result;
}
