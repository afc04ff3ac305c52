/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-painting"

#include "picture/painting.h"

#include <math.h>
#include <string.h>

#include "core/pictures/qoi.h"

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

#define BITS_PER_SAMPLE 8

static guint
get_longer_side (guint width,
                 guint height)
{
  return MAX (width, height);
}

/* Reading */

typedef struct
{
  const HeraldPictureHead *head;
  guint max_side;
} Frame;

static guint
scale (guint side,
       guint max_side,
       guint longer)
{
  guint scaled = (guint) (((guint64) side * max_side + longer / 2) / longer);

  return MAX (scaled, 1);
}

/* The decoder must see what we have seen. A size of nothing makes it stop. Decoding for a smaller
 * size is what makes large photographs fast. */
static void
on_size_prepared (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gpointer         user_data)
{
  const Frame *frame = user_data;
  guint longer = get_longer_side (frame->head->width, frame->head->height);

  if (width != (int) frame->head->width || height != (int) frame->head->height)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else if (longer > frame->max_side)
    gdk_pixbuf_loader_set_size (loader, (int) scale (frame->head->width, frame->max_side, longer),
                                (int) scale (frame->head->height, frame->max_side, longer));
}

static HeraldPictureFault
get_fault (const GError *error)
{
  return g_error_matches (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY)
           ? HERALD_PICTURE_FAULT_LARGE
           : HERALD_PICTURE_FAULT_DAMAGED;
}

static GdkPixbuf *
load (const HeraldPictureHead *head,
      const guint8            *data,
      gsize                    size,
      guint                    max_side,
      HeraldPictureFault      *fault)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkPixbufLoader) loader =
    gdk_pixbuf_loader_new_with_type (head->type == HERALD_PICTURE_PNG ? "png" : "jpeg", &error);
  Frame frame = { head, max_side };
  GdkPixbuf *pixbuf;
  gboolean is_read;

  *fault = HERALD_PICTURE_FAULT_DAMAGED;
  if (loader == NULL)
    return NULL;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &frame);
  is_read = gdk_pixbuf_loader_write (loader, data, size, &error);
  /* It wants to be closed in any case. */
  is_read = gdk_pixbuf_loader_close (loader, is_read ? &error : NULL) && is_read;
  pixbuf = is_read ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  if (pixbuf != NULL)
    return gdk_pixbuf_apply_embedded_orientation (pixbuf);

  *fault = get_fault (error);

  return NULL;
}

static void
free_pixels (guchar  *pixels,
             gpointer data)
{
  g_free (pixels);
}

static GdkPixbuf *
load_qoi (const HeraldPictureHead *head,
          const guint8            *data,
          gsize                    size,
          HeraldPictureFault      *fault)
{
  guint8 *pixels = herald_qoi_decode (head, data, size);

  *fault = HERALD_PICTURE_FAULT_DAMAGED;
  if (pixels == NULL)
    return NULL;

  return gdk_pixbuf_new_from_data (pixels, GDK_COLORSPACE_RGB, TRUE, BITS_PER_SAMPLE,
                                   (int) head->width, (int) head->height, (int) head->width * 4,
                                   free_pixels, NULL);
}

GdkPixbuf *
herald_painting_read (const guint8       *data,
                      gsize               size,
                      guint               max_side,
                      HeraldPictureFault *fault)
{
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  HeraldPictureHead head;

  *fault = herald_picture_head_read (&head, data, size);
  if (*fault == HERALD_PICTURE_FAULT_NONE && head.type == HERALD_PICTURE_FILM)
    *fault = HERALD_PICTURE_FAULT_UNKNOWN;
  if (*fault != HERALD_PICTURE_FAULT_NONE)
    return NULL;

  if (head.type == HERALD_PICTURE_QOI)
    pixbuf = load_qoi (&head, data, size, fault);
  else
    pixbuf = load (&head, data, size, max_side, fault);

  return pixbuf != NULL ? herald_painting_shrink (pixbuf, max_side) : NULL;
}

/* Changing. Memory that is not there ends the process: GLib does so. */

