/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldPictureForm:
 * @max_bytes: of a picture
 * @max_side: of its longer side, in pixels
 * @square: whether it must be a square
 * @film_max_bytes: of a film; 0 if it takes none
 * @price: what one costs beside its message, in microdollars
 *
 * What a picture must look like to go out by a channel.
 */
typedef struct
{
  gsize max_bytes;
  guint max_side;
  gboolean square;
  gsize film_max_bytes;
  gint64 price;
} HeraldPictureForm;

G_END_DECLS
