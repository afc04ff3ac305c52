/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-config"

#include "core/store/config.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "core/base/error.h"

static char *directory;
static char *path;

static HeraldConfig *
open_config (void)
{
  g_autoptr(GError) error = NULL;
  HeraldConfig *config = herald_config_new (path, &error);

  g_assert_no_error (error);

  return config;
}

static void
on_changed (HeraldConfig *config,
            const char   *category,
            const char   *id,
            GString      *seen)
{
  g_string_append_printf (seen, "%s/%s ", category, id);
}

static void
test_values_survive_as_they_are (void)
{
  static const char *const awkward[] = { "", " leading", "trailing ", "a\nb\r\n\tc", "back\\slash\\n",
                                         "# no comment", "[x]", "a=b;c", "äöü 🖨", "\\s" };
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autoptr(HeraldConfig) config = open_config ();
  g_autoptr(HeraldValues) read = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) seen = g_string_new (NULL);
  g_auto(GStrv) ids = NULL;
  struct stat info;

  for (guint i = 0; i < G_N_ELEMENTS (awkward); i++)
    {
      g_autofree char *name = g_strdup_printf ("value-%u", i);

      herald_values_set (values, name, awkward[i]);
    }
  g_signal_connect (config, "changed", G_CALLBACK (on_changed), seen);
  g_assert_true (herald_config_set_section (config, "message", "print-done mk3", values, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (seen->str, ==, "message/print-done mk3 ");
  g_assert_finalize_object (g_steal_pointer (&config));

  config = open_config ();
  read = herald_config_dup_section (config, "message", "print-done mk3");
  g_assert_cmpuint (g_hash_table_size (read), ==, G_N_ELEMENTS (awkward));
  for (guint i = 0; i < G_N_ELEMENTS (awkward); i++)
    {
      g_autofree char *name = g_strdup_printf ("value-%u", i);

      g_assert_cmpstr (herald_values_get (read, name), ==, awkward[i]);
    }
  ids = herald_config_dup_ids (config, "message");
  g_assert_cmpstr (ids[0], ==, "print-done mk3");
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
}

static void
test_several_sections_are_written_at_once_or_not_at_all (void)
{
  g_autoptr(HeraldConfig) config = open_config ();
  g_autoptr(GPtrArray) sections = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_config_section_free);
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autoptr(HeraldValues) read = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) ids = NULL;

  herald_values_set (values, "name", "One");
  g_ptr_array_add (sections, herald_config_section_new ("batch", "one", values));
  g_ptr_array_add (sections, herald_config_section_new ("batch", "two]", values));
  g_assert_false (herald_config_set_sections (config, sections, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_clear_error (&error);
  ids = herald_config_dup_ids (config, "batch");
  g_assert_null (ids[0]);

  g_ptr_array_set_size (sections, 1);
  g_ptr_array_add (sections, herald_config_section_new ("batch", "two", values));
  g_assert_true (herald_config_set_sections (config, sections, &error));
  g_assert_no_error (error);
  read = herald_config_dup_section (config, "batch", "two");
  g_assert_cmpstr (herald_values_get (read, "name"), ==, "One");
  g_ptr_array_set_size (sections, 0);
  g_assert_true (herald_config_remove_section (config, "batch", "one", &error));
  g_assert_true (herald_config_remove_section (config, "batch", "two", &error));
}

static void
test_comments_survive (void)
{
  g_autoptr(HeraldConfig) config = NULL;
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (path, "# mine\n[printer a]\n# key\nname=A\nurl=u\n", -1, NULL));
  config = open_config ();
  herald_values_set (values, "name", "B");
  g_assert_true (herald_config_set_section (config, "printer", "a", values, NULL));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "# mine\n"));
  g_assert_nonnull (strstr (text, "# key\nname=B\n"));
  g_assert_null (strstr (text, "url"));
}

static void
test_broken_file_is_named_and_kept (void)
{
  static const char broken[] = "[printer a]\nname=A\n\nthis is not a setting\n";
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldConfig) config = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (path, broken, -1, NULL));
  config = herald_config_new (path, &error);
  g_assert_null (config);
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, "Line 4 "));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, broken);
  g_unlink (path);
}

static void
test_import_is_all_or_nothing (void)
{
  g_autoptr(HeraldConfig) config = open_config ();
  g_autofree char *before = herald_config_export (config);
  g_autofree char *after = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldValues) values = NULL;

  g_assert_false (herald_config_import (config, "[printer x]\nname=X\n[a/b]\n", &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  after = herald_config_export (config);
  g_assert_cmpstr (before, ==, after);
  g_assert_true (herald_config_import (config, "[printer x]\nname=X\n", NULL));
  values = herald_config_dup_section (config, "printer", "x");
  g_assert_cmpstr (herald_values_get (values, "name"), ==, "X");
}

static void
assert_scripts (HeraldConfig *config,
                const char   *allowed,
                const char   *before,
                const char   *after)
{
  g_autoptr(HeraldValues) values = herald_config_dup_section (config, "octoherald", NULL);

  g_assert_cmpstr (herald_values_get (values, "allow-scripts"), ==, allowed);
  g_assert_cmpstr (herald_values_get (values, "script-before"), ==, before);
  g_assert_cmpstr (herald_values_get (values, "script-after"), ==, after);
}

static void
test_import_never_allows_scripts (void)
{
  g_autoptr(HeraldConfig) config = open_config ();
  g_autofree char *exported = NULL;

  g_assert_true (herald_config_import (config, "[octoherald]\nallow-scripts=true\nscript-before=/evil\n", NULL));
  assert_scripts (config, NULL, NULL, NULL);
  g_assert_finalize_object (g_steal_pointer (&config));

  g_assert_true (g_file_set_contents (path, "[octoherald]\nallow-scripts=true\nscript-before=/mine\n", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  config = open_config ();
  assert_scripts (config, "true", "/mine", NULL);
  exported = herald_config_export (config);
  g_assert_nonnull (strstr (exported, "allow-scripts=false"));
  assert_scripts (config, "true", "/mine", NULL);

  /* Ours stay, switched off; theirs are not taken. */
  g_assert_true (herald_config_import (config, "[octoherald]\nallow-scripts=true\nscript-before=/evil\n"
                                               "script-after=/evil\n", NULL));
  assert_scripts (config, "false", "/mine", NULL);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *command = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  directory = g_dir_make_tmp ("config-XXXXXX", NULL);
  path = g_build_filename (directory, "octoherald.conf", NULL);

  g_test_add_func ("/config/values", test_values_survive_as_they_are);
  g_test_add_func ("/config/several-at-once", test_several_sections_are_written_at_once_or_not_at_all);
  g_test_add_func ("/config/scripts", test_import_never_allows_scripts);
  g_test_add_func ("/config/comments", test_comments_survive);
  g_test_add_func ("/config/broken", test_broken_file_is_named_and_kept);
  g_test_add_func ("/config/import", test_import_is_all_or_nothing);

  result = g_test_run ();
  command = g_strdup_printf ("rm -r %s", directory);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (directory);
  g_free (path);

  return result;
}
