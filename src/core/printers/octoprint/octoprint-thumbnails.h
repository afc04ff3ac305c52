/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/printers/octoprint/octoprint-server.h"
#include "core/printers/printer-class.h"

G_BEGIN_DECLS

/* Where the thumbnail of a file is, the best place first: OctoPrint’s own since 2.0, that of a plugin, the file itself.
 * @server: (nullable): %NULL while there is no connection
 * @wish: with path and origin */
void       herald_octoprint_thumbnails_find_async  (HeraldPrinter            *printer,
                                                    HeraldOctoprintServer    *server,
                                                    const HeraldPictureWish  *wish,
                                                    GCancellable             *cancellable,
                                                    GAsyncReadyCallback       callback,
                                                    gpointer                  user_data);
/* Returns (transfer full) (element-type HeraldPictureSource): one or more. NULL with SETTINGS if there can be no
 * thumbnail: no file, not there any more, or on the card of the printer. */
GPtrArray *herald_octoprint_thumbnails_find_finish (GAsyncResult             *result,
                                                    GError                  **error);

/* @file: (nullable): what `/api/files/ORIGIN/PATH` says of it
 * Returns (transfer full) (element-type HeraldPictureSource): none or more */
GPtrArray *herald_octoprint_thumbnails_read        (JsonObject               *file,
                                                    const char               *origin,
                                                    const char               *path);

G_END_DECLS
