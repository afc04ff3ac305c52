/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-binary-gcode"

#include "core/pictures/binary-gcode.h"

#include <string.h>

#include "core/pictures/crc32.h"
#include "core/pictures/inflate.h"
#include "core/pictures/thumbnail-choice.h"

/* Magic, version, kind of checksum */
#define FILE_HEAD_BYTES 10
#define VERSION_MAX 1

/* Type, compression, length; and the length of what is packed, if it is */
#define BLOCK_HEAD_BYTES 8
#define BLOCK_HEAD_MAX_BYTES 12

/* A kind, as many bytes as any but a picture has; a picture has its width and height, too. */
#define PARAMETER_BYTES 2
#define PICTURE_PARAMETER_BYTES 6

#define CHECKSUM_BYTES 4

typedef enum
{
  CHECKSUM_NONE,
  CHECKSUM_CRC32,
} Checksum;

typedef enum
{
  BLOCK_FILE_METADATA,
  BLOCK_GCODE,
  BLOCK_SLICER_METADATA,
  BLOCK_PRINTER_METADATA,
  BLOCK_PRINT_METADATA,
  BLOCK_THUMBNAIL,
} BlockType;

typedef enum
{
  COMPRESSION_NONE,
  COMPRESSION_DEFLATE,
  COMPRESSION_HEATSHRINK_11,
  COMPRESSION_HEATSHRINK_12,
} Compression;

typedef struct
{
  guint type;
  guint compression;
  guint32 length;
  gsize head_bytes;
  gsize parameter_bytes;
  gsize packed_bytes;
} Block;

/**
 * HeraldBinaryGcode:
 *
 * Walks from block to block as the file comes and takes the pictures out. A
 * picture whose checksum is wrong is passed over; where the walk leads nowhere
 * it ends.
 */
struct _HeraldBinaryGcode
{
  gsize position;
  Checksum checksum;
  gboolean over;
  HeraldPicture *best;
};

static guint
read_16 (const guint8 *data)
{
  return (guint) data[0] | (guint) data[1] << 8;
}

static guint32
read_32 (const guint8 *data)
{
  return read_16 (data) | (guint32) read_16 (data + 2) << 16;
}

HeraldBinaryGcode *
herald_binary_gcode_new (void)
{
  return g_new0 (HeraldBinaryGcode, 1);
}

void
herald_binary_gcode_free (HeraldBinaryGcode *self)
{
  g_clear_pointer (&self->best, herald_picture_unref);
  g_free (self);
}

static void
read_file_head (HeraldBinaryGcode *self,
                const guint8      *data)
{
  guint32 version = read_32 (data + 4);
  guint checksum = read_16 (data + 8);

  self->over = memcmp (data, HERALD_BINARY_GCODE_MAGIC, strlen (HERALD_BINARY_GCODE_MAGIC)) != 0 || version == 0 ||
               version > VERSION_MAX || checksum > CHECKSUM_CRC32;
  self->checksum = checksum == CHECKSUM_CRC32 ? CHECKSUM_CRC32 : CHECKSUM_NONE;
  self->position = FILE_HEAD_BYTES;
}

/* @data: BLOCK_HEAD_MAX_BYTES or more */
static Block
read_block_head (const guint8 *data)
{
  Block block = { .type = read_16 (data), .compression = read_16 (data + 2), .length = read_32 (data + 4) };

  block.head_bytes = block.compression != COMPRESSION_NONE ? BLOCK_HEAD_MAX_BYTES : BLOCK_HEAD_BYTES;
  block.packed_bytes = block.compression != COMPRESSION_NONE ? read_32 (data + BLOCK_HEAD_BYTES) : block.length;
  block.parameter_bytes = block.type == BLOCK_THUMBNAIL ? PICTURE_PARAMETER_BYTES : PARAMETER_BYTES;

  return block;
}

/* @data: the whole block; @end: where its checksum is, if it has one */
static void
read_thumbnail (HeraldBinaryGcode *self,
                const Block       *block,
                const guint8      *data,
                gsize              end)
{
  const guint8 *packed = data + block->head_bytes + block->parameter_bytes;
  g_autoptr(GBytes) picture = NULL;

  if (block->length > HERALD_THUMBNAIL_MAX_BYTES ||
      (self->checksum == CHECKSUM_CRC32 && herald_crc32 (data, end) != read_32 (data + end)))
    return;

  /* The other two kinds of packing are made for g-code, and no slicer uses them for pictures. */
  if (block->compression == COMPRESSION_NONE)
    picture = g_bytes_new (packed, block->packed_bytes);
  else if (block->compression == COMPRESSION_DEFLATE)
    picture = herald_inflate (packed, block->packed_bytes, G_ZLIB_COMPRESSOR_FORMAT_ZLIB, block->length);
  if (picture != NULL)
    herald_thumbnail_choice_offer (&self->best, picture);
}

/* Returns: whether there was a whole block */
static gboolean
read_block (HeraldBinaryGcode *self,
            const guint8      *data,
            gsize              length)
{
  gsize end;
  gsize whole;
  Block block;

  if (length < BLOCK_HEAD_MAX_BYTES)
    return FALSE;

  block = read_block_head (data);
  self->over = block.type == BLOCK_GCODE || block.type > BLOCK_THUMBNAIL ||
               block.compression > COMPRESSION_HEATSHRINK_12 || block.packed_bytes > HERALD_THUMBNAIL_HEAD_BYTES;
  if (self->over)
    return FALSE;

  end = block.head_bytes + block.parameter_bytes + block.packed_bytes;
  whole = end + (self->checksum == CHECKSUM_CRC32 ? CHECKSUM_BYTES : 0);
  if (length < whole)
    return FALSE;

  if (block.type == BLOCK_THUMBNAIL)
    read_thumbnail (self, &block, data, end);
  self->position += whole;

  return TRUE;
}

gboolean
herald_binary_gcode_scan (HeraldBinaryGcode *self,
                          const guint8      *data,
                          gsize              length)
{
  gsize end = MIN (length, HERALD_THUMBNAIL_HEAD_BYTES);

  if (self->position == 0 && end >= FILE_HEAD_BYTES)
    read_file_head (self, data);
  while (!self->over && self->position != 0 && read_block (self, data + self->position, end - self->position))
    ;

  return self->over || end == HERALD_THUMBNAIL_HEAD_BYTES;
}

HeraldPicture *
herald_binary_gcode_get_best (HeraldBinaryGcode *self)
{
  return self->best;
}
