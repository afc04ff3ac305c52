/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-thumbnail-limits"

#include "thumbnail-in-file.h"

#include <string.h>

#include "core/pictures/thumbnail-choice.h"

#define HUGE_BYTES (100 * 1000 * 1000)
#define STEP_BYTES (32 * 1024)

/* 2×2, made by ffmpeg */
#define PNG \
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAACXBIWXMAAAABAAAAAQBPJcTWAAAAEElEQVR4nGP4y8AARAwQCgAfrgP19hgqWQAA" \
  "AABJRU5ErkJggg=="
#define BLOCK "; thumbnail begin 2x2 128\n; " PNG "\n; thumbnail end\n"

static GByteArray *
fill (const char *beginning,
      const char *line,
      gsize       n_bytes)
{
  GByteArray *file = g_byte_array_new ();

  g_byte_array_append (file, (const guint8 *) beginning, (guint) strlen (beginning));
  while (file->len < n_bytes)
    g_byte_array_append (file, (const guint8 *) line, (guint) strlen (line));

  return file;
}

static void
check (GByteArray *file,
       gboolean    has_picture,
       gsize       n_at_most)
{
  gsize n_needed = 0;
  gint64 begin_us = g_get_monotonic_time ();
  g_autoptr(HeraldPicture) picture = thumbnail_in_file (file->data, file->len, STEP_BYTES, &n_needed);

  g_test_message ("%u bytes, of which %" G_GSIZE_FORMAT " were looked at in %" G_GINT64_FORMAT " µs", file->len, n_needed,
                  g_get_monotonic_time () - begin_us);
  g_assert_cmpint (picture != NULL, ==, has_picture);
  g_assert_cmpuint (n_needed, <=, n_at_most);
}

static void
test_comments_without_end (void)
{
  g_autoptr(GByteArray) file = fill ("", "; nothing but words, line after line after line\n", HUGE_BYTES);

  check (file, FALSE, HERALD_THUMBNAIL_HEAD_BYTES);
}

static void
test_line_without_end (void)
{
  g_autoptr(GByteArray) file = fill ("; ", "0123456789abcdef", HUGE_BYTES / 10);

  check (file, FALSE, HERALD_THUMBNAIL_HEAD_BYTES);
}

static void
test_base64_without_end (void)
{
  g_autoptr(GByteArray) file = fill (BLOCK "; thumbnail begin 640x480 123\n", "; QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=\n",
                                     HUGE_BYTES / 10);

  check (file, TRUE, HERALD_THUMBNAIL_HEAD_BYTES);
}

static void
test_begins_without_end (void)
{
  g_autoptr(GByteArray) file = fill (BLOCK, "; thumbnail begin 640x480 123\n", HUGE_BYTES / 10);

  check (file, TRUE, HERALD_THUMBNAIL_HEAD_BYTES);
}

static void
test_blocks_without_end (void)
{
  g_autoptr(GByteArray) file = fill ("", BLOCK, HUGE_BYTES / 10);

  check (file, TRUE, HERALD_THUMBNAIL_HEAD_BYTES);
}

/* Pictures come one after the other; after them nothing is waited for. */
static void
test_pictures_have_ended (void)
{
  g_autoptr(GByteArray) file = fill (BLOCK, "; setting = value\n", HUGE_BYTES / 10);

  check (file, TRUE, 2 * STEP_BYTES);
}

static void
test_printing_has_begun (void)
{
  g_autoptr(GByteArray) file = fill ("G28\nG1 Z5\nG1 E-2\n;G1 E2\nG1 X1 Y1 E.5\n", "G1 X1 Y1 E.5\n", HUGE_BYTES / 10);

  check (file, FALSE, STEP_BYTES);
}

static void
test_pulling_back_is_not_printing (void)
{
  g_autoptr(GByteArray) file = fill ("G1 E-2 F2400\nG10 E5\nM104 S200\nG1 X5 ;E5\n" BLOCK, "; setting = value\n", STEP_BYTES);

  check (file, TRUE, HERALD_THUMBNAIL_HEAD_BYTES);
}

static void
test_zeros_called_gcode (void)
{
  g_autoptr(GByteArray) file = g_byte_array_new ();

  g_byte_array_set_size (file, HUGE_BYTES / 10);
  memset (file->data, 0, file->len);
  check (file, FALSE, STEP_BYTES);
}

/* A picture that the limits of picture.h do not allow, as its head says */
static void
test_picture_of_50000_pixels_a_side (void)
{
  guint8 head[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xc3\x50\0\0\xc3\x50\x08\2\0\0\0\0\0\0\0\0\0\0\0IEND\xae\x42\x60\x82";
  g_autoptr(GBytes) bytes = g_bytes_new (head, sizeof head - 1);
  HeraldPicture *best = NULL;

  g_assert_false (herald_thumbnail_choice_offer (&best, bytes));
  g_assert_null (best);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/thumbnail-limits/comments-without-end", test_comments_without_end);
  g_test_add_func ("/thumbnail-limits/line-without-end", test_line_without_end);
  g_test_add_func ("/thumbnail-limits/base64-without-end", test_base64_without_end);
  g_test_add_func ("/thumbnail-limits/begins-without-end", test_begins_without_end);
  g_test_add_func ("/thumbnail-limits/blocks-without-end", test_blocks_without_end);
  g_test_add_func ("/thumbnail-limits/pictures-have-ended", test_pictures_have_ended);
  g_test_add_func ("/thumbnail-limits/printing-has-begun", test_printing_has_begun);
  g_test_add_func ("/thumbnail-limits/pulling-back-is-not-printing", test_pulling_back_is_not_printing);
  g_test_add_func ("/thumbnail-limits/zeros-called-gcode", test_zeros_called_gcode);
  g_test_add_func ("/thumbnail-limits/picture-of-50000-pixels-a-side", test_picture_of_50000_pixels_a_side);

  return g_test_run ();
}
