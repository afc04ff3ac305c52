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
