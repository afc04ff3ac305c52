/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-sandbox"

#include "core/base/sandbox.h"

/* In every Flatpak, and nowhere else (flatpak-metadata(5)) */
#define MARK "/.flatpak-info"

gboolean
herald_sandbox_is_inside (void)
{
  return g_file_test (MARK, G_FILE_TEST_EXISTS);
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
