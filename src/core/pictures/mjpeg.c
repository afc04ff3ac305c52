/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-mjpeg"

#include "core/pictures/mjpeg.h"

#include <string.h>

enum
{
  SEEKING,
  AT_MARKER,
  IN_SCAN,
  DONE,
};

/* Second bytes of markers (T.81 table B.1) */
#define FILL 0xff
#define STUFFED 0x00
#define TEM 0x01
#define RST0 0xd0
#define RST7 0xd7
#define SOI 0xd8
#define EOI 0xd9
#define SOS 0xda

/* Steps return whether there was enough to take one. */

static gboolean
seek (HeraldMjpeg  *self,
      const guint8 *data,
      gsize         length)
{
  static const guint8 start[] = { 0xff, SOI, 0xff };

  while (self->position + sizeof start <= length)
    {
      const guint8 *found = memchr (data + self->position, start[0], length - self->position);

      self->position = found != NULL ? (gsize) (found - data) : length;
      if (self->position + sizeof start > length)
        return FALSE;
      if (memcmp (data + self->position, start, sizeof start) == 0)
        {
          self->begin = self->position;
          self->position += 2;
          self->state = AT_MARKER;
          return TRUE;
        }
      self->position++;
    }

  return FALSE;
}

/* A segment says how long it is, so that a preview inside one is not taken for the picture. */
static gboolean
skip_segment (HeraldMjpeg  *self,
              const guint8 *data,
              gsize         length)
{
  guint8 marker = data[self->position + 1];
  gsize size;

  if (length - self->position < 4)
    return FALSE;

  size = ((gsize) data[self->position + 2] << 8) | data[self->position + 3];
  if (size < 2)
    {
      self->position += 2;
      self->state = SEEKING;
      return TRUE;
    }
  if (length - self->position < 2 + size)
    return FALSE;

  self->position += 2 + size;
  self->state = marker == SOS ? IN_SCAN : AT_MARKER;

  return TRUE;
}

static gboolean
take_marker (HeraldMjpeg  *self,
             const guint8 *data,
             gsize         length)
{
  guint8 marker;

  if (length - self->position < 2)
    return FALSE;

  marker = data[self->position + 1];
  if (data[self->position] != 0xff || marker == STUFFED || marker == SOI)
    {
      /* Broken off; what follows may be the next picture */
      self->state = SEEKING;
      return TRUE;
    }
  if (marker == EOI)
    {
      self->end = self->position + 2;
      self->state = DONE;
      return TRUE;
    }
  if (marker != FILL && marker != TEM && (marker < RST0 || marker > RST7))
    return skip_segment (self, data, length);

  self->position += marker == FILL ? 1 : 2;

  return TRUE;
}

static gboolean
skip_scan (HeraldMjpeg  *self,
           const guint8 *data,
           gsize         length)
{
  const guint8 *found = memchr (data + self->position, 0xff, length - self->position);
  guint8 marker;

  self->position = found != NULL ? (gsize) (found - data) : length;
  if (length - self->position < 2)
    return FALSE;

  marker = data[self->position + 1];
  if (marker == STUFFED || (marker >= RST0 && marker <= RST7))
    self->position += 2;
  else if (marker == FILL)
    self->position++;
  else
    self->state = AT_MARKER;

  return TRUE;
}

gboolean
herald_mjpeg_scan (HeraldMjpeg  *self,
                   const guint8 *data,
                   gsize         length)
{
  gboolean goes_on = self->position <= length;

  while (goes_on && self->state != DONE)
    {
      if (self->state == SEEKING)
        goes_on = seek (self, data, length);
      else if (self->state == AT_MARKER)
        goes_on = take_marker (self, data, length);
      else
        goes_on = skip_scan (self, data, length);
    }

  return self->state == DONE;
}
