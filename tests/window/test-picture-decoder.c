/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-picture-decoder"

/* memmem () */
#define _GNU_SOURCE

#include "window/base/picture-decoder.h"

#include <png.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include "decoded-picture.h"
#include "fixtures/picture-samples.h"

#define SENTENCE "This picture cannot be shown."
#define MIB (1024 * 1024)
/* Of which a quarter is each of four kinds */
#define N_AT_ONCE 96
#define N_SPOILT 400
#define N_LARGE 8
/* Of the pixels of each */
#define LARGE_MIB 32

static const PictureSamplePng png_kind = { "png", PNG_COLOR_TYPE_RGB, 8, FALSE };
static const PictureSampleJpeg jpeg_kind = { "jpeg", JCS_YCbCr, FALSE, 0 };
static const PictureSampleJpeg progressive_kind = { "progressive", JCS_YCbCr, TRUE, 0 };

/* A PNG, and two JPEGs */
static GPtrArray *
make_pictures (void)
{
  GPtrArray *pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_ptr_array_add (pictures, picture_sample_new_png (&png_kind, 24, 16));
  g_ptr_array_add (pictures, picture_sample_new_jpeg (&jpeg_kind, 24, 16));
  g_ptr_array_add (pictures, picture_sample_new_jpeg (&progressive_kind, 24, 16));

  return pictures;
}

static void
assert_refusal (GdkTexture   *texture,
                const GError *error)
{
  g_assert_null (texture);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpstr (error->message, ==, SENTENCE);
}

/* In memory of their own, so that a sanitizer sees what is read behind them. */
static void
assert_refused (gconstpointer data,
                gsize         length)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, length);
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = decoded_picture_new (bytes, &error);

  assert_refusal (texture, error);
}

static void
test_nothing_but_jpeg_and_png_is_decoded (void)
{
  static const char *const others[] = { "", "x", "<svg xmlns='http://www.w3.org/2000/svg'/>", "<!DOCTYPE html>", "GIF89a..............",
                                        "\211PNG\r\n\032\n", "\377\330\377", "\377\330\377\340aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };
  /* Of one pixel, and whole */
  static const guint8 qoi[] = { 'q', 'o', 'i', 'f', 0, 0, 0, 1, 0, 0, 0, 1, 3, 0, 0xfe, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    assert_refused (others[i], strlen (others[i]));
  assert_refused (qoi, sizeof qoi);
}

static void
test_what_is_cut_off_is_refused_wherever_it_was_cut (void)
{
  g_autoptr(GPtrArray) pictures = make_pictures ();

  for (guint i = 0; i < pictures->len; i++)
    {
      gsize length = 0;
      const guint8 *data = g_bytes_get_data (pictures->pdata[i], &length);
      g_autoptr(GdkTexture) texture = decoded_picture_new (pictures->pdata[i], NULL);

      decoded_picture_assert_size (texture, 24, 16);
      /* Behind the name of the last chunk of a PNG only its checksum is left. */
      length -= i == 0 ? 8 : 0;
      for (gsize cut = 0; cut < length; cut++)
        assert_refused (data, cut);
    }
}

/* Refused, or another picture of a size that was asked for; but it ends, and leaves nothing. */
static void
test_what_is_spoilt_does_no_more_than_spoil_the_picture (void)
{
  g_autoptr(GPtrArray) pictures = make_pictures ();

  for (guint i = 0; i < N_SPOILT * pictures->len; i++)
    {
      gsize length = 0;
      const guint8 *data = g_bytes_get_data (pictures->pdata[i / N_SPOILT], &length);
      g_autofree guint8 *spoilt = g_memdup2 (data, length);
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(GdkTexture) texture = NULL;

      for (guint j = 0; j <= i % 4; j++)
        spoilt[((gsize) i * 7919 + j * 104729) % length] ^= (guint8) (1 + (i * 37 + j) % 255);
      bytes = g_bytes_new (spoilt, length);
      texture = decoded_picture_new (bytes, &error);
      if (texture == NULL)
        assert_refusal (texture, error);
      else
        g_assert_cmpint (MAX (gdk_texture_get_width (texture), gdk_texture_get_height (texture)), <=, DECODED_PICTURE_MAX_SIDE);
    }
}

/* What their heads say; nothing may be made of that size. */
static void
test_what_would_not_fit_is_refused_by_its_head (void)
{
  static const guint8 largest[] = { 0xff, 0xff, 0xff, 0xff };
  static const guint8 largest_of_png[] = { 0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff };
  g_autoptr(GBytes) png = picture_sample_new_png (&png_kind, 24, 16);
  g_autoptr(GBytes) jpeg = picture_sample_new_jpeg (&jpeg_kind, 24, 16);
  g_autoptr(GBytes) wide = picture_sample_new_png (&png_kind, 4097, 1);
  g_autoptr(GBytes) high = picture_sample_new_jpeg (&jpeg_kind, 1, 4097);
  gsize length = g_bytes_get_size (png);
  g_autofree guint8 *large = g_malloc0 (8 * MIB + 1);
  guint8 *frame;

  assert_refused (g_bytes_get_data (wide, NULL), g_bytes_get_size (wide));
  assert_refused (g_bytes_get_data (high, NULL), g_bytes_get_size (high));

  /* What is behind its end is no harm, but so much is. */
  memcpy (large, g_bytes_get_data (png, NULL), length);
  assert_refused (large, 8 * MIB + 1);

  memcpy (large + 16, largest_of_png, sizeof largest_of_png);
  assert_refused (large, length);

  length = g_bytes_get_size (jpeg);
  memcpy (large, g_bytes_get_data (jpeg, NULL), length);
  frame = memmem (large, length, "\xff\xc0", 2);
  g_assert_nonnull (frame);
  memcpy (frame + 5, largest, sizeof largest);
  assert_refused (large, length);
}

typedef struct
{
  guint n_decoded;
  guint n_refused;
} Count;

static void
on_one_decoded (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  Count *count = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = herald_picture_decoder_run_finish (result, &error);
  const guint32 expected[] = { 0xffff0000, 0xff00ff00, 0xff0000ff, 0xffffff00 };

  if (texture == NULL)
    {
      assert_refusal (texture, error);
      count->n_refused++;
      return;
    }

  decoded_picture_assert_size (texture, 64, 32);
  decoded_picture_assert_quarters (texture, expected, 10, 12);
  count->n_decoded++;
}

/* Whole by its head and its end: what is wrong with it libpng finds when it has read nearly all. */
static GBytes *
spoil_png (GBytes *png)
{
  gsize length = g_bytes_get_size (png);
  guint8 *data = g_memdup2 (g_bytes_get_data (png, NULL), length);

  /* The checksum before the last chunk, which has twelve bytes */
  data[length - 12 - 1] ^= 1;

  return g_bytes_new_take (data, length);
}

/* Libjpeg leaves by a jump when it sees codes that cannot be. */
static GBytes *
spoil_jpeg (GBytes *jpeg)
{
  gsize length = g_bytes_get_size (jpeg);
  guint8 *data = g_memdup2 (g_bytes_get_data (jpeg, NULL), length);
  guint8 *codes = memmem (data, length, "\xff\xc4", 2);

  g_assert_nonnull (codes);
  memset (codes + 5, 0xff, 8);

  return g_bytes_new_take (data, length);
}

static void
test_many_are_decoded_at_once (void)
{
  g_autoptr(GBytes) png = picture_sample_new_png (&png_kind, 640, 320);
  g_autoptr(GBytes) jpeg = picture_sample_new_jpeg (&progressive_kind, 640, 320);
  g_autoptr(GBytes) spoilt_png = spoil_png (png);
  g_autoptr(GBytes) spoilt_jpeg = spoil_jpeg (jpeg);
  GBytes *pictures[] = { png, spoilt_png, jpeg, spoilt_jpeg };
  Count count = { 0 };

  for (guint i = 0; i < N_AT_ONCE; i++)
    herald_picture_decoder_run_async (pictures[i % G_N_ELEMENTS (pictures)], DECODED_PICTURE_MAX_SIDE, NULL, on_one_decoded, &count);
  while (count.n_decoded + count.n_refused < N_AT_ONCE)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (count.n_decoded, ==, N_AT_ONCE / 2);
  g_assert_cmpuint (count.n_refused, ==, N_AT_ONCE / 2);
}

/* The most that this process ever had, in MiB; it does not go down. */
static guint
get_peak_mib (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, "VmHWM:");
  g_assert_nonnull (line);

  return (guint) (g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) / 1024);
}

