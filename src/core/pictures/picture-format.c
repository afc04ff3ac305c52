/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-picture-format"

/* memrchr () */
#define _GNU_SOURCE

#include "core/pictures/picture-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Where a web page says what it is */
#define PAGE_START_BYTES 512

#define PNG_SIGNATURE "\x89PNG\r\n\x1a\n"
#define PNG_SIGNATURE_BYTES 8
/* Length, type and checksum of a chunk (PNG specification, 5.3) */
#define PNG_CHUNK_BYTES 12
#define PNG_IHDR_BYTES 13

#define QOI_HEAD_BYTES 14

/* Markers of JPEG (ITU T.81, table B.1) */
#define JPEG_TEM 0x01
#define JPEG_SOF0 0xc0
#define JPEG_SOF2 0xc2
#define JPEG_SOF15 0xcf
#define JPEG_DHT 0xc4
#define JPEG_DAC 0xcc
#define JPEG_JPG 0xc8
#define JPEG_RST0 0xd0
#define JPEG_SOI 0xd8
#define JPEG_EOI 0xd9
#define JPEG_SOS 0xda

static const struct
{
  const char *id;
  const char *text;
} faults[] = {
  [HERALD_PICTURE_FAULT_NONE] = { "none", NULL },
  [HERALD_PICTURE_FAULT_UNKNOWN] = {
    "unknown", N_("What came is no picture that can be shown: only JPEG and PNG can be used") },
  [HERALD_PICTURE_FAULT_PAGE] = { "page", N_("What came is a web page and not a picture") },
  [HERALD_PICTURE_FAULT_EMPTY] = { "empty", N_("The picture is empty") },
  [HERALD_PICTURE_FAULT_DAMAGED] = { "damaged", N_("The picture is damaged") },
  [HERALD_PICTURE_FAULT_LARGE] = { "large", N_("The picture is too large") },
  [HERALD_PICTURE_FAULT_UNFIT] = { "unfit", N_("The picture cannot be made small enough") },
};

const char *
herald_picture_fault_to_id (HeraldPictureFault fault)
{
  return faults[fault].id;
}

HeraldPictureFault
herald_picture_fault_from_id (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      if (g_strcmp0 (faults[i].id, id) == 0)
        return i;
    }

  return HERALD_PICTURE_FAULT_NONE;
}

const char *
herald_picture_fault_to_text (HeraldPictureFault fault)
{
  return _(faults[fault].text);
}

gboolean
herald_picture_size_is_fine (guint width,
                             guint height)
{
  return width <= HERALD_PICTURE_MAX_SIDE && height <= HERALD_PICTURE_MAX_SIDE &&
         (guint64) width * height <= HERALD_PICTURE_MAX_PIXELS;
}

static guint
read_16 (const guint8 *data)
{
  return (guint) data[0] << 8 | data[1];
}

static guint
read_32 (const guint8 *data)
{
  return read_16 (data) << 16 | read_16 (data + 2);
}

/* PNG */

static HeraldPictureFault
read_png (HeraldPictureHead *head,
          const guint8      *data,
          gsize              size)
{
  gsize offset = PNG_SIGNATURE_BYTES;

  if (size < offset + PNG_CHUNK_BYTES + PNG_IHDR_BYTES || read_32 (data + 8) != PNG_IHDR_BYTES ||
      memcmp (data + 12, "IHDR", 4) != 0)
    return HERALD_PICTURE_FAULT_DAMAGED;

  head->type = HERALD_PICTURE_PNG;
  head->width = read_32 (data + 16);
  head->height = read_32 (data + 20);

  while (size - offset >= PNG_CHUNK_BYTES)
    {
      guint length = read_32 (data + offset);

      if (memcmp (data + offset + 4, "IEND", 4) == 0)
        return HERALD_PICTURE_FAULT_NONE;
      if (length > size - offset - PNG_CHUNK_BYTES)
        break;
      offset += length + PNG_CHUNK_BYTES;
    }

  return HERALD_PICTURE_FAULT_DAMAGED;
}

/* JPEG */

static gboolean
is_frame (guint marker)
{
  return marker >= JPEG_SOF0 && marker <= JPEG_SOF15 && marker != JPEG_DHT && marker != JPEG_JPG &&
         marker != JPEG_DAC;
}

/* The frame header (T.81, B.2.2). What is neither sequential nor progressive with Huffman's codes
 * and 8 bits no camera makes and no browser shows. */
static HeraldPictureFault
read_jpeg_frame (HeraldPictureHead *head,
                 guint              marker,
                 const guint8      *segment,
                 guint              length)
{
  guint n_components;

  if (head->width != 0 || length < 8 + 3)
    return HERALD_PICTURE_FAULT_DAMAGED;

  n_components = segment[7];
  if (marker > JPEG_SOF2 || segment[2] != 8)
    return HERALD_PICTURE_FAULT_UNKNOWN;
  if (length != 8 + 3 * n_components || n_components == 2 || n_components > 4)
    return HERALD_PICTURE_FAULT_DAMAGED;

  head->type = HERALD_PICTURE_JPEG;
  head->height = read_16 (segment + 3);
  head->width = read_16 (segment + 5);

  return HERALD_PICTURE_FAULT_NONE;
}

