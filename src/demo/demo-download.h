/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HERALD_DEMO_MOVIE_BYTES 123456

/**
 * HeraldDemoDownloads:
 * @n_bytes: how much of files and films has been sent
 * @film_delay_s: how long it thinks before it begins with a film
 *
 * What was fetched from a simulated server.
 */
typedef struct
{
  guint64 n_bytes;
  double film_delay_s;
} HeraldDemoDownloads;

/* Returns (transfer full): a PNG as slicers draw it, 220×124, with nothing behind the part */
GBytes *herald_demo_thumbnail_draw (void);

/* Returns (transfer full): a file as PrusaSlicer writes it, with that picture; @size bytes or more */
GBytes *herald_demo_download_make_gcode (gsize size);

/* Returns (transfer full): what begins like MPEG-4 and shows nothing */
GBytes *herald_demo_download_make_film  (void);

G_END_DECLS
