/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture.h"

G_BEGIN_DECLS

#define HERALD_UFP_MAGIC "PK\3\4"

/* The end of the file, which has the list of what is in it, and mostly the picture: slicers write it last. */
#define HERALD_UFP_TAIL_BYTES (256 * 1024)

/**
 * HeraldUfpEntry:
 * @offset: where it begins in the file
 * @max_bytes: how much to read from there to have all of it
 *
 * Where in the file the picture is. The rest is what its list says of it.
 */
typedef struct
{
  guint64 offset;
  gsize max_bytes;
  guint method;
  guint32 packed_bytes;
  guint32 unpacked_bytes;
  guint32 checksum;
} HeraldUfpEntry;

/* The thumbnail of a file that is a zip file (PKWARE's APPNOTE 6.3): Cura's `.ufp`, `.gcode.3mf`. Whatever else is
 * in it is never unpacked.
 * @tail: the end of the file, HERALD_UFP_TAIL_BYTES or all of it
 * @tail_offset: (out): where in the file @tail begins
 * Returns: whether there is a picture; @entry is set only then */
gboolean       herald_ufp_find   (const guint8         *tail,
                                  gsize                 length,
                                  HeraldUfpEntry       *entry,
                                  guint64              *tail_offset);

/* @data: from the offset of @entry, its max_bytes or less
 * Returns: (nullable) (transfer full): NULL if it is no whole picture within our limits */
HeraldPicture *herald_ufp_unpack (const HeraldUfpEntry *entry,
                                  const guint8         *data,
                                  gsize                 length);

G_END_DECLS
