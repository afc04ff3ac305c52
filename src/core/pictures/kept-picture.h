/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture-fetch.h"

G_BEGIN_DECLS

/* Gets what the server keeps beside its files: the thumbnail of a print, or its film or the last frame of it, within
 * @deadline_ms. A picture is remade by octoherald-picture; a film stays as it is.
 * @film_max_bytes: a film that is longer is not fetched; 0 for none at all */
void                herald_kept_picture_fetch_async  (HeraldPrinter            *printer,
                                                      const HeraldPictureWish  *wish,
                                                      guint                     deadline_ms,
                                                      gsize                     film_max_bytes,
                                                      GCancellable             *cancellable,
                                                      GAsyncReadyCallback       callback,
                                                      gpointer                  user_data);
HeraldPictureCatch *herald_kept_picture_fetch_finish (GAsyncResult             *result,
                                                      GError                  **error);

G_END_DECLS
