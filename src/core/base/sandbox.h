/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether this program runs in a Flatpak, where portals stand for what is outside */
gboolean herald_sandbox_is_inside       (void);

/* Whether a file that is written there is gone with the sandbox, although writing it succeeds */
gboolean herald_sandbox_loses_file      (const char *path);

/* (transfer full): the user's folder in memory, of which programs outside can be given files, too: in a Flatpak a part of it */
char    *herald_sandbox_dup_runtime_dir (void);

G_END_DECLS
