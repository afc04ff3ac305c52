/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Unpacks a whole deflate stream (RFC 1951; with the frame of RFC 1950 if @format says so).
 * Returns: (nullable) (transfer full): NULL if it is broken, not whole, or longer than @max_bytes. However much is
 *   packed, no more memory than twice that is taken. */
GBytes *herald_inflate (const guint8          *data,
                        gsize                  length,
                        GZlibCompressorFormat  format,
                        gsize                  max_bytes);

G_END_DECLS
