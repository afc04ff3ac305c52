/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-ufp"

#include "core/pictures/ufp.h"

#include <string.h>

#include "core/pictures/crc32.h"
#include "core/pictures/inflate.h"
#include "core/pictures/thumbnail-choice.h"

/* APPNOTE 4.3.7, 4.3.12, 4.3.16 */
#define LOCAL_HEAD_BYTES 30
#define LISTED_MAGIC "PK\1\2"
#define LISTED_HEAD_BYTES 46
#define END_MAGIC "PK\5\6"
#define END_BYTES 22
#define MAGIC_BYTES 4

#define METHOD_STORED 0
#define METHOD_DEFLATED 8
#define FLAG_ENCRYPTED 1

/* What may lie between the head of an entry and its bytes beside its name: times, owners, padding */
#define EXTRA_MAX_BYTES 4096

/* Behind the end there may be a comment as long as this. */
#define COMMENT_MAX_BYTES 0xffff

/* The better one first */
static const char *const names[] = { "metadata/thumbnail.png", "metadata/plate_1.png" };

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

/* (nullable): the end of the list, the last one there is */
static const guint8 *
find_end (const guint8 *tail,
          gsize         length)
{
  for (gsize back = END_BYTES; back <= MIN (length, END_BYTES + COMMENT_MAX_BYTES); back++)
    {
      const guint8 *end = tail + length - back;

      if (memcmp (end, END_MAGIC, MAGIC_BYTES) == 0 && read_16 (end + 20) == back - END_BYTES)
        return end;
    }

  return NULL;
}

static guint
get_rank (const guint8 *name,
          gsize         length)
{
  if (length > 0 && *name == '/')
    {
      name++;
      length--;
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (length == strlen (names[i]) && g_ascii_strncasecmp ((const char *) name, names[i], length) == 0)
        return i;
    }

  return G_N_ELEMENTS (names);
}

static gboolean
read_listed (const guint8   *listed,
             guint           name_bytes,
             HeraldUfpEntry *entry)
{
  entry->method = read_16 (listed + 10);
  entry->checksum = read_32 (listed + 16);
  entry->packed_bytes = read_32 (listed + 20);
  entry->unpacked_bytes = read_32 (listed + 24);
  entry->offset = read_32 (listed + 42);
  entry->max_bytes = LOCAL_HEAD_BYTES + name_bytes + EXTRA_MAX_BYTES + (gsize) entry->packed_bytes;

  return (read_16 (listed + 8) & FLAG_ENCRYPTED) == 0 &&
         (entry->method == METHOD_STORED || entry->method == METHOD_DEFLATED) &&
         entry->packed_bytes > 0 && entry->packed_bytes <= HERALD_THUMBNAIL_HEAD_BYTES &&
         entry->unpacked_bytes <= HERALD_THUMBNAIL_MAX_BYTES;
}

/* Walks through the list, @length bytes long. */
static gboolean
find_listed (const guint8   *list,
             gsize           length,
             HeraldUfpEntry *entry)
{
  guint best = G_N_ELEMENTS (names);

  while (length >= LISTED_HEAD_BYTES && memcmp (list, LISTED_MAGIC, MAGIC_BYTES) == 0)
    {
      guint name_bytes = read_16 (list + 28);
      gsize whole = LISTED_HEAD_BYTES + name_bytes + read_16 (list + 30) + read_16 (list + 32);
      HeraldUfpEntry found;
      guint rank;

      if (whole > length)
        break;
      rank = get_rank (list + LISTED_HEAD_BYTES, name_bytes);
      if (rank < best && read_listed (list, name_bytes, &found))
        {
          best = rank;
          *entry = found;
        }
      list += whole;
      length -= whole;
    }

  return best < G_N_ELEMENTS (names);
}

gboolean
herald_ufp_find (const guint8   *tail,
                 gsize           length,
                 HeraldUfpEntry *entry,
                 guint64        *tail_offset)
{
  const guint8 *end = find_end (tail, length);
  gsize list_bytes;
  gsize end_position;
  guint64 end_offset;

  if (end == NULL)
    return FALSE;

  end_position = (gsize) (end - tail);
  list_bytes = read_32 (end + 12);
  end_offset = (guint64) read_32 (end + 16) + list_bytes;
  if (list_bytes > end_position || end_offset < end_position ||
      !find_listed (end - list_bytes, list_bytes, entry))
    return FALSE;

  *tail_offset = end_offset - end_position;

  return TRUE;
}

HeraldPicture *
herald_ufp_unpack (const HeraldUfpEntry *entry,
                   const guint8         *data,
                   gsize                 length)
{
  HeraldPicture *picture = NULL;
  g_autoptr(GBytes) unpacked = NULL;
  gsize head_bytes;

  if (length < LOCAL_HEAD_BYTES || memcmp (data, HERALD_UFP_MAGIC, MAGIC_BYTES) != 0)
    return NULL;

  head_bytes = LOCAL_HEAD_BYTES + read_16 (data + 26) + read_16 (data + 28);
  if (head_bytes > length || entry->packed_bytes > length - head_bytes)
    return NULL;

  if (entry->method == METHOD_DEFLATED)
    unpacked = herald_inflate (data + head_bytes, entry->packed_bytes, G_ZLIB_COMPRESSOR_FORMAT_RAW,
                               entry->unpacked_bytes);
  else
    unpacked = g_bytes_new (data + head_bytes, entry->packed_bytes);

  if (unpacked != NULL && g_bytes_get_size (unpacked) == entry->unpacked_bytes &&
      herald_crc32 (g_bytes_get_data (unpacked, NULL), entry->unpacked_bytes) == entry->checksum)
    herald_thumbnail_choice_offer (&picture, unpacked);

  return picture;
}