static GdkPixbuf *
make (gboolean has_alpha,
      int      width,
      int      height)
{
  GdkPixbuf *pixbuf =
    gdk_pixbuf_new (GDK_COLORSPACE_RGB, has_alpha, BITS_PER_SAMPLE, width, height);

  if (pixbuf == NULL)
    g_error ("There is no memory for %d×%d pixels", width, height);

  return pixbuf;
}

GdkPixbuf *
herald_painting_turn (GdkPixbuf               *self,
                      const HeraldOrientation *orientation)
{
  int width = gdk_pixbuf_get_width (self);
  int height = gdk_pixbuf_get_height (self);
  gboolean is_rotated = orientation->rotate_90_left;
  gssize n_bytes = gdk_pixbuf_get_n_channels (self);
  gssize stride = gdk_pixbuf_get_rowstride (self);
  const guint8 *first = gdk_pixbuf_read_pixels (self);
  gssize right = n_bytes;
  gssize down = stride;
  gssize step;
  gssize next_row;
  GdkPixbuf *turned;

  if (orientation->flip_horizontally)
    {
      first += (width - 1) * n_bytes;
      right = -right;
    }
  if (orientation->flip_vertically)
    {
      first += (height - 1) * stride;
      down = -down;
    }
  /* To the left: the last column, from top to bottom, is the first row. */
  if (is_rotated)
    first += (width - 1) * right;
  step = is_rotated ? down : right;
  next_row = is_rotated ? -right : down;

  turned = make (n_bytes == 4, is_rotated ? height : width, is_rotated ? width : height);
  for (int y = 0; y < gdk_pixbuf_get_height (turned); y++)
    {
      const guint8 *from = first + y * next_row;
      guint8 *to = gdk_pixbuf_get_pixels (turned) + (gssize) y * gdk_pixbuf_get_rowstride (turned);

      for (int x = 0; x < gdk_pixbuf_get_width (turned); x++, from += step, to += n_bytes)
        memcpy (to, from, (gsize) n_bytes);
    }

  return turned;
}

GdkPixbuf *
herald_painting_shrink (GdkPixbuf *self,
                        guint      max_side)
{
  guint width = (guint) gdk_pixbuf_get_width (self);
  guint height = (guint) gdk_pixbuf_get_height (self);
  guint longer = get_longer_side (width, height);
  GdkPixbuf *shrunk;

  if (longer <= max_side)
    return g_object_ref (self);

  shrunk = gdk_pixbuf_scale_simple (self, (int) scale (width, max_side, longer),
                                    (int) scale (height, max_side, longer), GDK_INTERP_BILINEAR);
  if (shrunk == NULL)
    g_error ("There is no memory to scale %u×%u pixels", width, height);

  return shrunk;
}

GdkPixbuf *
herald_painting_put_on_white (GdkPixbuf *self)
{
  int width = gdk_pixbuf_get_width (self);
  int height = gdk_pixbuf_get_height (self);
  GdkPixbuf *result;

  if (!gdk_pixbuf_get_has_alpha (self))
    return g_object_ref (self);

  result = make (FALSE, width, height);
  gdk_pixbuf_fill (result, 0xffffffff);
  gdk_pixbuf_composite (self, result, 0, 0, width, height, 0, 0, 1, 1, GDK_INTERP_NEAREST, 255);

  return result;
}

GdkPixbuf *
herald_painting_put_in_square (GdkPixbuf *self,
                               gboolean   transparent)
{
  g_autoptr(GdkPixbuf) source =
    transparent ? gdk_pixbuf_add_alpha (self, FALSE, 0, 0, 0) : g_object_ref (self);
  int width = gdk_pixbuf_get_width (self);
  int height = gdk_pixbuf_get_height (self);
  int side = MAX (width, height);
  GdkPixbuf *square;

  if (width == height)
    return g_steal_pointer (&source);

  square = make (transparent, side, side);
  gdk_pixbuf_fill (square, transparent ? 0x00000000 : 0x000000ff);
  gdk_pixbuf_copy_area (source, 0, 0, width, height, square, (side - width) / 2,
                        (side - height) / 2);

  return square;
}

