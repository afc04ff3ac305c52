/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Of the longer side of what is decoded */
#define DECODED_PICTURE_MAX_SIDE 64

/* Waits until it is decoded. */
GdkTexture *decoded_picture_new             (GBytes        *bytes,
                                             GError       **error);

void        decoded_picture_assert_size     (GdkTexture    *texture,
                                             int            width,
                                             int            height);

/* Each pixel, but those that are nearer than @border to where two quarters meet. @expected: of the four quarters, from left to
 * right, from top to bottom, opacity first, by which the colours are multiplied. @tolerance: of each of those */
void        decoded_picture_assert_quarters (GdkTexture    *texture,
                                             const guint32  expected[4],
                                             int            border,
                                             int            tolerance);