static void
on_large_one_decoded (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  Count *count = user_data;
  g_autoptr(GdkTexture) texture = herald_picture_decoder_run_finish (result, NULL);

  decoded_picture_assert_size (texture, 64, 32);
  count->n_decoded++;
}

static void
test_large_ones_take_turns (void)
{
  static const PictureSamplePng kind = { "large", PNG_COLOR_TYPE_RGB_ALPHA, 8, FALSE };
  g_autoptr(GBytes) bytes = picture_sample_new_png (&kind, 4096, 2048);
  Count count = { 0 };
  guint peak_mib;

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("The sanitizer keeps what was freed.");
  return;
#endif

  peak_mib = get_peak_mib ();
  for (guint i = 0; i < N_LARGE; i++)
    herald_picture_decoder_run_async (bytes, DECODED_PICTURE_MAX_SIDE, NULL, on_large_one_decoded, &count);
  while (count.n_decoded < N_LARGE)
    g_main_context_iteration (NULL, TRUE);

  g_test_message ("From %u to %u MiB", peak_mib, get_peak_mib ());
  g_assert_cmpuint (get_peak_mib () - peak_mib, <, 3 * LARGE_MIB);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/picture-decoder/others", test_nothing_but_jpeg_and_png_is_decoded);
  g_test_add_func ("/picture-decoder/cut-off", test_what_is_cut_off_is_refused_wherever_it_was_cut);
  g_test_add_func ("/picture-decoder/spoilt", test_what_is_spoilt_does_no_more_than_spoil_the_picture);
  g_test_add_func ("/picture-decoder/large", test_what_would_not_fit_is_refused_by_its_head);
  g_test_add_func ("/picture-decoder/many", test_many_are_decoded_at_once);
  g_test_add_func ("/picture-decoder/turns", test_large_ones_take_turns);

  return g_test_run ();
}
