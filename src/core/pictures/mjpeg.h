/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldMjpeg:
 * @begin: of the picture, once it is complete
 * @end: behind the picture
 *
 * The first complete JPEG in a row of bytes that grows: of `multipart/x-mixed-replace`, or alone. Set to zero before
 * the first use. It goes by the structure of JPEG (ITU-T T.81 annex B) alone, since boundaries and lengths are what
 * cameras get wrong.
 */
typedef struct
{
  gsize begin;
  gsize end;

  /* private */
  gsize position;
  guint state;
} HeraldMjpeg;

/* @data: all that has come since the beginning; pure.
 * Returns whether there is a whole picture; what was not enough is not looked at again */
gboolean herald_mjpeg_scan (HeraldMjpeg   *self,
                            const guint8  *data,
                            gsize          length);

G_END_DECLS
