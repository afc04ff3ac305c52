/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/printers/octoprint/octoprint-server.h"
#include "core/printers/printer-class.h"

G_BEGIN_DECLS

/* Where a film is, with its size, if it is MPEG-4; and its last frame, which OctoPrint keeps beside it.
 * @server: (nullable): %NULL while there is no connection
 * @wish: with the name of the film */
void       herald_octoprint_films_find_async  (HeraldPrinter            *printer,
                                               HeraldOctoprintServer    *server,
                                               const HeraldPictureWish  *wish,
                                               GCancellable             *cancellable,
                                               GAsyncReadyCallback       callback,
                                               gpointer                  user_data);
/* Returns (transfer full) (element-type HeraldPictureSource): one or more. NULL with SETTINGS if there is none. */
GPtrArray *herald_octoprint_films_find_finish (GAsyncResult             *result,
                                               GError                  **error);

/* @list: (nullable): what `/api/timelapse` says; NULL if it may not be seen
 * @name: of the film
 * Returns (transfer full) (element-type HeraldPictureSource): none or more */
GPtrArray *herald_octoprint_films_read        (JsonObject               *list,
                                               const char               *name);

G_END_DECLS
