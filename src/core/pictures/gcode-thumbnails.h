/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture.h"

G_BEGIN_DECLS

typedef struct _HeraldGcodeThumbnails HeraldGcodeThumbnails;

/* The pictures that slicers write into the comments at the beginning of a g-code file:
 *
 *   ; thumbnail begin 220x124 5224      PrusaSlicer, SuperSlicer, OrcaSlicer, Cura; also `220 124`, `;thumbnail`,
 *   ; iVBORw0KGgo…                      thumbnail_JPG, thumbnail_QOI, thumbnail_PNG; Creality writes `png begin`
 *   ; thumbnail end
 *
 *   ;thumbnail: data:image/png;base64,iVBORw0KGgo…      Snapmaker Luban
 *
 * What a picture is says it itself: no number in these lines is believed or even read. The largest is taken. */
HeraldGcodeThumbnails *herald_gcode_thumbnails_new      (void);
void                   herald_gcode_thumbnails_free     (HeraldGcodeThumbnails *self);

/* @data: the file from its beginning, as far as it has come: each time longer than before
 * Returns: whether there is nothing more to be found: printing has begun, pictures have ended, or
 *   HERALD_THUMBNAIL_HEAD_BYTES are read */
gboolean               herald_gcode_thumbnails_scan     (HeraldGcodeThumbnails *self,
                                                         const guint8          *data,
                                                         gsize                  length);
/* (nullable) (transfer none) */
HeraldPicture         *herald_gcode_thumbnails_get_best (HeraldGcodeThumbnails *self);

G_END_DECLS
