/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture.h"
#include "core/printers/printer.h"

G_BEGIN_DECLS

/**
 * HeraldPictureCatch:
 * @picture: turned as it must be, without metadata
 * @wish: what it is; may be another kind than was wished for, e.g. the last frame of a film
 * @note: (nullable): one sentence for the history if it is not quite what was wished for
 */
typedef struct
{
  HeraldPicture *picture;
  HeraldPictureWishKind kind;
  char *note;
} HeraldPictureCatch;

/* Gets the picture @wish speaks of, within @deadline_ms. @film_max_bytes: a film that is longer is not fetched, its
 * last frame is; 0 for no film at all.
 * Fails with SETTINGS if there is nothing to get (no camera, no thumbnail in the file): that is quick and nobody's
 * fault; UNREACHABLE, BUSY (in time), REJECTED, … each with one sentence that can follow "No picture: ". */
void                herald_picture_fetch_async  (HeraldPrinter            *printer,
                                                 const HeraldPictureWish  *wish,
                                                 guint                     deadline_ms,
                                                 gsize                     film_max_bytes,
                                                 GCancellable             *cancellable,
                                                 GAsyncReadyCallback       callback,
                                                 gpointer                  user_data);
HeraldPictureCatch *herald_picture_fetch_finish (GAsyncResult             *result,
                                                 GError                  **error);
void                herald_picture_catch_free   (HeraldPictureCatch       *self);

/* Whether there is hardly anything to be seen, e.g. because the lamp is not bright yet that a script has switched on:
 * after two seconds another one may be better. */
gboolean            herald_picture_catch_is_dark (const HeraldPictureCatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldPictureCatch, herald_picture_catch_free)

G_END_DECLS
