/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture.h"
#include "core/printers/printer.h"

G_BEGIN_DECLS

/* Keeps the last pictures of each print of @printer, from shortly before its end, so that one can be shown in which the
 * printer has not yet moved away from the part. In memory, until the next print; once is enough. */
void           herald_shot_ring_watch   (HeraldPrinter *printer);
void           herald_shot_ring_unwatch (HeraldPrinter *printer);

/* Returns (transfer full) (nullable): the picture nearest to so many milliseconds before the last print ended, or
 * before now if it has not; NULL if there is none */
HeraldPicture *herald_shot_ring_get     (HeraldPrinter *printer,
                                         gint64         ms_before_end);

G_END_DECLS
