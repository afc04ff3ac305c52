/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/octoprint/octoprint-server.h"
#include "core/printers/printer-class.h"

G_BEGIN_DECLS

/* Where OctoPrint has pictures: cameras from its settings, thumbnails and films of its files.
 * @server: (nullable): %NULL while there is no connection */
void       herald_octoprint_pictures_find_async  (HeraldPrinter            *printer,
                                                  HeraldOctoprintServer    *server,
                                                  const HeraldPictureWish  *wish,
                                                  GCancellable             *cancellable,
                                                  GAsyncReadyCallback       callback,
                                                  gpointer                  user_data);
GPtrArray *herald_octoprint_pictures_find_finish (GAsyncResult             *result,
                                                  GError                  **error);

G_END_DECLS
