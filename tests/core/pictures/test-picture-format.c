/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-picture-format"

#include "core/pictures/picture.h"

#include <string.h>

#include "core/base/error.h"
#include "core/pictures/picture-format.h"
#include "core/pictures/qoi.h"

/* A JPEG to look at, not to decode: a preview with an end of its own, the frame of @height × @width, pixels */
#define PREVIEW "\xff\xe1\x00\x08\xff\xd8\x00\x00\xff\xd9"
#define FRAME(height, width) "\xff\xc0\x00\x0b\x08" height width "\x01\x01\x11\x00"
#define SCAN "\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
#define JPEG_START "\xff\xd8" PREVIEW
#define JPEG_END SCAN "\x12\xff\x00\x34\xff\xd9"

#define PNG_START "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"
#define PNG_END "\x00\x00\x00\x00IEND\xae\x42\x60\x82"
#define PNG(width, height) PNG_START width height "\x08\x02\x00\x00\x00\x00\x00\x00\x00" PNG_END

#define QOI_END "\0\0\0\0\0\0\0\x01"
#define QOI(width, height, content) "qoif" width height "\x04\x00" content QOI_END

#define ONE "\x00\x00\x00\x01"
#define FOUR "\x00\x00\x00\x04"
#define SIDE "\x00\x00\x10\x00"
#define OVER "\x00\x00\x10\x01"
#define HUGE "\xff\xff\xff\xff"

#define ROW(bytes, fault, type, width, height)                                                     \
  {                                                                                                \
    (const guint8 *) (bytes), sizeof (bytes) - 1, HERALD_PICTURE_FAULT_##fault,                    \
      HERALD_PICTURE_##type, (width), (height)                                                     \
  }
#define FAULT(bytes, fault) ROW (bytes, fault, JPEG, 0, 0)
#define FINE(bytes, type, width, height) ROW (bytes, NONE, type, width, height)

