/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture-format.h"
#include "core/pictures/picture-worker.h"
#include "picture/canvas.h"

G_BEGIN_DECLS

/* Has the decoders find out once what they want to know of this computer. FALSE if they do not work. */
gboolean      herald_painting_warm_up (void);

/* Decoded, upright as its EXIF says, and no longer than @max_side on its longer side; NULL with @fault */
HeraldCanvas *herald_painting_read    (const guint8              *data,
                                       gsize                      size,
                                       guint                      max_side,
                                       HeraldPictureFault        *fault);

/* NULL with @fault. Makes @canvas smaller until it fits into @max_bytes. @head: of what was written */
GBytes       *herald_painting_write   (HeraldCanvas              *canvas,
                                       const HeraldPictureRecipe *recipe,
                                       HeraldPictureHead         *head,
                                       HeraldPictureFault        *fault);

G_END_DECLS
