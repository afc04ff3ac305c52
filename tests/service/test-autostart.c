/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-autostart"

#include "service/session/autostart-entry.h"

#include <glib/gstdio.h>
#include <gio/gdesktopappinfo.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"

#define PROGRAM "/usr/libexec/octoherald-service"
#define FOREIGN \
  "# my own\n[Desktop Entry]\nType=Application\nName=Mine\nName[de]=Meins\nExec=%s\nX-Mine=1\nHidden=true\n"

static char *
make_system_path (void)
{
  return g_build_filename (g_get_system_config_dirs ()[0], "autostart", "io.github.octoherald.OctoHerald.desktop", NULL);
}

static void
put (const char *path,
     const char *text)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static char *
get (const char *path)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

static void
set (gboolean enabled)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (herald_autostart_entry_set (PROGRAM, enabled, &error));
  g_assert_no_error (error);
  g_assert_true (herald_autostart_entry_is_enabled () == enabled);
}

/* As the desktop reads it */
static void
assert_starts (const char *path,
               const char *program)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autofree char *line = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) words = NULL;
  g_autoptr(GString) plain = NULL;

  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL));
  line = g_key_file_get_string (file, G_KEY_FILE_DESKTOP_GROUP, "Exec", NULL);
  g_assert_true (g_shell_parse_argv (line, NULL, &words, &error));
  g_assert_no_error (error);
  plain = g_string_new (words[0]);
  g_string_replace (plain, "%%", "%", 0);
  g_assert_cmpstr (plain->str, ==, program);
  g_assert_cmpstr (words[1], ==, "--if-needed");
  g_assert_null (words[2]);
}

static void
assert_valid (const char *path)
{
  g_autofree char *output = NULL;
  int status = 0;
  const char *const command[] = { "desktop-file-validate", path, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, &status, NULL));
  g_assert_cmpstr (output, ==, "");
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

static void
test_what_is_written_is_valid_and_goes_again (void)
{
  g_autofree char *path = herald_autostart_entry_dup_path ();

  g_assert_false (herald_autostart_entry_is_enabled ());
  set (TRUE);
  assert_valid (path);
  assert_starts (path, PROGRAM);
  set (TRUE);
  set (FALSE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  set (FALSE);
}

static void
test_any_path_is_quoted (void)
{
  static const char *const programs[] = { "/opt/Octo Herald/service", "/opt/a\"b/`c`/$HOME/d\\e", "/opt/100%/%f/%%",
                                          "/opt/'x'/#;&|<>()*?~", "/opt/\xc3\xa4\xc3\xb6/s", "/opt/ \\\"/s" };
  g_autofree char *path = herald_autostart_entry_dup_path ();

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_assert_true (herald_autostart_entry_set (programs[i], TRUE, NULL));
      assert_starts (path, programs[i]);
      /* By the letter of the specification only ASCII can be a path. */
      if (g_str_is_ascii (programs[i]))
        assert_valid (path);
      g_assert_true (herald_autostart_entry_set (programs[i], FALSE, NULL));
    }
}

/* A real desktop's own code, not ours, unquotes it. */
static void
test_gio_starts_it (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "a \"$(b)\" `c` \\d", NULL);
  g_autofree char *program = g_build_filename (folder, "octoherald-service", NULL);
  g_autofree char *mark = g_build_filename (folder, "mark", NULL);
  g_autofree char *path = herald_autostart_entry_dup_path ();
  g_autoptr(GDesktopAppInfo) info = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *told = NULL;

  put (program, "#!/bin/sh\ncd \"$(dirname \"$0\")\" && echo \"$@\" > mark.new && mv mark.new mark\n");
  g_assert_cmpint (g_chmod (program, 0700), ==, 0);
  g_assert_true (herald_autostart_entry_set (program, TRUE, NULL));
  info = g_desktop_app_info_new_from_filename (path);
  g_assert_nonnull (info);
  g_assert_true (g_app_info_launch (G_APP_INFO (info), NULL, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 200 && !g_file_test (mark, G_FILE_TEST_EXISTS); i++)
    g_usleep (50 * 1000);
  told = get (mark);
  g_assert_cmpstr (told, ==, "--if-needed\n");
}

static void
test_switches_of_the_desktop_are_heard (void)
{
  static const struct
  {
    const char *line;
    gboolean enabled;
  } rows[] = {
    { "Hidden=true", FALSE },                      { "Hidden=false", TRUE },
    { "X-GNOME-Autostart-enabled=false", FALSE },  { "X-GNOME-Autostart-enabled=true", TRUE },
    { "X-GNOME-Autostart-enabled=perhaps", TRUE }, { "NoDisplay=true", TRUE }, { "[Broken", FALSE },
  };
  g_autofree char *path = herald_autostart_entry_dup_path ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("[Desktop Entry]\nType=Application\nName=x\nExec=" PROGRAM "\n%s\n", rows[i].line);

      put (path, text);
      g_assert_true (herald_autostart_entry_is_enabled () == rows[i].enabled);
      set (TRUE);
      assert_valid (path);
    }
}

