/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture.h"

G_BEGIN_DECLS

/**
 * HeraldThumbnailFinder:
 *
 * Looks for the thumbnail in the beginning of a file that can be printed,
 * whatever it is called: g-code, binary g-code, or a zip file, in which it must
 * be looked for at the end.
 */
typedef struct _HeraldThumbnailFinder HeraldThumbnailFinder;

HeraldThumbnailFinder *herald_thumbnail_finder_new        (void);
void                   herald_thumbnail_finder_free       (HeraldThumbnailFinder *self);

/* @data: the file from its beginning, as far as it has come: each time longer than before
 * Returns: whether nothing more of the beginning is needed */
gboolean               herald_thumbnail_finder_scan       (HeraldThumbnailFinder *self,
                                                           const guint8          *data,
                                                           gsize                  length);
/* Whether the end of the file has it: herald_ufp_find() */
gboolean               herald_thumbnail_finder_wants_tail (HeraldThumbnailFinder *self);

/* (nullable) (transfer full): the largest */
HeraldPicture         *herald_thumbnail_finder_dup_best   (HeraldThumbnailFinder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldThumbnailFinder, herald_thumbnail_finder_free)

G_END_DECLS
