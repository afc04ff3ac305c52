/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "service/tray/tray-icon.h"

G_BEGIN_DECLS

/* Fills @size × @size, which is empty before. */
void herald_tray_icon_shapes_draw (cairo_t               *cr,
                                   const HeraldTrayGlyph *glyph,
                                   int                    size);

G_END_DECLS
