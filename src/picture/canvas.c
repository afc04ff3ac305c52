/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-canvas"

#include "picture/canvas.h"

#include <string.h>

#define N_COLOURS 3
#define OPAQUE 255

static HeraldCanvas *
wrap (guint8 *taken_pixels,
      guint   n_channels,
      guint   width,
      guint   height)
{
  HeraldCanvas *self = g_new0 (HeraldCanvas, 1);

  self->width = width;
  self->height = height;
  self->n_channels = n_channels;
  self->pixels = taken_pixels;

  return self;
}

HeraldCanvas *
herald_canvas_new (guint n_channels,
                   guint width,
                   guint height)
{
  return wrap (g_malloc0_n (height, (gsize) width * n_channels), n_channels, width, height);
}

HeraldCanvas *
herald_canvas_try_new (guint n_channels,
                       guint width,
                       guint height)
{
  guint8 *pixels = g_try_malloc0_n (height, (gsize) width * n_channels);

  return pixels != NULL ? wrap (pixels, n_channels, width, height) : NULL;
}

HeraldCanvas *
herald_canvas_new_take (guint8 *taken_pixels,
                        guint   width,
                        guint   height)
{
  return wrap (taken_pixels, N_COLOURS + 1, width, height);
}

void
herald_canvas_free (HeraldCanvas *self)
{
  if (self == NULL)
    return;

  g_free (self->pixels);
  g_free (self);
}

static gsize
get_stride (const HeraldCanvas *self)
{
  return (gsize) self->width * self->n_channels;
}

guint8 *
herald_canvas_get_row (const HeraldCanvas *self,
                       guint               y)
{
  return self->pixels + y * get_stride (self);
}

/* What was in @self goes, what is in @taken comes. */
static void
replace (HeraldCanvas *self,
         HeraldCanvas *taken)
{
  g_free (self->pixels);
  *self = *taken;
  g_free (taken);
}

/* Turning */

static void
copy_steps (guint8       *to,
            const guint8 *from,
            gssize        step,
            guint         n_pixels,
            guint         n_channels)
{
  for (guint i = 0; i < n_pixels; i++, from += step, to += n_channels)
    memcpy (to, from, n_channels);
}

void
herald_canvas_turn (HeraldCanvas            *self,
                    const HeraldOrientation *orientation)
{
  gboolean is_rotated = orientation->rotate_90_left;
  gssize right = self->n_channels;
  gssize down = (gssize) get_stride (self);
  const guint8 *first = self->pixels;
  gssize next_row;
  HeraldCanvas *turned;

  if (!orientation->flip_horizontally && !orientation->flip_vertically && !is_rotated)
    return;

  if (orientation->flip_horizontally)
    {
      first += (gssize) (self->width - 1) * right;
      right = -right;
    }
  if (orientation->flip_vertically)
    {
      first += (gssize) (self->height - 1) * down;
      down = -down;
    }
  /* To the left: the last column, from top to bottom, is the first row. */
  if (is_rotated)
    first += (gssize) (self->width - 1) * right;
  next_row = is_rotated ? -right : down;

  turned = herald_canvas_new (self->n_channels, is_rotated ? self->height : self->width,
                              is_rotated ? self->width : self->height);
  for (guint y = 0; y < turned->height; y++)
    copy_steps (herald_canvas_get_row (turned, y), first + (gssize) y * next_row,
                is_rotated ? down : right, turned->width, self->n_channels);
  replace (self, turned);
}

/* Shrinking. Lengths are counted so that all borders are whole numbers: of n pixels that become m, each old one is m
 * long and each new one n. What is summed up is exact: 4096 × 4096 × 255 × 255 is less than 2⁴¹. */

typedef struct
{
  guint first;
  guint last;
  guint start;
  guint n_old;
  guint n_new;
} Span;

/* The old pixels that the new pixel at @index covers */
static Span
get_span (guint index,
          guint n_old,
          guint n_new)
{
  guint start = index * n_old;

  return (Span){ start / n_new, (start + n_old - 1) / n_new, start, n_old, n_new };
}

/* How much of the old pixel at @index lies within */
static guint
get_share (const Span *span,
           guint       index)
{
  guint start = MAX (index * span->n_new, span->start);
  guint end = MIN ((index + 1) * span->n_new, span->start + span->n_old);

  return end - start;
}

/* What is transparent has no colour, so colours count by their opacity. */
static void
add_row (const HeraldCanvas *self,
         guint               y,
         guint               share,
         guint32            *sums)
{
  const guint8 *row = herald_canvas_get_row (self, y);
  gsize n_samples = get_stride (self);

  if (self->n_channels == N_COLOURS)
    {
      for (gsize i = 0; i < n_samples; i++)
        sums[i] += share * row[i];
      return;
    }

  for (gsize i = 0; i < n_samples; i += N_COLOURS + 1)
    {
      guint opacity = share * row[i + N_COLOURS];

      for (guint j = 0; j < N_COLOURS; j++)
        sums[i + j] += opacity * row[i + j];
      sums[i + N_COLOURS] += opacity;
    }
}

