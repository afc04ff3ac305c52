/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-picture-kinds"

#include <png.h>
#include <stdio.h>

#include <jpeglib.h>

#include "decoded-picture.h"
#include "fixtures/picture-samples.h"

/* Of what is packed with a loss */
#define TOLERANCE 12

static guint32
multiply (guint32 rgb,
          guint32 opacity)
{
  guint32 pixel = opacity << 24;

  for (int shift = 16; shift >= 0; shift -= 8)
    pixel |= ((rgb >> shift & 0xff) * opacity + 127) / 255 << shift;

  return pixel;
}

static void
fill_expected (guint32  expected[4],
               gboolean is_grey,
               gboolean has_opacity)
{
  for (guint i = 0; i < 4; i++)
    {
      guint32 rgb = is_grey ? picture_sample_get_grey (i) * 0x010101u : picture_sample_get_rgb (i);

      expected[i] = multiply (rgb, has_opacity && i == PICTURE_SAMPLE_YELLOW ? PICTURE_SAMPLE_OPACITY : 255);
    }
}

static void
test_every_kind_of_png_is_shown (void)
{
  static const PictureSamplePng kinds[] = {
    { "grey, 2 bits", PNG_COLOR_TYPE_GRAY, 2, FALSE },
    { "grey, 8 bits", PNG_COLOR_TYPE_GRAY, 8, FALSE },
    { "grey, 16 bits, interlaced", PNG_COLOR_TYPE_GRAY, 16, TRUE },
    { "grey with opacity", PNG_COLOR_TYPE_GRAY_ALPHA, 8, FALSE },
    { "grey with opacity, 16 bits, interlaced", PNG_COLOR_TYPE_GRAY_ALPHA, 16, TRUE },
    { "palette, 2 bits", PNG_COLOR_TYPE_PALETTE, 2, FALSE },
    { "palette, 8 bits, interlaced", PNG_COLOR_TYPE_PALETTE, 8, TRUE },
    { "colours, 8 bits", PNG_COLOR_TYPE_RGB, 8, FALSE },
    { "colours, 8 bits, interlaced", PNG_COLOR_TYPE_RGB, 8, TRUE },
    { "colours, 16 bits", PNG_COLOR_TYPE_RGB, 16, FALSE },
    { "colours with opacity", PNG_COLOR_TYPE_RGB_ALPHA, 8, FALSE },
    { "colours with opacity, 16 bits, interlaced", PNG_COLOR_TYPE_RGB_ALPHA, 16, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GBytes) bytes = picture_sample_new_png (&kinds[i], 13, 9);
      g_autoptr(GError) error = NULL;
      g_autoptr(GdkTexture) texture = decoded_picture_new (bytes, &error);
      gboolean is_palette = kinds[i].colour_type == PNG_COLOR_TYPE_PALETTE;
      guint32 expected[4];

      g_test_message ("%s", kinds[i].name);
      g_assert_no_error (error);
      decoded_picture_assert_size (texture, 13, 9);
      fill_expected (expected, (kinds[i].colour_type & PNG_COLOR_MASK_COLOR) == 0,
                     is_palette || (kinds[i].colour_type & PNG_COLOR_MASK_ALPHA) != 0);
      decoded_picture_assert_quarters (texture, expected, 0, 1);
    }
}

static void
test_every_kind_of_jpeg_is_shown (void)
{
  static const PictureSampleJpeg kinds[] = {
    { "grey", JCS_GRAYSCALE, FALSE, 0 },
    { "grey, progressive", JCS_GRAYSCALE, TRUE, 0 },
    { "colours", JCS_YCbCr, FALSE, 0 },
    { "colours, progressive", JCS_YCbCr, TRUE, 0 },
    { "red, green, blue", JCS_RGB, FALSE, 0 },
    { "inks", JCS_CMYK, FALSE, 0 },
    { "inks, progressive", JCS_CMYK, TRUE, 0 },
    { "inks as colours", JCS_YCCK, FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GBytes) bytes = picture_sample_new_jpeg (&kinds[i], 61, 45);
      g_autoptr(GError) error = NULL;
      g_autoptr(GdkTexture) texture = decoded_picture_new (bytes, &error);
      guint32 expected[4];

      g_test_message ("%s", kinds[i].name);
      g_assert_no_error (error);
      decoded_picture_assert_size (texture, 61, 45);
      fill_expected (expected, kinds[i].colour_space == JCS_GRAYSCALE, FALSE);
      decoded_picture_assert_quarters (texture, expected, 16, TOLERANCE);
    }
}

