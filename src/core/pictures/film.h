/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture.h"
#include "core/printers/printer.h"

G_BEGIN_DECLS

/* Gets the film of a print, or else its last frame.
 * @wish: with the name of the film
 * @max_bytes: a film that is longer is not fetched; 0 for the last frame in any case */
void           herald_film_fetch_async  (HeraldPrinter            *printer,
                                         const HeraldPictureWish  *wish,
                                         gsize                     max_bytes,
                                         GCancellable             *cancellable,
                                         GAsyncReadyCallback       callback,
                                         gpointer                  user_data);
/* (transfer full): MPEG-4 as it is, or a picture, to be given to octoherald-picture. NULL with SETTINGS if there is
 * neither, or what finding and reading can fail with.
 * @note: (out) (nullable) (transfer full): one sentence, why it is not the film; set on success only */
HeraldPicture *herald_film_fetch_finish (GAsyncResult             *result,
                                         char                    **note,
                                         GError                  **error);

G_END_DECLS
