/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fuzz-mjpeg"

#include "fuzz/fuzz.h"

#include "core/pictures/mjpeg.h"
#include "core/pictures/picture.h"

/* What a camera sends: however it is parted on its way, the same picture comes out of it, and what comes out begins
 * and ends as a JPEG does. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  HeraldMjpeg whole = { 0 };
  HeraldMjpeg parted = { 0 };
  gboolean is_found = herald_mjpeg_scan (&whole, data, size);
  gboolean is_found_parted = FALSE;

  for (gsize n = 0; !is_found_parted && n <= size; n++)
    is_found_parted = herald_mjpeg_scan (&parted, data, n);

  g_assert_cmpint (is_found, ==, is_found_parted);
  if (!is_found)
    return 0;

  g_assert_cmpuint (whole.begin, ==, parted.begin);
  g_assert_cmpuint (whole.end, ==, parted.end);
  g_assert_cmpuint (whole.end, <=, size);
  g_assert_cmpuint (whole.begin + 4, <=, whole.end);
  g_assert_cmpuint (data[whole.begin + 1], ==, 0xd8);
  g_assert_cmpuint (data[whole.end - 1], ==, 0xd9);

  return 0;
}
