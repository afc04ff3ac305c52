/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture-format.h"
#include "picture/canvas.h"

G_BEGIN_DECLS

/* Decoded by libpng; four channels if it can be transparent. @head: what herald_picture_head_read() found.
 * NULL with @fault */
HeraldCanvas *herald_png_decode (const HeraldPictureHead *head,
                                 const guint8            *data,
                                 gsize                    size,
                                 HeraldPictureFault      *fault);

/* NULL with @fault */
GBytes       *herald_png_encode (const HeraldCanvas      *canvas,
                                 HeraldPictureFault      *fault);

G_END_DECLS
