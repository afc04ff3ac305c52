/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-thumbnail-samples"

#include "thumbnail-in-file.h"

/* tests/data/gcode/README.md says what each file is. Two pictures are in most: 16 pixels wide and 48. */

typedef enum
{
  NOTHING,
  SMALL = 16,
  LARGE = 48,
  DRAWN = 220,
} Width;

static const struct
{
  const char *name;
  HeraldPictureType type;
  Width width;
} samples[] = {
  { "after-printing.gcode", HERALD_PICTURE_PNG, NOTHING },
  { "begun-twice.gcode", HERALD_PICTURE_PNG, SMALL },
  { "bomb.bgcode", HERALD_PICTURE_PNG, SMALL },
  { "bomb.ufp", HERALD_PICTURE_PNG, NOTHING },
  { "byte-order-mark.gcode", HERALD_PICTURE_PNG, LARGE },
  { "charon.ufp", HERALD_PICTURE_PNG, LARGE },
  { "creality.gcode", HERALD_PICTURE_PNG, LARGE },
  { "cura.gcode", HERALD_PICTURE_PNG, LARGE },
  { "cut.bgcode", HERALD_PICTURE_PNG, SMALL },
  { "cut.ufp", HERALD_PICTURE_PNG, NOTHING },
  { "declares-8-gib.gcode", HERALD_PICTURE_PNG, LARGE },
  { "deflated.bgcode", HERALD_PICTURE_PNG, LARGE },
  { "drawn-by-prusaslicer-jpg.gcode", HERALD_PICTURE_JPEG, DRAWN },
  { "drawn-by-prusaslicer-qoi.gcode", HERALD_PICTURE_QOI, DRAWN },
  { "drawn-by-prusaslicer.gcode", HERALD_PICTURE_PNG, DRAWN },
  { "far-lie.ufp", HERALD_PICTURE_PNG, NOTHING },
  { "largest-broken.gcode", HERALD_PICTURE_PNG, SMALL },
  { "largest-cut.gcode", HERALD_PICTURE_PNG, SMALL },
  { "largest-foreign.gcode", HERALD_PICTURE_PNG, SMALL },
  { "largest-is-text.gcode", HERALD_PICTURE_PNG, SMALL },
  { "latin-1.gcode", HERALD_PICTURE_PNG, LARGE },
  { "long-lie.bgcode", HERALD_PICTURE_PNG, SMALL },
  { "long-lie.ufp", HERALD_PICTURE_PNG, NOTHING },
  { "luban.gcode", HERALD_PICTURE_PNG, LARGE },
  { "mixed-formats.gcode", HERALD_PICTURE_JPEG, LARGE },
  { "no-blank.gcode", HERALD_PICTURE_PNG, LARGE },
  { "no-end.gcode", HERALD_PICTURE_PNG, SMALL },
  { "no-length.gcode", HERALD_PICTURE_PNG, LARGE },
  { "no-picture.ufp", HERALD_PICTURE_PNG, NOTHING },
  { "none.gcode", HERALD_PICTURE_PNG, NOTHING },
  { "orcaslicer.gcode", HERALD_PICTURE_PNG, LARGE },
  { "picture-first.ufp", HERALD_PICTURE_PNG, LARGE },
  { "picture.gcode", HERALD_PICTURE_PNG, NOTHING },
  { "plate.gcode.3mf", HERALD_PICTURE_PNG, LARGE },
  { "prusa-jpg.bgcode", HERALD_PICTURE_JPEG, LARGE },
  { "prusa-no-checksum.bgcode", HERALD_PICTURE_PNG, LARGE },
  { "prusa-qoi.bgcode", HERALD_PICTURE_QOI, LARGE },
  { "prusa.bgcode", HERALD_PICTURE_PNG, LARGE },
  { "prusaslicer-crlf.gcode", HERALD_PICTURE_PNG, LARGE },
  { "prusaslicer-jpg.gcode", HERALD_PICTURE_JPEG, LARGE },
  { "prusaslicer-qoi.gcode", HERALD_PICTURE_QOI, LARGE },
  { "prusaslicer.gcode", HERALD_PICTURE_PNG, LARGE },
  { "short-lie.bgcode", HERALD_PICTURE_PNG, SMALL },
  { "short-lie.ufp", HERALD_PICTURE_PNG, NOTHING },
  { "smaller-last.gcode", HERALD_PICTURE_PNG, LARGE },
  { "stored.ufp", HERALD_PICTURE_PNG, LARGE },
  { "superslicer-blank.gcode", HERALD_PICTURE_PNG, LARGE },
  { "version-9.bgcode", HERALD_PICTURE_PNG, NOTHING },
  { "wrong-checksum.bgcode", HERALD_PICTURE_PNG, SMALL },
  { "wrong-checksum.ufp", HERALD_PICTURE_PNG, NOTHING },
};

static void
check_sample (guint         i,
              const guint8 *data,
              gsize         length,
              gsize         step)
{
  g_autoptr(HeraldPicture) picture = thumbnail_in_file (data, length, step, NULL);

  g_test_message ("%s in steps of %" G_GSIZE_FORMAT, samples[i].name, step);
  if (samples[i].width == NOTHING)
    {
      g_assert_null (picture);
      return;
    }

  g_assert_nonnull (picture);
  g_assert_cmpint ((int) picture->type, ==, (int) samples[i].type);
  g_assert_cmpuint (picture->width, ==, samples[i].width);
}

/* However it comes, and nothing is read beyond its end: the copy is as long as the file to the byte. */
static void
test_sample (gconstpointer user_data)
{
  guint i = GPOINTER_TO_UINT (user_data);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "gcode", samples[i].name, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *content = NULL;
  g_autofree guint8 *exact = NULL;
  gsize length = 0;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  exact = g_memdup2 (content, length);

  check_sample (i, exact, length, length);
  check_sample (i, exact, length, 1000);
  check_sample (i, exact, length, 7);
  check_sample (i, exact, length, 1);
}

static void
test_every_sample_is_here (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "gcode", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) folder = g_dir_open (path, 0, &error);
  guint n_files = 0;

  g_assert_no_error (error);
  while (g_dir_read_name (folder) != NULL)
    n_files++;

  g_assert_cmpuint (n_files, ==, G_N_ELEMENTS (samples) + 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/thumbnail-samples/every-sample-is-here", test_every_sample_is_here);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_strconcat ("/thumbnail-samples/", samples[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_sample);
    }

  return g_test_run ();
}
