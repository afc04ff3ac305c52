/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-sandbox"

#include "core/base/sandbox.h"

#include <gio/gunixmounts.h>

/* In every Flatpak, and nowhere else (flatpak-metadata(5)) */
#define MARK "/.flatpak-info"

gboolean
herald_sandbox_is_inside (void)
{
  return g_file_test (MARK, G_FILE_TEST_EXISTS);
}

/* Somebody may have allowed the computer's own (flatpak-override(1)). */
static gboolean
shares_temporary_files (void)
{
  g_autoptr(GKeyFile) info = g_key_file_new ();
  g_auto(GStrv) places = NULL;

  if (!g_key_file_load_from_file (info, MARK, G_KEY_FILE_NONE, NULL))
    return FALSE;

  places = g_key_file_get_string_list (info, "Context", "filesystems", NULL, NULL);
  for (guint i = 0; places != NULL && places[i] != NULL; i++)
    {
      if (g_str_has_prefix (places[i], "/tmp"))
        return TRUE;
    }

  return FALSE;
}

/* The nearest folder above @file that was put there by itself. Devices tell nothing: home and /tmp may be of the same one. */
static char *
dup_mount_point (const char *file)
{
  g_autofree char *place = g_path_get_dirname (file);

  for (;;)
    {
      GUnixMountEntry *mount = g_unix_mount_at (place, NULL);
      char *parent = NULL;

      if (mount != NULL || g_str_equal (place, "/"))
        {
          g_clear_pointer (&mount, g_unix_mount_free);
          return g_steal_pointer (&place);
        }
      parent = g_path_get_dirname (place);
      g_free (place);
      place = parent;
    }
}

/* What was not put there from outside is in memory, together with the root: also the user's own folder. */
gboolean
herald_sandbox_loses_file (const char *path)
{
  g_autofree char *file = g_canonicalize_filename (path, NULL);
  g_autofree char *place = herald_sandbox_is_inside () ? dup_mount_point (file) : NULL;

  return g_strcmp0 (place, "/") == 0 || (g_strcmp0 (place, "/tmp") == 0 && !shares_temporary_files ());
}

/* Nothing else in that folder is the same inside and outside (flatpak-run(1)), and portals refuse a file they cannot find. */
char *
herald_sandbox_dup_runtime_dir (void)
{
  const char *application = g_getenv ("FLATPAK_ID");

  if (!herald_sandbox_is_inside () || application == NULL)
    return g_strdup (g_get_user_runtime_dir ());

  return g_build_filename (g_get_user_runtime_dir (), "app", application, NULL);
}