static const struct
{
  const guint8 *bytes;
  gsize size;
  HeraldPictureFault fault;
  HeraldPictureType type;
  guint width;
  guint height;
} rows[] = {
  FINE (JPEG_START FRAME ("\x01\xe0", "\x02\x80") JPEG_END, JPEG, 640, 480),
  FINE ("\xff\xd8\xff\xff\xff" FRAME ("\x00\x02", "\x00\x01") JPEG_END "padding", JPEG, 1, 2),
  FINE (JPEG_START FRAME ("\x10\x00", "\x10\x00") JPEG_END, JPEG, 4096, 4096),
  FINE (PNG (FOUR, ONE), PNG, 4, 1),
  FINE (PNG (SIDE, SIDE) "padding", PNG, 4096, 4096),
  FINE (QOI (FOUR, ONE, "\xc3"), QOI, 4, 1),
  FINE ("\0\0\0\x20" "ftypisom", FILM, 0, 0),
  /* too large */
  FAULT (JPEG_START FRAME ("\xc3\x50", "\xc3\x50") JPEG_END, LARGE),
  FAULT (JPEG_START FRAME ("\x00\x01", "\x10\x01") JPEG_END, LARGE),
  FAULT (PNG (OVER, ONE), LARGE),
  FAULT (PNG (ONE, OVER), LARGE),
  FAULT (PNG (HUGE, HUGE), LARGE),
  FAULT (QOI (HUGE, HUGE, ""), LARGE),
  FAULT (QOI (OVER, ONE, ""), LARGE),
  /* broken */
  FAULT (JPEG_START FRAME ("\x00\x00", "\x02\x80") JPEG_END, DAMAGED),
  FAULT (JPEG_START FRAME ("\x02\x80", "\x00\x00") JPEG_END, DAMAGED),
  FAULT (JPEG_START FRAME ("\x00\x02", "\x00\x01") FRAME ("\x00\x02", "\x00\x01") JPEG_END, DAMAGED),
  FAULT (JPEG_START JPEG_END, DAMAGED),
  FAULT (JPEG_START FRAME ("\x00\x02", "\x00\x01") "\xff\xd9", DAMAGED),
  FAULT (JPEG_START FRAME ("\x00\x02", "\x00\x01") SCAN "\x12\x34", DAMAGED),
  FAULT (JPEG_START "\xff\xc0\x00\x07\x08\x00\x01\x00\x01" JPEG_END, DAMAGED),
  FAULT (JPEG_START "\xff\xc0\x00\x08\x08\x00\x01\x00\x01\x00" JPEG_END, DAMAGED),
  FAULT (JPEG_START "\xff\xfe\x00\x01" JPEG_END, DAMAGED),
  FAULT (JPEG_START "\xff\xfe\xff\xff" JPEG_END, DAMAGED),
  FAULT ("\xff\xd8\xff", DAMAGED),
  FAULT ("\xff\xd8\xff\xff\xff\xff\xff\xff", DAMAGED),
  FAULT (PNG ("\0\0\0\0", ONE), DAMAGED),
  FAULT (PNG (ONE, "\0\0\0\0"), DAMAGED),
  FAULT (PNG_START ONE ONE "\x08\x02\x00\x00\x00\x00\x00\x00\x00", DAMAGED),
  FAULT (PNG_START ONE ONE "\x08\x02\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xffIDAT" PNG_END, DAMAGED),
  FAULT ("\x89PNG\r\n\x1a\n", DAMAGED),
  FAULT ("\x89PNG\r\n\x1a\n" PNG_END PNG_END PNG_END, DAMAGED),
  FAULT ("qoif", DAMAGED),
  FAULT ("qoif" ONE ONE "\x05\x00" QOI_END, DAMAGED),
  FAULT ("qoif" ONE ONE "\x04\x02" QOI_END, DAMAGED),
  FAULT (QOI ("\0\0\0\0", ONE, ""), DAMAGED),
  /* kinds of JPEG that nothing shows: lossless, arithmetic, 12 bits */
  FAULT (JPEG_START "\xff\xc3\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00" JPEG_END, UNKNOWN),
  FAULT (JPEG_START "\xff\xc9\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00" JPEG_END, UNKNOWN),
  FAULT (JPEG_START "\xff\xc1\x00\x0b\x0c\x00\x01\x00\x01\x01\x01\x11\x00" JPEG_END, UNKNOWN),
  /* something else */
  FAULT ("", EMPTY),
  FAULT ("\xff", UNKNOWN),
  FAULT ("GIF89a\x01\x00\x01\x00", UNKNOWN),
  FAULT ("RIFF\x10\x00\x00\x00WEBPVP8 ", UNKNOWN),
  FAULT ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", UNKNOWN),
  FAULT ("<?xml version=\"1.0\"?><svg/>", UNKNOWN),
  FAULT ("{\"error\":\"unknown\"}", UNKNOWN),
  FAULT ("\0\0\0\0ftyp", UNKNOWN),
  FAULT ("<!DOCTYPE HTML><title>Log in</title>", PAGE),
  FAULT (" \r\n<?xml version=\"1.0\"?>\n<HTML>", PAGE),
  FAULT ("\xef\xbb\xbf<!-- hi --><html lang=\"de\">", PAGE),
};

static void
test_kind_size_and_end_are_what_counts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      /* Exactly as long as it is: a sanitizer sees what is read behind it */
      g_autofree guint8 *data = g_memdup2 (rows[i].bytes, rows[i].size);
      HeraldPictureHead head = { 0 };

      g_test_message ("row %u", i);
      g_assert_cmpint (herald_picture_head_read (&head, data, rows[i].size), ==, rows[i].fault);
      g_assert_cmpint (head.type, ==, rows[i].type);
      g_assert_cmpuint (head.width, ==, rows[i].width);
      g_assert_cmpuint (head.height, ==, rows[i].height);
    }
}

static void
test_every_fault_is_a_sentence_and_a_word (void)
{
  for (guint i = HERALD_PICTURE_FAULT_UNKNOWN; i <= HERALD_PICTURE_FAULT_UNFIT; i++)
    {
      const char *id = herald_picture_fault_to_id (i);

      g_assert_cmpint (herald_picture_fault_from_id (id), ==, i);
      g_assert_null (strchr (id, ' '));
      g_assert_nonnull (strchr (herald_picture_fault_to_text (i), ' '));
    }
  g_assert_cmpint (herald_picture_fault_from_id ("nonsense"), ==, HERALD_PICTURE_FAULT_NONE);
  g_assert_cmpint (herald_picture_fault_from_id (NULL), ==, HERALD_PICTURE_FAULT_NONE);
}

