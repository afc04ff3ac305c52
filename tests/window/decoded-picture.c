/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-decoded-picture"

#include "decoded-picture.h"

#include "window/base/picture-decoder.h"

static void
on_decoded (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

GdkTexture *
decoded_picture_new (GBytes  *bytes,
                     GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  herald_picture_decoder_run_async (bytes, DECODED_PICTURE_MAX_SIDE, NULL, on_decoded, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return herald_picture_decoder_run_finish (result, error);
}

void
decoded_picture_assert_size (GdkTexture *texture,
                             int         width,
                             int         height)
{
  g_assert_nonnull (texture);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, width);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, height);
}

static void
assert_pixel (guint32 seen,
              guint32 expected,
              int     tolerance)
{
  for (int shift = 24; shift >= 0; shift -= 8)
    g_assert_cmpint (ABS ((int) (seen >> shift & 0xff) - (int) (expected >> shift & 0xff)), <=, tolerance);
}

void
decoded_picture_assert_quarters (GdkTexture    *texture,
                                 const guint32  expected[4],
                                 int            border,
                                 int            tolerance)
{
  int width = gdk_texture_get_width (texture);
  int height = gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * (gsize) height);

  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * sizeof *pixels);
  for (int y = 0; y < height; y++)
    {
      for (int x = 0; x < width; x++)
        {
          guint quarter = (x >= width / 2 ? 1 : 0) + (y >= height / 2 ? 2 : 0);

          if (ABS (x - width / 2) >= border && ABS (y - height / 2) >= border)
            assert_pixel (pixels[y * width + x], expected[quarter], tolerance);
        }
    }
}
