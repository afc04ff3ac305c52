/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-script-file"

#include "core/routing/script-file.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "core/base/error.h"
#include "fixtures/script-box.h"

#define SCRIPT "#!/bin/sh\nexit 0\n"

static void
assert_refused (const char *path,
                uid_t       user,
                const char *why)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (herald_script_file_check (path, user, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, path));
  if (strstr (error->message, why) == NULL)
    g_error ("“%s” does not say “%s”", error->message, why);
}

static void
assert_taken (const char *path)
{
  g_autoptr(GError) error = NULL;

  herald_script_file_check (path, geteuid (), &error);
  g_assert_no_error (error);
}

static void
test_script_of_ours_is_taken (ScriptBox     *box,
                              gconstpointer  user_data)
{
  g_autofree char *path = script_box_add (box, "good", SCRIPT, 0700);
  g_autofree char *odd = script_box_add (box, "a b;$(touch BOX)", SCRIPT, 0755);

  assert_taken (path);
  assert_taken (odd);
}

/* Its folder is a link on most systems, and the link is root’s. */
static void
test_program_of_the_system_is_taken (ScriptBox     *box,
                                     gconstpointer  user_data)
{
  assert_taken ("/usr/bin/true");
  assert_taken ("/bin/true");
}

static void
test_every_mode (ScriptBox     *box,
                 gconstpointer  user_data)
{
  static const struct
  {
    int mode;
    const char *why;
  } rows[] = {
    { 0700, NULL }, { 0755, NULL }, { 0500, NULL },
    { 0770, "others may change it" }, { 0720, "others may change it" },
    { 0777, "others may change it" }, { 0702, "others may change it" },
    { 0600, "may not be executed" }, { 0644, "may not be executed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = script_box_add (box, "script", SCRIPT, rows[i].mode);

      if (rows[i].why == NULL)
        assert_taken (path);
      else
        assert_refused (path, geteuid (), rows[i].why);
    }
}

static void
test_path_must_be_whole_and_plain (ScriptBox     *box,
                                   gconstpointer  user_data)
{
  g_autofree char *path = script_box_add (box, "script", SCRIPT, 0700);
  g_autofree char *upper = g_strconcat (box->folder, "/../script", NULL);
  g_autofree char *doubled = g_strconcat (box->folder, "//script", NULL);
  g_autofree char *missing = g_strconcat (path, "s", NULL);
  g_autofree char *below = g_strconcat (path, "/script", NULL);

  assert_refused ("script", geteuid (), "must begin with “/”");
  assert_refused ("~/script", geteuid (), "must begin with “/”");
  assert_refused (upper, geteuid (), "must be plain");
  assert_refused (doubled, geteuid (), "must be plain");
  assert_refused (missing, geteuid (), "no such file");
  assert_refused (below, geteuid (), "no such file");
  assert_refused ("/", geteuid (), "it is not a file");
}

static void
test_what_is_no_program_is_refused (ScriptBox     *box,
                                    gconstpointer  user_data)
{
  g_autofree char *text = script_box_add (box, "text", "echo hello\n", 0700);
  g_autofree char *empty = script_box_add (box, "empty", "", 0700);
  g_autofree char *folder = script_box_make_path (box, "folder");
  g_autofree char *pipe_path = script_box_make_path (box, "pipe");

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (mkfifo (pipe_path, 0700), ==, 0);
  assert_refused (text, geteuid (), "it is no program");
  assert_refused (empty, geteuid (), "it is no program");
  assert_refused (folder, geteuid (), "it is not a file");
  assert_refused (pipe_path, geteuid (), "it is not a file");
  assert_refused ("/dev/null", geteuid (), "it is not a file");
}

static void
test_link_is_refused (ScriptBox     *box,
                      gconstpointer  user_data)
{
  g_autofree char *path = script_box_add (box, "script", SCRIPT, 0700);
  g_autofree char *link_path = script_box_make_path (box, "link");
  g_autofree char *dangling = script_box_make_path (box, "dangling");

  g_assert_cmpint (symlink (path, link_path), ==, 0);
  g_assert_cmpint (symlink ("/nowhere", dangling), ==, 0);
  assert_refused (link_path, geteuid (), "it is a link");
  assert_refused (dangling, geteuid (), "it is a link");
}

/* Root’s links are trusted, so it takes another user to see that others’ are not. */
static void
test_link_on_the_way_is_refused (ScriptBox     *box,
                                 gconstpointer  user_data)
{
  uid_t owner = geteuid () != 0 ? geteuid () : 12345;
  g_autofree char *folder = script_box_make_path (box, "folder");
  g_autofree char *link_path = script_box_make_path (box, "link");
  g_autofree char *path = g_build_filename (link_path, "script", NULL);
  g_autofree char *real_path = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  real_path = script_box_add (box, "folder/script", SCRIPT, 0700);
  g_assert_cmpint (symlink (folder, link_path), ==, 0);
  if (geteuid () == 0)
    g_assert_cmpint (lchown (link_path, owner, (gid_t) -1), ==, 0);
  assert_refused (path, owner, "there is a link in its path");
}

static void
test_every_mode_of_its_folder (ScriptBox     *box,
                               gconstpointer  user_data)
{
  static const int bad_modes[] = { 0770, 0777, 01777, 0702 };
  g_autofree char *folder = script_box_make_path (box, "folder");
  g_autofree char *inner = script_box_make_path (box, "folder/inner");
  g_autofree char *path = NULL;
  g_autofree char *inner_path = NULL;

  g_assert_cmpint (g_mkdir (folder, 0755), ==, 0);
  g_assert_cmpint (g_mkdir (inner, 0755), ==, 0);
  path = script_box_add (box, "folder/script", SCRIPT, 0700);
  inner_path = script_box_add (box, "folder/inner/script", SCRIPT, 0700);
  assert_taken (path);

  for (guint i = 0; i < G_N_ELEMENTS (bad_modes); i++)
    {
      g_assert_cmpint (g_chmod (folder, bad_modes[i]), ==, 0);
      assert_refused (path, geteuid (), "others may change the folder");
      /* Where only owners may rename, as in /tmp, what lies deeper is safe. */
      if (bad_modes[i] == 01777)
        assert_taken (inner_path);
      else
        assert_refused (inner_path, geteuid (), "others may change the folder");
    }
}

static void
test_what_belongs_to_somebody_else_is_refused (ScriptBox     *box,
                                               gconstpointer  user_data)
{
  g_autofree char *path = script_box_add (box, "script", SCRIPT, 0755);

  /* Only root can give files away; for anybody else it is they who are somebody else. */
  if (geteuid () != 0)
    {
      assert_refused (path, geteuid () + 1, "a folder of somebody else");
      return;
    }

  g_assert_cmpint (chown (path, 12345, (gid_t) -1), ==, 0);
  assert_refused (path, 0, "it belongs to somebody else");
  g_assert_cmpint (chown (box->folder, 12345, (gid_t) -1), ==, 0);
  assert_refused (path, 0, "a folder of somebody else");
}

#define add(path, test) g_test_add (path, ScriptBox, NULL, script_box_set_up, test, script_box_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/script-file/ours", test_script_of_ours_is_taken);
  add ("/script-file/system", test_program_of_the_system_is_taken);
  add ("/script-file/mode", test_every_mode);
  add ("/script-file/path", test_path_must_be_whole_and_plain);
  add ("/script-file/no-program", test_what_is_no_program_is_refused);
  add ("/script-file/link", test_link_is_refused);
  add ("/script-file/link-on-the-way", test_link_on_the_way_is_refused);
  add ("/script-file/folder", test_every_mode_of_its_folder);
  add ("/script-file/owner", test_what_belongs_to_somebody_else_is_refused);

  return g_test_run ();
}
