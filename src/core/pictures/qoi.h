/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture-format.h"

G_BEGIN_DECLS

/* QOI, "The Quite OK Image Format", specification 1.0 of 2022-01-05. @head is what herald_picture_head_read() found.
 * Returns: (transfer full): rows of R, G, B and opacity, each a byte, without gaps; %NULL if @data is broken */
guint8 *herald_qoi_decode (const HeraldPictureHead *head,
                           const guint8            *data,
                           gsize                    size);

G_END_DECLS