/* What shines through is white. */
static guint
get_luma (const guint8 *pixel,
          gboolean      has_alpha)
{
  guint luma = (299u * pixel[0] + 587u * pixel[1] + 114u * pixel[2]) / 1000;

  return has_alpha ? (luma * pixel[3] + 255u * (255u - pixel[3])) / 255 : luma;
}

guint
herald_painting_get_brightness (GdkPixbuf *self)
{
  gsize width = (gsize) gdk_pixbuf_get_width (self);
  gsize height = (gsize) gdk_pixbuf_get_height (self);
  gboolean has_alpha = gdk_pixbuf_get_has_alpha (self);
  guint64 sum = 0;

  for (gsize y = 0; y < height; y++)
    {
      const guint8 *pixel =
        gdk_pixbuf_read_pixels (self) + y * (gsize) gdk_pixbuf_get_rowstride (self);

      for (gsize x = 0; x < width; x++, pixel += has_alpha ? 4 : 3)
        sum += get_luma (pixel, has_alpha);
    }

  return (guint) (sum / (width * height));
}

/* Writing */

static GBytes *
encode (GdkPixbuf          *pixbuf,
        gboolean            png,
        guint               quality,
        HeraldPictureFault *fault)
{
  g_autofree char *quality_text = g_strdup_printf ("%u", quality);
  g_autoptr(GError) error = NULL;
  char *buffer = NULL;
  gsize size = 0;

  if (png ? gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "png", &error, NULL)
          : gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "jpeg", &error, "quality",
                                       quality_text, NULL))
    return g_bytes_new_take (buffer, size);

  *fault = get_fault (error);

  return NULL;
}

/* With the best quality that does; or with the last one */
static GBytes *
encode_within (GdkPixbuf          *pixbuf,
               gboolean            png,
               gsize               max_bytes,
               HeraldPictureFault *fault)
{
  guint quality = QUALITY_FIRST;

  for (;;)
    {
      g_autoptr(GBytes) bytes = encode (pixbuf, png, quality, fault);

      if (bytes == NULL || png || g_bytes_get_size (bytes) <= max_bytes || quality == QUALITY_LAST)
        return g_steal_pointer (&bytes);
      if (g_bytes_get_size (bytes) / HOPELESS_FACTOR > max_bytes)
        quality = QUALITY_LAST;
      else
        quality -= QUALITY_STEP;
    }
}

GBytes *
herald_painting_write (GdkPixbuf                 *self,
                       const HeraldPictureRecipe *recipe,
                       HeraldPictureHead         *head,
                       HeraldPictureFault        *fault)
{
  g_autoptr(GdkPixbuf) pixbuf = g_object_ref (self);

  for (;;)
    {
      g_autoptr(GBytes) bytes = encode_within (pixbuf, recipe->png, recipe->max_bytes, fault);
      g_autoptr(GdkPixbuf) larger = NULL;
      guint longer = get_longer_side ((guint) gdk_pixbuf_get_width (pixbuf),
                                      (guint) gdk_pixbuf_get_height (pixbuf));
      double factor;

      if (bytes == NULL)
        return NULL;
      if (g_bytes_get_size (bytes) <= recipe->max_bytes)
        {
          head->type = recipe->png ? HERALD_PICTURE_PNG : HERALD_PICTURE_JPEG;
          head->width = (guint) gdk_pixbuf_get_width (pixbuf);
          head->height = (guint) gdk_pixbuf_get_height (pixbuf);
          return g_steal_pointer (&bytes);
        }
      if (longer <= MIN_SIDE)
        {
          *fault = HERALD_PICTURE_FAULT_UNFIT;
          return NULL;
        }

      factor = sqrt ((double) recipe->max_bytes / (double) g_bytes_get_size (bytes));
      longer = MAX ((guint) (longer * factor * SHRINK_MARGIN), MIN_SIDE);
      larger = g_steal_pointer (&pixbuf);
      pixbuf = herald_painting_shrink (larger, longer);
    }
}
