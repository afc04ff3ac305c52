/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture.h"
#include "core/printers/picture-source.h"

G_BEGIN_DECLS

/**
 * HeraldPictureRecipe:
 * @orientation: done first: horizontal flip, vertical flip, then 90° counter-clockwise
 * @max_side: the longer side of the result in pixels; never made larger; 0 for the limit
 * @max_bytes: of the result; quality and then size are lowered until it fits; 0 for the limit
 * @square: put it into a transparent (PNG) or black (JPEG) square
 * @png: make a PNG; else a JPEG
 *
 * What octoherald-picture is to make of a picture. All metadata is dropped.
 */
typedef struct
{
  HeraldOrientation orientation;
  guint max_side;
  gsize max_bytes;
  gboolean square;
  gboolean png;
} HeraldPictureRecipe;

/* Has a process of its own, that can do nothing else, decode @picture and make a new one of it: 5 s at most.
 * Fails with REJECTED if it cannot be decoded, PROTOCOL if the program is missing or died. */
void           herald_picture_worker_run_async  (HeraldPicture              *picture,
                                                 const HeraldPictureRecipe  *recipe,
                                                 GCancellable               *cancellable,
                                                 GAsyncReadyCallback         callback,
                                                 gpointer                    user_data);
/* (transfer full): with its brightness; NULL with an error */
HeraldPicture *herald_picture_worker_run_finish (GAsyncResult               *result,
                                                 GError                    **error);

G_END_DECLS
