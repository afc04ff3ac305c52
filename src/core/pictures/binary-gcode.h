/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture.h"

G_BEGIN_DECLS

#define HERALD_BINARY_GCODE_MAGIC "GCDE"

typedef struct _HeraldBinaryGcode HeraldBinaryGcode;

/* The pictures of a binary g-code file (`.bgcode`, Prusa's specification of version 1): blocks of a type, a length and
 * mostly a checksum; those with pictures stand before the g-code. The largest is taken. */
HeraldBinaryGcode *herald_binary_gcode_new      (void);
void               herald_binary_gcode_free     (HeraldBinaryGcode *self);

/* @data: the file from its beginning, as far as it has come: each time longer than before
 * Returns: whether there is nothing more to be found: the g-code begins, the file makes no sense, or
 *   HERALD_THUMBNAIL_HEAD_BYTES are read */
gboolean           herald_binary_gcode_scan     (HeraldBinaryGcode *self,
                                                 const guint8      *data,
                                                 gsize              length);
/* (nullable) (transfer none) */
HeraldPicture     *herald_binary_gcode_get_best (HeraldBinaryGcode *self);

G_END_DECLS
