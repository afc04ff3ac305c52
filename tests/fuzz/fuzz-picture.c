/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fuzz-picture"

#include "fuzz/fuzz.h"

#include <string.h>

#include "core/base/error.h"
#include "core/pictures/picture-format.h"
#include "core/pictures/qoi.h"
#include "picture/exif.h"
#include "picture/painting.h"

/* A picture as it comes from a printer, looked at as the service does, and then read as octoherald-picture does. */

/* Large ones show nothing that small ones do not, and take their time. */
#define MAX_PIXELS (1024 * 1024)
/* Smaller than some that come, so that some are shrunk */
#define MAX_SIDE 24

static void
check_head (const HeraldPictureHead *head)
{
  g_assert_cmpint (head->type, <=, HERALD_PICTURE_FILM);
  if (head->type == HERALD_PICTURE_FILM)
    {
      g_assert_cmpuint (head->width + head->height, ==, 0);
      return;
    }
  g_assert_cmpuint (head->width, >, 0);
  g_assert_cmpuint (head->height, >, 0);
  g_assert_cmpuint (head->width, <=, HERALD_PICTURE_MAX_SIDE);
  g_assert_cmpuint (head->height, <=, HERALD_PICTURE_MAX_SIDE);
}

/* Every pixel can be read, and the same bytes are the same picture. */
static void
check_qoi (const HeraldPictureHead *head,
           const guint8            *data,
           gsize                    size)
{
  gsize n_bytes = (gsize) head->width * head->height * 4;
  g_autofree guint8 *pixels = NULL;
  g_autofree guint8 *again = NULL;

  if (n_bytes / 4 > MAX_PIXELS)
    return;

  pixels = herald_qoi_decode (head, data, size);
  again = herald_qoi_decode (head, data, size);
  g_assert_true ((pixels == NULL) == (again == NULL));
  if (pixels != NULL)
    g_assert_cmpmem (pixels, n_bytes, again, n_bytes);
}

/* What is read is as small as was asked, and can be written. */
static void
check_painting (const HeraldPictureHead *head,
                const guint8            *data,
                gsize                    size)
{
  HeraldPictureRecipe recipe = { .max_bytes = HERALD_PICTURE_MAX_BYTES, .png = size % 2 == 0 };
  HeraldPictureFault fault = HERALD_PICTURE_FAULT_NONE;
  HeraldPictureHead written = { 0 };
  g_autoptr(HeraldCanvas) canvas = NULL;
  g_autoptr(GBytes) output = NULL;

  if ((gsize) head->width * head->height > MAX_PIXELS)
    return;

  canvas = herald_painting_read (data, size, MAX_SIDE, &fault);
  if (canvas == NULL)
    {
      g_assert_true (fault == HERALD_PICTURE_FAULT_DAMAGED || fault == HERALD_PICTURE_FAULT_LARGE ||
                     head->type == HERALD_PICTURE_FILM);
      return;
    }
  g_assert_cmpuint (MAX (canvas->width, canvas->height), ==,
                    MIN (MAX (head->width, head->height), MAX_SIDE));
  g_assert_cmpuint (herald_canvas_get_brightness (canvas), <=, 255);

  if (!recipe.png)
    herald_canvas_put_on_white (canvas);
  output = herald_painting_write (canvas, &recipe, &written, &fault);
  g_assert_nonnull (output);
  g_assert_cmpuint (herald_picture_head_read (&written, g_bytes_get_data (output, NULL), g_bytes_get_size (output)),
                    ==, HERALD_PICTURE_FAULT_NONE);
}

/* What a JPEG says of its position may be anything. */
static void
check_exif (const guint8 *data,
            gsize         size)
{
  g_autofree guint8 *segment = g_malloc (size + 6);
  HeraldOrientation orientation = { 0 };

  memcpy (segment, "Exif\0", 6);
  memcpy (segment + 6, data, size);
  if (!herald_exif_read_orientation (segment, size + 6, &orientation))
    g_assert_false (orientation.flip_horizontally || orientation.flip_vertically ||
                    orientation.rotate_90_left);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree guint8 *exact = g_memdup2 (data, size);
  g_autoptr(GBytes) bytes = g_bytes_new_static (exact, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldPicture) picture = herald_picture_new_from_bytes (bytes, &error);
  HeraldPictureHead head = { 0 };
  HeraldPictureFault fault = herald_picture_head_read (&head, exact, size);

  if (size > 0)
    check_exif (exact, size);
  g_assert_true ((picture == NULL) == (error != NULL));
  g_assert_true ((picture == NULL) == (fault != HERALD_PICTURE_FAULT_NONE));
  if (picture == NULL)
    {
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_REJECTED);
      g_assert_cmpuint (head.width + head.height, ==, 0);
      return 0;
    }

  check_head (&head);
  if (head.type == HERALD_PICTURE_QOI)
    check_qoi (&head, exact, size);
  check_painting (&head, exact, size);

  return 0;
}
