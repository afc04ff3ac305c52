/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture-format.h"
#include "picture/canvas.h"

G_BEGIN_DECLS

/* Decoded by libjpeg, three channels, not turned. @head: what herald_picture_head_read() found.
 * @width, @height: what the caller wants to shrink it to; it may come smaller than it is, but never smaller than that.
 * @orientation: changed to what makes it upright, if its EXIF says so. NULL with @fault. */
HeraldCanvas *herald_jpeg_decode (const HeraldPictureHead *head,
                                  const guint8            *data,
                                  gsize                    size,
                                  guint                    width,
                                  guint                    height,
                                  HeraldOrientation       *orientation,
                                  HeraldPictureFault      *fault);

/* @canvas: three channels. @quality: 1 to 100. NULL with @fault */
GBytes       *herald_jpeg_encode (const HeraldCanvas      *canvas,
                                  guint                    quality,
                                  HeraldPictureFault      *fault);

G_END_DECLS
