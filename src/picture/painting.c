/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-painting"

#include "picture/painting.h"

#include <math.h>

#include "core/pictures/qoi.h"
#include "picture/codec-jpeg.h"
#include "picture/codec-png.h"

/* Below, text that somebody may want to read blurs; then rather fewer pixels. */
#define QUALITY_FIRST 90
#define QUALITY_LAST 60
#define QUALITY_STEP 10
/* From 90 to 60 a photograph shrinks to less than half; if that cannot do, neither can what is between. */
#define HOPELESS_FACTOR 3
/* Smaller nobody can see anything, and something is wrong with what was asked. */
#define MIN_SIDE 16
/* Bytes do not shrink quite as fast as pixels do. */
#define SHRINK_MARGIN 0.92

/* Sizes */

static guint
scale (guint side,
       guint max_side,
       guint longer)
{
  guint scaled = (guint) (((guint64) side * max_side + longer / 2) / longer);

  return MAX (scaled, 1);
}

/* What it has to become for its longer side to be no longer than @max_side */
static void
fit (guint *width,
     guint *height,
     guint  max_side)
{
  guint longer = MAX (*width, *height);

  if (longer <= max_side)
    return;

  *width = scale (*width, max_side, longer);
  *height = scale (*height, max_side, longer);
}

/* Reading */

static HeraldCanvas *
load_qoi (const HeraldPictureHead *head,
          const guint8            *data,
          gsize                    size,
          HeraldPictureFault      *fault)
{
  guint8 *pixels = herald_qoi_decode (head, data, size);

  if (pixels != NULL)
    return herald_canvas_new_take (pixels, head->width, head->height);

  *fault = HERALD_PICTURE_FAULT_DAMAGED;

  return NULL;
}

HeraldCanvas *
herald_painting_read (const guint8       *data,
                      gsize               size,
                      guint               max_side,
                      HeraldPictureFault *fault)
{
  HeraldOrientation orientation = { 0 };
  HeraldPictureHead head;
  HeraldCanvas *canvas;
  guint width;
  guint height;

  *fault = herald_picture_head_read (&head, data, size);
  if (*fault == HERALD_PICTURE_FAULT_NONE && head.type == HERALD_PICTURE_FILM)
    *fault = HERALD_PICTURE_FAULT_UNKNOWN;
  if (*fault != HERALD_PICTURE_FAULT_NONE)
    return NULL;

  width = head.width;
  height = head.height;
  fit (&width, &height, max_side);
  if (head.type == HERALD_PICTURE_QOI)
    canvas = load_qoi (&head, data, size, fault);
  else if (head.type == HERALD_PICTURE_PNG)
    canvas = herald_png_decode (&head, data, size, fault);
  else
    canvas = herald_jpeg_decode (&head, data, size, width, height, &orientation, fault);
  if (canvas == NULL)
    return NULL;

  herald_canvas_shrink (canvas, width, height);
  herald_canvas_turn (canvas, &orientation);

  return canvas;
}

/* Writing */

/* With the best quality that does; or with the last one */
static GBytes *
encode_within (const HeraldCanvas *canvas,
               gboolean            png,
               gsize               max_bytes,
               HeraldPictureFault *fault)
{
  guint quality = QUALITY_FIRST;

  if (png)
    return herald_png_encode (canvas, fault);

  for (;;)
    {
      g_autoptr(GBytes) bytes = herald_jpeg_encode (canvas, quality, fault);

      if (bytes == NULL || g_bytes_get_size (bytes) <= max_bytes || quality == QUALITY_LAST)
        return g_steal_pointer (&bytes);
      if (g_bytes_get_size (bytes) / HOPELESS_FACTOR > max_bytes)
        quality = QUALITY_LAST;
      else
        quality -= QUALITY_STEP;
    }
}

GBytes *
herald_painting_write (HeraldCanvas              *canvas,
                       const HeraldPictureRecipe *recipe,
                       HeraldPictureHead         *head,
                       HeraldPictureFault        *fault)
{
  for (;;)
    {
      g_autoptr(GBytes) bytes = encode_within (canvas, recipe->png, recipe->max_bytes, fault);
      guint longer = MAX (canvas->width, canvas->height);
      guint width = canvas->width;
      guint height = canvas->height;
      double factor;

      if (bytes == NULL)
        return NULL;
      if (g_bytes_get_size (bytes) <= recipe->max_bytes)
        {
          head->type = recipe->png ? HERALD_PICTURE_PNG : HERALD_PICTURE_JPEG;
          head->width = canvas->width;
          head->height = canvas->height;
          return g_steal_pointer (&bytes);
        }
      if (longer <= MIN_SIDE)
        {
          *fault = HERALD_PICTURE_FAULT_UNFIT;
          return NULL;
        }

      factor = sqrt ((double) recipe->max_bytes / (double) g_bytes_get_size (bytes));
      longer = MAX ((guint) (longer * factor * SHRINK_MARGIN), MIN_SIDE);
      fit (&width, &height, longer);
      herald_canvas_shrink (canvas, width, height);
    }
}

gboolean
herald_painting_warm_up (void)
{
  g_autoptr(HeraldCanvas) dot = herald_canvas_new (3, 1, 1);
  HeraldPictureFault fault;
  g_autoptr(GBytes) jpeg = herald_jpeg_encode (dot, QUALITY_FIRST, &fault);
  g_autoptr(GBytes) png = herald_png_encode (dot, &fault);
  g_autoptr(HeraldCanvas) first = NULL;
  g_autoptr(HeraldCanvas) second = NULL;

  if (jpeg == NULL || png == NULL)
    return FALSE;

  first = herald_painting_read (g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg), 1, &fault);
  second = herald_painting_read (g_bytes_get_data (png, NULL), g_bytes_get_size (png), 1, &fault);

  return first != NULL && second != NULL;
}
