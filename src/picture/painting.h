/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "core/pictures/picture-format.h"
#include "core/pictures/picture-worker.h"

G_BEGIN_DECLS

/* Decoded, upright as its EXIF says, and no longer than @max_side on its longer side; NULL with @fault */
GdkPixbuf *herald_painting_read           (const guint8              *data,
                                           gsize                      size,
                                           guint                      max_side,
                                           HeraldPictureFault        *fault);

/* All of these return a new one. */

/* As the camera wants it to be turned */
GdkPixbuf *herald_painting_turn           (GdkPixbuf                 *self,
                                           const HeraldOrientation   *orientation);
/* Never larger than it is */
GdkPixbuf *herald_painting_shrink         (GdkPixbuf                 *self,
                                           guint                      max_side);
GdkPixbuf *herald_painting_put_on_white   (GdkPixbuf                 *self);
/* In the middle; what it leaves free is transparent if it has an alpha channel, else black */
GdkPixbuf *herald_painting_put_in_square  (GdkPixbuf                 *self,
                                           gboolean                   transparent);

/* Mean luma, 0 to 255 (Rec. 601) */
guint      herald_painting_get_brightness (GdkPixbuf                 *self);

/* NULL with @fault. Becomes smaller until it fits into @max_bytes. @size: of what was written */
GBytes    *herald_painting_write          (GdkPixbuf                 *self,
                                           const HeraldPictureRecipe *recipe,
                                           HeraldPictureHead         *head,
                                           HeraldPictureFault        *fault);

G_END_DECLS
