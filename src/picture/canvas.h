/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "core/pictures/picture-worker.h"

G_BEGIN_DECLS

/**
 * HeraldCanvas:
 * @n_channels: 3 for red, green, blue; 4 with opacity, by which the colours are not multiplied
 * @pixels: (owned): rows from top to bottom, without gaps, a byte for each sample
 *
 * A picture as pixels.
 */
typedef struct
{
  guint width;
  guint height;
  guint n_channels;
  guint8 *pixels;
} HeraldCanvas;

/* Black, and transparent if it can be. Memory that is not there ends the process; GLib does so. */
HeraldCanvas *herald_canvas_new            (guint                    n_channels,
                                            guint                    width,
                                            guint                    height);
/* NULL if there is no memory */
HeraldCanvas *herald_canvas_try_new        (guint                    n_channels,
                                            guint                    width,
                                            guint                    height);
/* @pixels: as above, of four channels */
HeraldCanvas *herald_canvas_new_take       (guint8                  *taken_pixels,
                                            guint                    width,
                                            guint                    height);
void          herald_canvas_free           (HeraldCanvas            *self);

guint8       *herald_canvas_get_row        (const HeraldCanvas      *self,
                                            guint                    y);

/* Each replaces what is in @self by what has become of it, and does nothing if nothing is to be done. */

void          herald_canvas_turn           (HeraldCanvas            *self,
                                            const HeraldOrientation *orientation);
/* To @width×@height, no more than it has: each pixel becomes the mean of what it covers. */
void          herald_canvas_shrink         (HeraldCanvas            *self,
                                            guint                    width,
                                            guint                    height);
void          herald_canvas_put_on_white   (HeraldCanvas            *self);
/* In the middle; what it leaves free is transparent, else black. */
void          herald_canvas_put_in_square  (HeraldCanvas            *self,
                                            gboolean                 is_transparent);

/* Mean luma, 0 to 255 (Rec. 601) */
guint         herald_canvas_get_brightness (const HeraldCanvas      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldCanvas, herald_canvas_free)

G_END_DECLS