static guint8
divide (guint64 sum,
        guint64 by)
{
  return by > 0 ? (guint8) ((sum + by / 2) / by) : 0;
}

static void
set_pixel (const HeraldCanvas *self,
           const Span         *span,
           const guint32      *sums,
           guint64             area,
           guint8             *pixel)
{
  guint64 totals[N_COLOURS + 1] = { 0 };
  guint64 colours;

  for (guint x = span->first; x <= span->last; x++)
    {
      guint64 share = get_share (span, x);

      for (guint i = 0; i < self->n_channels; i++)
        totals[i] += share * sums[(gsize) x * self->n_channels + i];
    }

  colours = self->n_channels == N_COLOURS ? area : totals[N_COLOURS];
  for (guint i = 0; i < N_COLOURS; i++)
    pixel[i] = divide (totals[i], colours);
  if (self->n_channels > N_COLOURS)
    pixel[N_COLOURS] = divide (totals[N_COLOURS], area);
}

void
herald_canvas_shrink (HeraldCanvas *self,
                      guint         width,
                      guint         height)
{
  g_autofree guint32 *sums = NULL;
  HeraldCanvas *shrunk;

  g_return_if_fail (width > 0 && width <= self->width);
  g_return_if_fail (height > 0 && height <= self->height);

  if (width == self->width && height == self->height)
    return;

  sums = g_new (guint32, get_stride (self));
  shrunk = herald_canvas_new (self->n_channels, width, height);
  for (guint y = 0; y < height; y++)
    {
      Span rows = get_span (y, self->height, height);
      guint8 *pixel = herald_canvas_get_row (shrunk, y);

      memset (sums, 0, get_stride (self) * sizeof *sums);
      for (guint old = rows.first; old <= rows.last; old++)
        add_row (self, old, get_share (&rows, old), sums);
      for (guint x = 0; x < width; x++, pixel += self->n_channels)
        {
          Span columns = get_span (x, self->width, width);

          set_pixel (self, &columns, sums, (guint64) self->width * self->height, pixel);
        }
    }
  replace (self, shrunk);
}

/* Grounds */

void
herald_canvas_put_on_white (HeraldCanvas *self)
{
  gsize n_pixels = (gsize) self->width * self->height;
  const guint8 *from = self->pixels;
  HeraldCanvas *opaque;
  guint8 *to;

  if (self->n_channels == N_COLOURS)
    return;

  opaque = herald_canvas_new (N_COLOURS, self->width, self->height);
  to = opaque->pixels;
  for (gsize i = 0; i < n_pixels; i++, from += N_COLOURS + 1)
    {
      guint opacity = from[N_COLOURS];

      for (guint j = 0; j < N_COLOURS; j++)
        *to++ = divide (from[j] * opacity + OPAQUE * (OPAQUE - opacity), OPAQUE);
    }
  replace (self, opaque);
}

static void
add_opacity (HeraldCanvas *self)
{
  gsize n_pixels = (gsize) self->width * self->height;
  const guint8 *from = self->pixels;
  HeraldCanvas *made;
  guint8 *to;

  if (self->n_channels > N_COLOURS)
    return;

  made = herald_canvas_new (N_COLOURS + 1, self->width, self->height);
  to = made->pixels;
  for (gsize i = 0; i < n_pixels; i++, from += N_COLOURS, to += N_COLOURS + 1)
    {
      memcpy (to, from, N_COLOURS);
      to[N_COLOURS] = OPAQUE;
    }
  replace (self, made);
}

void
herald_canvas_put_in_square (HeraldCanvas *self,
                             gboolean      is_transparent)
{
  guint side = MAX (self->width, self->height);
  guint left = (side - self->width) / 2;
  guint top = (side - self->height) / 2;
  HeraldCanvas *square;

  if (is_transparent)
    add_opacity (self);
  if (self->width == self->height)
    return;

  square = herald_canvas_new (self->n_channels, side, side);
  for (guint y = 0; y < self->height; y++)
    memcpy (herald_canvas_get_row (square, top + y) + (gsize) left * self->n_channels,
            herald_canvas_get_row (self, y), get_stride (self));
  replace (self, square);
}

/* What shines through is white. */
static guint
get_luma (const guint8 *pixel,
          gboolean      has_opacity)
{
  guint luma = (299u * pixel[0] + 587u * pixel[1] + 114u * pixel[2]) / 1000;

  return has_opacity ? (luma * pixel[3] + 255u * (255u - pixel[3])) / 255 : luma;
}

guint
herald_canvas_get_brightness (const HeraldCanvas *self)
{
  gsize n_pixels = (gsize) self->width * self->height;
  const guint8 *pixel = self->pixels;
  guint64 sum = 0;

  for (gsize i = 0; i < n_pixels; i++, pixel += self->n_channels)
    sum += get_luma (pixel, self->n_channels > N_COLOURS);

  return (guint) (sum / n_pixels);
}
