/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-inflate"

#include "core/pictures/inflate.h"

#define CHUNK_BYTES (16 * 1024)

GBytes *
herald_inflate (const guint8          *data,
                gsize                  length,
                GZlibCompressorFormat  format,
                gsize                  max_bytes)
{
  g_autoptr(GZlibDecompressor) decompressor = g_zlib_decompressor_new (format);
  g_autoptr(GByteArray) unpacked = g_byte_array_new ();
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (result != G_CONVERTER_FINISHED)
    {
      guint8 chunk[CHUNK_BYTES];
      gsize n_read = 0;
      gsize n_written = 0;

      /* At the end of the input it fails unless the end of the stream is there. */
      result = g_converter_convert (G_CONVERTER (decompressor), data, length, chunk, sizeof chunk,
                                    G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
      if (result == G_CONVERTER_ERROR || n_written > max_bytes - unpacked->len)
        return NULL;

      g_byte_array_append (unpacked, chunk, (guint) n_written);
      data += n_read;
      length -= n_read;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&unpacked));
}
