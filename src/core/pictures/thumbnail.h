/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture.h"
#include "core/printers/printer.h"

G_BEGIN_DECLS

/* Gets the picture a slicer has made of what is printed. Of the printed file HERALD_THUMBNAIL_HEAD_BYTES are read at
 * most, and for a zip file its end.
 * @wish: with path and origin */
void           herald_thumbnail_fetch_async  (HeraldPrinter            *printer,
                                              const HeraldPictureWish  *wish,
                                              GCancellable             *cancellable,
                                              GAsyncReadyCallback       callback,
                                              gpointer                  user_data);
/* (transfer full): PNG, JPEG or QOI, as the slicer made it: to be given to octoherald-picture. NULL with SETTINGS if
 * the file has none, or what finding and reading can fail with. */
HeraldPicture *herald_thumbnail_fetch_finish (GAsyncResult             *result,
                                              GError                  **error);

G_END_DECLS
