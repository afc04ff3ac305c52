/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/printers/print-count.h"

G_BEGIN_DECLS

/* Files beyond this are passed over. */
#define HERALD_OCTOPRINT_FILES_MAX 50000

/* @path and @name: cleaned */
typedef void (*HeraldOctoprintFileFunc) (const char             *path,
                                         const char             *name,
                                         const HeraldPrintCount *count,
                                         gpointer                user_data);

/* @answer: of /api/files or /api/files/local/PATH. @skew_ms: what our clock is ahead of the server’s.
 * Calls @func for every file that can be printed, in whatever folder. Returns how many there were. */
guint herald_octoprint_files_read       (JsonObject              *answer,
                                         gint64                   skew_ms,
                                         HeraldOctoprintFileFunc  func,
                                         gpointer                 user_data);

/* Returns (transfer full): the path of a request for one file of the server’s own storage */
char *herald_octoprint_files_make_path  (const char              *path);

G_END_DECLS
