/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "core/pictures/picture-worker.h"

G_BEGIN_DECLS

/* What makes upright what a camera has taken askew (CIPA DC-008-2019, 4.6.4: Orientation). @data: what an APP1 segment
 * of a JPEG has behind its length. FALSE, and @orientation as it was, if nothing is said of it there. */
gboolean herald_exif_read_orientation (const guint8      *data,
                                       gsize              size,
                                       HeraldOrientation *orientation);

G_END_DECLS