/* Within the pixels an ff is followed by what is no end, so the last end behind their start is
 * theirs; a small preview, which has an end of its own, lies before it. */
static gboolean
has_end (const guint8 *data,
         gsize         size)
{
  while (size >= 2)
    {
      const guint8 *found = memrchr (data, JPEG_EOI, size);

      if (found == NULL || found == data)
        return FALSE;
      if (found[-1] == 0xff)
        return TRUE;
      size = (gsize) (found - data);
    }

  return FALSE;
}

static HeraldPictureFault
read_jpeg (HeraldPictureHead *head,
           const guint8      *data,
           gsize              size)
{
  gsize offset = 2;

  while (size - offset >= 4 && data[offset] == 0xff)
    {
      guint marker = data[offset + 1];
      guint length = read_16 (data + offset + 2);
      HeraldPictureFault fault = HERALD_PICTURE_FAULT_NONE;

      if (marker == 0xff)
        {
          offset++;
          continue;
        }
      if (marker <= JPEG_TEM || (marker >= JPEG_RST0 && marker <= JPEG_EOI) || length < 2 ||
          length > size - offset - 2)
        break;
      if (is_frame (marker))
        fault = read_jpeg_frame (head, marker, data + offset + 2, length);
      if (fault != HERALD_PICTURE_FAULT_NONE)
        return fault;

      offset += 2 + length;
      if (marker == JPEG_SOS && head->width != 0 && has_end (data + offset, size - offset))
        return HERALD_PICTURE_FAULT_NONE;
      if (marker == JPEG_SOS)
        break;
    }

  return HERALD_PICTURE_FAULT_DAMAGED;
}

/* QOI (the specification of 2022, page 1) */

static HeraldPictureFault
read_qoi (HeraldPictureHead *head,
          const guint8      *data,
          gsize              size)
{
  if (size < QOI_HEAD_BYTES || (data[12] != 3 && data[12] != 4) || data[13] > 1)
    return HERALD_PICTURE_FAULT_DAMAGED;

  head->type = HERALD_PICTURE_QOI;
  head->width = read_32 (data + 4);
  head->height = read_32 (data + 8);

  return HERALD_PICTURE_FAULT_NONE;
}

/* Any of them */

/* Servers that have no picture answer with a page; that is worth telling apart. */
static gboolean
is_page (const guint8 *data,
         gsize         size)
{
  g_autofree char *start = g_strndup ((const char *) data, MIN (size, PAGE_START_BYTES));
  g_autofree char *folded = g_ascii_strdown (g_strchug (start), -1);

  return g_str_has_prefix (folded, "<!doctype html") || g_str_has_prefix (folded, "<html") ||
         strstr (folded, "<html") != NULL;
}

static gboolean
starts_with (const guint8 *data,
             gsize         size,
             const char   *magic,
             gsize         length)
{
  return size >= length && memcmp (data, magic, length) == 0;
}

HeraldPictureFault
herald_picture_head_read (HeraldPictureHead *head,
                          const guint8      *data,
                          gsize              size)
{
  HeraldPictureHead found = { 0 };
  HeraldPictureFault fault;

  if (size == 0)
    return HERALD_PICTURE_FAULT_EMPTY;
  /* ISO/IEC 14496-12, 4.3. How long a film may be says whoever fetches it. */
  if (size >= 12 && memcmp (data + 4, "ftyp", 4) == 0)
    {
      *head = (HeraldPictureHead) { .type = HERALD_PICTURE_FILM };
      return HERALD_PICTURE_FAULT_NONE;
    }

  if (starts_with (data, size, "\xff\xd8\xff", 3))
    fault = read_jpeg (&found, data, size);
  else if (starts_with (data, size, PNG_SIGNATURE, PNG_SIGNATURE_BYTES))
    fault = read_png (&found, data, size);
  else if (starts_with (data, size, "qoif", 4))
    fault = read_qoi (&found, data, size);
  else
    return is_page (data, size) ? HERALD_PICTURE_FAULT_PAGE : HERALD_PICTURE_FAULT_UNKNOWN;

  if (size > HERALD_PICTURE_MAX_BYTES || !herald_picture_size_is_fine (found.width, found.height))
    return HERALD_PICTURE_FAULT_LARGE;
  if (fault != HERALD_PICTURE_FAULT_NONE)
    return fault;
  if (found.width == 0 || found.height == 0)
    return HERALD_PICTURE_FAULT_DAMAGED;

  *head = found;

  return HERALD_PICTURE_FAULT_NONE;
}
