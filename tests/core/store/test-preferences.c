/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-preferences"

#include "core/store/preferences.h"

#include <string.h>

#include <glib/gstdio.h>

#include "core/base/error.h"

typedef struct
{
  char *folder;
  char *path;
  HeraldConfig *config;
  guint n_changes;
} Fixture;

static void
on_changed (HeraldConfig *config,
            const char   *category,
            const char   *id,
            Fixture      *fixture)
{
  g_assert_cmpstr (category, ==, "octoherald");
  g_assert_cmpstr (id, ==, "");
  fixture->n_changes++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("preferences-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "octoherald.conf", NULL);
  if (user_data != NULL)
    {
      g_assert_true (g_file_set_contents (fixture->path, user_data, -1, NULL));
      g_chmod (fixture->path, 0600);
    }
  fixture->config = herald_config_new (fixture->path, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->config, "changed", G_CALLBACK (on_changed), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_autofree char *backup = g_strconcat (fixture->path, ".backup", NULL);

  g_assert_finalize_object (fixture->config);
  g_unlink (backup);
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static char *
read_file (Fixture *fixture)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));

  return text;
}

static gboolean
set (Fixture     *fixture,
     const char  *name,
     const char  *value,
     GError     **error)
{
  g_autoptr(HeraldValues) changes = herald_values_new ();

  herald_values_set (changes, name, value);

  return herald_preferences_set (fixture->config, changes, error);
}

static void
test_every_row_is_whole (Fixture       *fixture,
                         gconstpointer  user_data)
{
  guint n_preferences = 0;
  const HeraldPreference *preferences = herald_preferences_get_all (&n_preferences);

  for (guint i = 0; i < n_preferences; i++)
    {
      g_autofree char *value = herald_preferences_dup (fixture->config, preferences[i].name);

      g_assert_true (herald_preferences_find (preferences[i].name) == &preferences[i]);
      g_assert_true (herald_preferences_check_value (&preferences[i], preferences[i].fallback, NULL));
      g_assert_cmpstr (value, ==, preferences[i].fallback);
      g_assert_true (*preferences[i].label != '\0' && g_str_has_suffix (preferences[i].hint, "."));
    }
  g_assert_null (herald_preferences_find ("autostart"));
}

static void
test_set_is_written_and_told_once (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  g_autofree char *text = NULL;
  g_autofree char *reset = NULL;

  g_assert_true (set (fixture, "tray", "false", NULL));
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  g_assert_false (herald_preferences_get_boolean (fixture->config, "tray"));
  g_assert_true (set (fixture, "tray", "false", NULL));
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  text = read_file (fixture);
  g_assert_nonnull (strstr (text, "\ntray=false\n"));
  g_assert_true (set (fixture, "tray", "", NULL));
  g_assert_true (herald_preferences_get_boolean (fixture->config, "tray"));
  reset = read_file (fixture);
  g_assert_null (strstr (reset, "tray="));
}

static void
test_wrong_one_changes_nothing (Fixture       *fixture,
                                gconstpointer  user_data)
{
  static const struct
  {
    const char *name;
    const char *value;
    const char *told;
  } rows[] = {
    { "tray", "yes", "true or false, not “yes”" },
    { "tray", "TRUE", "true or false" },
    { "tray", " true", "true or false" },
    { "keep-awake", "\xff\xfe", "true or false" },
    { "keep-awake", "a\nb\x1b[31m", "not “a b" },
    { "quiet-from", "noon", "a time such as 22:00 or 07:30, not “noon”" },
    { "quiet-until", "24:00", "a time such as" },
    { "history-days", "3651", "from 0 to 3650, not “3651”" },
    { "history-days", "1.5", "from 0 to 3650" },
    { "version", "2", "no preference “version”" },
    { "allow-scripts", "true", "no preference" },
    { "", "true", "no preference" },
    { "a\nb", "true", "no preference" },
  };
  g_autofree char *before = read_file (fixture);
  g_autofree char *after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(HeraldValues) changes = herald_values_new ();
      g_autoptr(GError) error = NULL;

      herald_values_set (changes, "tray", "false");
      herald_values_set (changes, rows[i].name, rows[i].value);
      g_assert_false (herald_preferences_set (fixture->config, changes, &error));
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
      g_assert_nonnull (strstr (error->message, rows[i].told));
      g_assert_null (strchr (error->message, '\n'));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  after = read_file (fixture);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (fixture->n_changes, ==, 0);
}

#define OF_A_PERSON \
  "# mine\n[octoherald]\n# about tray\ntray=sometimes\nfuture=1\nscript-before=C:\\\\x\nversion=1\n\n[printer a]\nurl=http://a\n"

static void
test_what_else_is_there_stays (Fixture       *fixture,
                               gconstpointer  user_data)
{
  static const char *const kept[] = { "# mine", "# about tray", "tray=sometimes", "future=1", "script-before=C:\\\\x",
                                      "[printer a]", "url=http://a" };
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  g_assert_true (herald_preferences_get_boolean (fixture->config, "tray"));
  g_assert_true (set (fixture, "keep-awake", "true", NULL));
  text = read_file (fixture);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    g_assert_true (g_strv_contains ((const char *const *) lines, kept[i]));
}

static void
test_disk_that_fails_is_told (Fixture       *fixture,
                              gconstpointer  user_data)
{
  g_autofree char *backup = g_strconcat (fixture->path, ".backup", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir (backup, 0700), ==, 0);
  g_assert_false (set (fixture, "tray", "false", &error));
  g_assert_nonnull (error);
  g_assert_true (herald_preferences_get_boolean (fixture->config, "tray"));
  g_assert_cmpuint (fixture->n_changes, ==, 0);
  g_rmdir (backup);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, text, function) g_test_add ("/preferences/" name, Fixture, text, set_up, function, tear_down)
  ADD ("every row is whole", NULL, test_every_row_is_whole);
  ADD ("set is written and told once", NULL, test_set_is_written_and_told_once);
  ADD ("wrong one changes nothing", NULL, test_wrong_one_changes_nothing);
  ADD ("what else is there stays", OF_A_PERSON, test_what_else_is_there_stays);
  ADD ("disk that fails is told", NULL, test_disk_that_fails_is_told);

  return g_test_run ();
}
