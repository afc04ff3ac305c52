/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-exif"

#include "picture/exif.h"

#include <string.h>

/* CIPA DC-008, 4.5.4: what is before the TIFF header, from which all offsets are counted */
#define SIGNATURE "Exif\0"
#define SIGNATURE_BYTES 6
/* TIFF 6.0, section 2 */
#define HEADER_BYTES 8
#define TIFF_NUMBER 42
#define ENTRY_BYTES 12
#define TYPE_SHORT 3
#define TAG_ORIENTATION 0x112

/* From 1: where the first row and the first column are */
static const HeraldOrientation orientations[] = {
  { FALSE, FALSE, FALSE }, { TRUE, FALSE, FALSE }, { TRUE, TRUE, FALSE }, { FALSE, TRUE, FALSE },
  { TRUE, FALSE, TRUE },   { TRUE, TRUE, TRUE },   { FALSE, TRUE, TRUE }, { FALSE, FALSE, TRUE },
};

typedef struct
{
  const guint8 *data;
  gsize size;
  gboolean is_big_endian;
} Tiff;

static guint
get_16 (const Tiff *tiff,
        gsize       offset)
{
  const guint8 *bytes = tiff->data + offset;

  return tiff->is_big_endian ? (guint) bytes[0] << 8 | bytes[1] : (guint) bytes[1] << 8 | bytes[0];
}

static guint32
get_32 (const Tiff *tiff,
        gsize       offset)
{
  guint32 first = get_16 (tiff, offset);
  guint32 second = get_16 (tiff, offset + 2);

  return tiff->is_big_endian ? first << 16 | second : second << 16 | first;
}

static gboolean
open_tiff (Tiff         *tiff,
           const guint8 *data,
           gsize         size)
{
  if (size < SIGNATURE_BYTES + HEADER_BYTES || memcmp (data, SIGNATURE, SIGNATURE_BYTES) != 0)
    return FALSE;

  tiff->data = data + SIGNATURE_BYTES;
  tiff->size = size - SIGNATURE_BYTES;
  tiff->is_big_endian = tiff->data[0] == 'M';

  return tiff->data[0] == tiff->data[1] && (tiff->data[0] == 'M' || tiff->data[0] == 'I') &&
         get_16 (tiff, 2) == TIFF_NUMBER;
}

/* Only the first directory is of the picture itself. */
gboolean
herald_exif_read_orientation (const guint8      *data,
                              gsize              size,
                              HeraldOrientation *orientation)
{
  Tiff tiff = { 0 };
  gsize offset;
  guint n_entries;

  if (!open_tiff (&tiff, data, size))
    return FALSE;

  offset = get_32 (&tiff, 4);
  if (offset > tiff.size - 2)
    return FALSE;
  n_entries = get_16 (&tiff, offset);
  offset += 2;

  for (guint i = 0; i < n_entries && tiff.size - offset >= ENTRY_BYTES; i++, offset += ENTRY_BYTES)
    {
      guint value;

      if (get_16 (&tiff, offset) != TAG_ORIENTATION)
        continue;

      value = get_16 (&tiff, offset + 8);
      if (get_16 (&tiff, offset + 2) != TYPE_SHORT || get_32 (&tiff, offset + 4) != 1 ||
          value < 1 || value > G_N_ELEMENTS (orientations))
        return FALSE;
      *orientation = orientations[value - 1];
      return TRUE;
    }

  return FALSE;
}
