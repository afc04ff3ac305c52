/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fuzz-picture"

#include "fuzz/fuzz.h"

#include <string.h>

#include "core/base/error.h"
#include "core/pictures/picture-format.h"
#include "core/pictures/qoi.h"

/* A picture as it comes from a printer. What is decoded here is QOI; the others are decoded by libraries. */

/* Large ones show nothing that small ones do not, and take their time. */
#define MAX_PIXELS (1024 * 1024)

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

  return 0;
}
