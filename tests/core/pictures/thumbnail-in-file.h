/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture.h"

/* Looks for the thumbnail of a file that comes in pieces of @step bytes, as core/pictures/thumbnail.c does.
 * @n_needed: (out) (optional): how many bytes of its beginning were needed
 * Returns (nullable) (transfer full) */
HeraldPicture *thumbnail_in_file (const guint8 *data,
                                  gsize         length,
                                  gsize         step,
                                  gsize        *n_needed);
