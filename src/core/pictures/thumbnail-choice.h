/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture.h"

G_BEGIN_DECLS

/* Of a file no more than this is read for its thumbnail; slicers write it first. */
#define HERALD_THUMBNAIL_HEAD_BYTES (1024 * 1024)

/* What a container says of the size of a thumbnail is believed up to here, beyond it the thumbnail is passed over. */
#define HERALD_THUMBNAIL_MAX_BYTES HERALD_PICTURE_MAX_BYTES

/* Puts the picture in place of @best if it has more pixels, or as many and lost none of its quality.
 * @bytes: encoded; what is no whole PNG, JPEG or QOI within our limits is passed over
 * Returns: whether @best is another one now */
gboolean herald_thumbnail_choice_offer (HeraldPicture **best,
                                        GBytes         *bytes);

G_END_DECLS