static void
test_foreign_file_is_kept (void)
{
  g_autofree char *path = herald_autostart_entry_dup_path ();
  g_autofree char *own_way = g_strdup_printf (FOREIGN, "sh -c \"sleep 20; " PROGRAM "\"");
  g_autofree char *window = g_strdup_printf (FOREIGN, "octoherald");
  g_autofree char *text = NULL;
  g_autofree char *hidden = NULL;

  put (path, own_way);
  set (TRUE);
  text = get (path);
  for (guint i = 0; i < 4; i++)
    {
      const char *const kept[] = { "# my own", "Name[de]=Meins", "X-Mine=1", "Exec=sh -c \"sleep 20; " PROGRAM "\"" };

      g_assert_nonnull (strstr (text, kept[i]));
    }
  g_assert_null (strstr (text, "Hidden"));
  set (FALSE);
  hidden = get (path);
  g_assert_nonnull (strstr (hidden, "X-Mine=1"));
  g_assert_nonnull (strstr (hidden, "Hidden=true"));

  /* Nobody asked for a window at each login. */
  put (path, window);
  set (TRUE);
  assert_starts (path, PROGRAM);
}

static void
test_one_for_all_users_is_hidden_for_this_one (void)
{
  g_autofree char *system_path = make_system_path ();
  g_autofree char *path = herald_autostart_entry_dup_path ();

  put (system_path, "[Desktop Entry]\nType=Application\nName=OctoHerald\nExec=" PROGRAM "\n");
  g_assert_true (herald_autostart_entry_is_enabled ());
  set (FALSE);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (system_path, G_FILE_TEST_EXISTS));
  set (TRUE);
  set (FALSE);
  g_remove (system_path);
}

static void
test_link_is_replaced_and_not_written_through (void)
{
  g_autofree char *path = herald_autostart_entry_dup_path ();
  g_autofree char *target = g_build_filename (g_get_user_config_dir (), "target", NULL);
  g_autofree char *text = g_strdup_printf (FOREIGN, "octoherald");
  g_autofree char *after = NULL;
  GStatBuf info;

  put (path, "");
  g_remove (path);
  put (target, text);
  g_assert_no_errno (symlink (target, path));
  set (TRUE);
  g_assert_cmpint (g_lstat (path, &info), ==, 0);
  g_assert_true (S_ISREG (info.st_mode));
  after = get (target);
  g_assert_cmpstr (after, ==, text);
}

static void
test_what_is_no_file_is_passed_over (void)
{
  g_autofree char *path = herald_autostart_entry_dup_path ();
  g_autofree char *large = g_strnfill (1024 * 1024, 'x');
  g_autoptr(GError) error = NULL;

  put (path, "");
  g_remove (path);
  g_assert_no_errno (mkfifo (path, 0600));
  g_assert_false (herald_autostart_entry_is_enabled ());
  g_remove (path);
  put (path, large);
  g_assert_false (herald_autostart_entry_is_enabled ());
  set (TRUE);
  set (FALSE);

  g_assert_no_errno (g_mkdir (path, 0700));
  g_assert_false (herald_autostart_entry_is_enabled ());
  g_assert_false (herald_autostart_entry_set (PROGRAM, TRUE, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_rmdir (path);
}

static void
test_program_that_moved_is_found_again (void)
{
  g_autofree char *path = herald_autostart_entry_dup_path ();
  g_autofree char *foreign = g_strdup_printf (FOREIGN, "/gone/octoherald-service");
  g_autofree char *after = NULL;

  g_assert_true (herald_autostart_entry_set ("/gone/octoherald-service", TRUE, NULL));
  herald_autostart_entry_mend ("/bin/true");
  assert_starts (path, "/gone/octoherald-service");
  herald_autostart_entry_mend (PROGRAM);
  assert_starts (path, PROGRAM);

  put (path, foreign);
  herald_autostart_entry_mend (PROGRAM);
  after = get (path);
  g_assert_cmpstr (after, ==, foreign);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/autostart/what is written is valid and goes again", test_what_is_written_is_valid_and_goes_again);
  g_test_add_func ("/autostart/any path is quoted", test_any_path_is_quoted);
  g_test_add_func ("/autostart/gio starts it", test_gio_starts_it);
  g_test_add_func ("/autostart/switches of the desktop are heard", test_switches_of_the_desktop_are_heard);
  g_test_add_func ("/autostart/foreign file is kept", test_foreign_file_is_kept);
  g_test_add_func ("/autostart/one for all users is hidden for this one", test_one_for_all_users_is_hidden_for_this_one);
  g_test_add_func ("/autostart/link is replaced and not written through", test_link_is_replaced_and_not_written_through);
  g_test_add_func ("/autostart/what is no file is passed over", test_what_is_no_file_is_passed_over);
  g_test_add_func ("/autostart/program that moved is found again", test_program_that_moved_is_found_again);

  return g_test_run ();
}