static void
test_larger_ones_are_shrunk_and_smaller_ones_are_not_enlarged (void)
{
  static const PictureSamplePng png = { "png", PNG_COLOR_TYPE_RGB_ALPHA, 8, FALSE };
  static const PictureSampleJpeg jpeg = { "jpeg", JCS_YCbCr, FALSE, 0 };
  static const int sizes[][4] = {
    { 1, 1, 1, 1 },       { 64, 64, 64, 64 }, { 66, 34, 64, 33 },   { 400, 200, 64, 32 },      { 200, 400, 32, 64 },
    { 1000, 2, 64, 1 },   { 4096, 1, 64, 1 }, { 642, 482, 64, 48 }, { 4096, 4096, 64, 64 },
  };
  guint32 seen_through[4];
  guint32 opaque[4];

  fill_expected (seen_through, FALSE, TRUE);
  fill_expected (opaque, FALSE, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(GBytes) png_bytes = picture_sample_new_png (&png, (guint) sizes[i][0], (guint) sizes[i][1]);
      g_autoptr(GBytes) jpeg_bytes = picture_sample_new_jpeg (&jpeg, (guint) sizes[i][0], (guint) sizes[i][1]);
      g_autoptr(GdkTexture) from_png = decoded_picture_new (png_bytes, NULL);
      g_autoptr(GdkTexture) from_jpeg = decoded_picture_new (jpeg_bytes, NULL);

      g_test_message ("%d × %d", sizes[i][0], sizes[i][1]);
      decoded_picture_assert_size (from_png, sizes[i][2], sizes[i][3]);
      decoded_picture_assert_size (from_jpeg, sizes[i][2], sizes[i][3]);
      decoded_picture_assert_quarters (from_png, seen_through, 2, 1);
      decoded_picture_assert_quarters (from_jpeg, opaque, 10, TOLERANCE);
    }
}

/* CIPA DC-008, 4.6.4: which quarter of what is stored is seen where, for each of the eight positions */
static void
test_what_a_camera_took_askew_is_shown_upright (void)
{
  static const guint8 upright[][4] = {
    { 0, 1, 2, 3 }, { 1, 0, 3, 2 }, { 3, 2, 1, 0 }, { 2, 3, 0, 1 }, { 0, 2, 1, 3 }, { 2, 0, 3, 1 }, { 3, 1, 2, 0 }, { 1, 3, 0, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (upright); i++)
    {
      const PictureSampleJpeg kind = { "askew", JCS_YCbCr, FALSE, (guint8) (i + 1) };
      g_autoptr(GBytes) bytes = picture_sample_new_jpeg (&kind, 256, 192);
      g_autoptr(GdkTexture) texture = decoded_picture_new (bytes, NULL);
      guint32 expected[4];

      g_test_message ("%u", i + 1);
      decoded_picture_assert_size (texture, i < 4 ? 64 : 48, i < 4 ? 48 : 64);
      for (guint j = 0; j < 4; j++)
        expected[j] = multiply (picture_sample_get_rgb (upright[i][j]), 255);
      decoded_picture_assert_quarters (texture, expected, 6, TOLERANCE);
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/picture-kinds/png", test_every_kind_of_png_is_shown);
  g_test_add_func ("/picture-kinds/jpeg", test_every_kind_of_jpeg_is_shown);
  g_test_add_func ("/picture-kinds/sizes", test_larger_ones_are_shrunk_and_smaller_ones_are_not_enlarged);
  g_test_add_func ("/picture-kinds/upright", test_what_a_camera_took_askew_is_shown_upright);

  return g_test_run ();
}
