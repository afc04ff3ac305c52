/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-qoi"

#include "core/pictures/qoi.h"

#include <string.h>

#define HEAD_BYTES 14
#define N_COLOURS 64

/* The first two bits say what the other six mean; but two of the long runs are colours. */
#define KIND_MASK 0xc0
#define KIND_INDEX 0x00
#define KIND_DIFFERENCE 0x40
#define KIND_LUMA 0x80
#define IS_RGB 0xfe
#define IS_RGBA 0xff

typedef struct
{
  guint8 red;
  guint8 green;
  guint8 blue;
  guint8 alpha;
} Colour;

typedef struct
{
  const guint8 *next;
  const guint8 *end;
  Colour colour;
  Colour seen[N_COLOURS];
} Reader;

static void
shift (Colour *colour,
       int     red,
       int     green,
       int     blue)
{
  colour->red = (guint8) (colour->red + red);
  colour->green = (guint8) (colour->green + green);
  colour->blue = (guint8) (colour->blue + blue);
}

/* How many bytes follow @tag */
static gsize
get_length (guint8 tag)
{
  if (tag == IS_RGB)
    return 3;
  if (tag == IS_RGBA)
    return 4;

  return (tag & KIND_MASK) == KIND_LUMA ? 1 : 0;
}

/* Returns: how many pixels have the colour that @self now has; 0 at the end of the data */
static gsize
read_run (Reader *self)
{
  guint8 tag;
  const guint8 *rest;

  if (self->next == self->end)
    return 0;
  tag = *self->next++;
  rest = self->next;
  if ((gsize) (self->end - rest) < get_length (tag))
    return 0;
  self->next += get_length (tag);

  if (tag == IS_RGB || tag == IS_RGBA)
    self->colour =
      (Colour) { rest[0], rest[1], rest[2], tag == IS_RGBA ? rest[3] : self->colour.alpha };
  else if ((tag & KIND_MASK) == KIND_INDEX)
    self->colour = self->seen[tag];
  else if ((tag & KIND_MASK) == KIND_DIFFERENCE)
    shift (&self->colour, (tag >> 4 & 3) - 2, (tag >> 2 & 3) - 2, (tag & 3) - 2);
  else if ((tag & KIND_MASK) == KIND_LUMA)
    {
      int green = (tag & 0x3f) - 32;

      shift (&self->colour, green + (rest[0] >> 4) - 8, green, green + (rest[0] & 0xf) - 8);
    }
  else
    return (gsize) (tag & 0x3f) + 1;

  return 1;
}

guint8 *
herald_qoi_decode (const HeraldPictureHead *head,
                   const guint8            *data,
                   gsize                    size)
{
  gsize n_pixels = (gsize) head->width * head->height;
  g_autofree Colour *pixels = g_try_new (Colour, n_pixels);
  Reader reader = { .colour = { .alpha = 255 } };
  gsize position = 0;

  if (pixels == NULL || size < HEAD_BYTES)
    return NULL;

  reader.next = data + HEAD_BYTES;
  reader.end = data + size;
  while (position < n_pixels)
    {
      gsize run = read_run (&reader);
      const Colour colour = reader.colour;

      if (run == 0 || run > n_pixels - position)
        return NULL;
      reader.seen[(colour.red * 3 + colour.green * 5 + colour.blue * 7 + colour.alpha * 11) %
                  N_COLOURS] = colour;
      while (run-- > 0)
        pixels[position++] = colour;
    }

  return (guint8 *) g_steal_pointer (&pixels);
}