static void
test_picture_knows_its_size_and_nothing_of_its_brightness (void)
{
  g_autoptr(HeraldPicture) picture = herald_picture_new_offline ();

  g_assert_cmpint (picture->type, ==, HERALD_PICTURE_PNG);
  g_assert_cmpuint (picture->width, ==, 640);
  g_assert_cmpuint (picture->height, ==, 480);
  g_assert_cmpint (picture->brightness, ==, -1);
  g_assert_cmpuint (g_bytes_get_size (picture->bytes), <, 20000);
}

static void
test_picture_that_is_cut_off_is_rejected_wherever_it_was_cut (void)
{
  g_autoptr(HeraldPicture) whole = herald_picture_new_offline ();
  gsize size = g_bytes_get_size (whole->bytes);

  for (gsize length = 0; length < size - 8; length++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) part = g_bytes_new_from_bytes (whole->bytes, 0, length);

      g_assert_null (herald_picture_new_from_bytes (part, &error));
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_REJECTED);
    }
}

static void
test_only_a_film_may_be_long (void)
{
  gsize size = HERALD_PICTURE_MAX_BYTES + 1;
  g_autofree guint8 *data = g_malloc0 (size);
  g_autoptr(HeraldPicture) film = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  memcpy (data, PNG (FOUR, ONE), sizeof PNG (FOUR, ONE));
  bytes = g_bytes_new_static (data, size - 1);
  film = herald_picture_new_from_bytes (bytes, &error);
  g_assert_no_error (error);
  g_clear_pointer (&film, herald_picture_unref);
  g_clear_pointer (&bytes, g_bytes_unref);

  bytes = g_bytes_new_static (data, size);
  g_assert_null (herald_picture_new_from_bytes (bytes, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_REJECTED);
  g_assert_cmpstr (error->message, ==, "The picture is too large");

  memcpy (data + 4, "ftypisom", 8);
  film = herald_picture_new_from_bytes (bytes, NULL);
  g_assert_cmpint (film->type, ==, HERALD_PICTURE_FILM);
}

/* What each of QOI's six ways to say a colour means, by the specification; ffmpeg's own are decoded in
 * test-picture-program.py. */
static void
test_qoi_means_what_its_specification_says (void)
{
  static const char picture[] = QOI ("\x00\x00\x00\x09", ONE,
                                     "\xfe\x80\x40\x20" /* RGB */
                                     "\x7d"             /* +1, +1, −1 */
                                     "\xa5\x9c"         /* green +5, red +5+1, blue +5+4 */
                                     "\xff\x01\x02\x03\x04" /* RGBA */
                                     "\xc1"                 /* two of it */
                                     "\x15"                 /* the colour at 21, which is the first */
                                     "\x40"                 /* −2 each */
                                     "\x01"                 /* a place that is empty */);
  static const guint8 expected[] = { 128, 64, 32, 255, 129, 65, 31, 255, 135, 70, 40, 255, 1, 2, 3, 4,
                                     1,   2,  3,  4,   1,   2,  3,  4,   128, 64, 32, 255, 126, 62, 30, 255,
                                     0,   0,  0,  0 };
  g_autofree guint8 *data = g_memdup2 (picture, sizeof picture - 1);
  g_autofree guint8 *pixels = NULL;
  HeraldPictureHead head;

  g_assert_cmpint (herald_picture_head_read (&head, data, sizeof picture - 1), ==,
                   HERALD_PICTURE_FAULT_NONE);
  pixels = herald_qoi_decode (&head, data, sizeof picture - 1);
  g_assert_cmpmem (pixels, 4 * 9, expected, sizeof expected);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/picture-format/heads", test_kind_size_and_end_are_what_counts);
  g_test_add_func ("/picture-format/faults", test_every_fault_is_a_sentence_and_a_word);
  g_test_add_func ("/picture-format/offline",
                   test_picture_knows_its_size_and_nothing_of_its_brightness);
  g_test_add_func ("/picture-format/cut-off",
                   test_picture_that_is_cut_off_is_rejected_wherever_it_was_cut);
  g_test_add_func ("/picture-format/bytes", test_only_a_film_may_be_long);
  g_test_add_func ("/picture-format/qoi", test_qoi_means_what_its_specification_says);

  return g_test_run ();
}
