/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-message-fixture"

#include "message-fixture.h"

#include <glib/gstdio.h>

#include "core/base/error.h"

void
message_fixture_reopen (MessageFixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_clear_object (&fixture->config);
  fixture->config = herald_config_new (fixture->path, &error);
  g_assert_no_error (error);
}

void
message_fixture_set_up (MessageFixture *fixture,
                        gconstpointer   user_data)
{
  fixture->directory = g_dir_make_tmp ("herald-messages-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->directory, "octoherald.conf", NULL);
  message_fixture_reopen (fixture);
}

void
message_fixture_tear_down (MessageFixture *fixture,
                           gconstpointer   user_data)
{
  g_autoptr(GDir) directory = g_dir_open (fixture->directory, 0, NULL);
  const char *name;

  g_assert_finalize_object (fixture->config);
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->directory, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->directory), ==, 0);
  g_free (fixture->path);
  g_free (fixture->directory);
}

gboolean
message_fixture_change (MessageFixture  *fixture,
                        HeraldEventKind  kind,
                        const char      *printer,
                        const char      *changes)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) words = g_strsplit (changes, "|", -1);
  gboolean changed;

  for (char **word = words; *word != NULL; word++)
    {
      g_auto(GStrv) parts = g_strsplit (*word, "=", 2);

      herald_values_set (values, parts[0], parts[1]);
    }
  changed = herald_message_settings_change (fixture->config, kind, printer, values, &error);
  if (!changed)
    g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);

  return changed;
}
