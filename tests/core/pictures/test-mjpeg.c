/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-mjpeg"

#include "core/pictures/mjpeg.h"

#include <string.h>

/* A JPEG in small: a comment with a JPEG inside, a scan with stuffing and a restart */
#define SEGMENT "\xff\xfe\x00\x06\xff\xd8\xff\xd9"
#define PICTURE "\xff\xd8\xff\xe0\x00\x04\x4a\x46" SEGMENT "\xff\xda\x00\x03\x01" "data\xff\x00more\xff\xd0rest\xff\xd9"
#define CUT "\xff\xd8\xff\xe0\x00\x04\x4a\x46\xff\xda\x00\x03\x01" "half of it\r\n"

#define BYTES(text) text, sizeof text - 1

static const struct
{
  const char *name;
  const char *stream;
  gsize length;
  gboolean is_found;
} streams[] = {
  { "alone", BYTES (PICTURE), TRUE },
  { "alone with fill bytes", BYTES ("\xff\xd8\xff\xff\xff\xe0\x00\x04\x4a\x46" SEGMENT "\xff\xda\x00\x03\x01x\xff\xff\xd9"), TRUE },
  { "mjpg-streamer", BYTES ("--boundarydonotcross\r\nContent-Type: image/jpeg\r\nContent-Length: 46\r\nX-Timestamp: 0.1\r\n\r\n"
                            PICTURE "\r\n--boundarydonotcross\r\n"), TRUE },
  { "ffmpeg", BYTES ("--ffmpeg\r\nContent-type: image/jpeg\r\nContent-length: 46\r\n\r\n" PICTURE "\r\n--ffmpeg\r\n"), TRUE },
  { "without a length", BYTES ("\r\n--frame\nContent-Type: image/jpeg\n\n" PICTURE "\n--frame\n"), TRUE },
  { "with a wrong length", BYTES ("--f\r\nContent-Length: 3\r\n\r\n" PICTURE "\r\n--f\r\n"), TRUE },
  { "begun in the middle", BYTES ("a\xff\x00" "b\xff\xd9\r\n--f\r\nContent-Type: image/jpeg\r\n\r\n" PICTURE), TRUE },
  { "the first one cut", BYTES ("--f\r\n\r\n" CUT "--f\r\n\r\n" PICTURE), TRUE },
  { "a segment that lies", BYTES ("\xff\xd8\xff\xe0\x00\x01" PICTURE), TRUE },
  { "none", BYTES ("<html><body>nothing here</body></html>"), FALSE },
  { "half", BYTES (CUT), FALSE },
  { "no bytes", "", 0, FALSE },
};

/* However the bytes are parted on their way */
static void
test_first_picture_is_found (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    for (gsize step = 1; step <= streams[i].length + 1; step++)
      {
        const guint8 *data = (const guint8 *) streams[i].stream;
        HeraldMjpeg scan = { 0 };
        gboolean is_found = FALSE;

        for (gsize n = 0; !is_found && n < streams[i].length + step; n += step)
          is_found = herald_mjpeg_scan (&scan, data, MIN (n, streams[i].length));

        g_test_message ("%s, %" G_GSIZE_FORMAT " at a time", streams[i].name, step);
        g_assert_cmpint (is_found, ==, streams[i].is_found);
        if (!is_found || strstr (streams[i].name, "fill") != NULL)
          continue;
        g_assert_cmpmem (data + scan.begin, scan.end - scan.begin, PICTURE, sizeof PICTURE - 1);
      }
}

/* What never ends costs no more than looking at each byte once. */
static void
test_noise_is_scanned_in_one_pass (void)
{
  static const gsize length = 8 * 1024 * 1024;
  g_autofree guint8 *data = g_malloc (length);
  gint64 begin_us = g_get_monotonic_time ();
  HeraldMjpeg scan = { 0 };

  memset (data, 0xff, length);
  for (gsize n = 0; n <= length; n += 4096)
    g_assert_false (herald_mjpeg_scan (&scan, data, n));
  for (gsize i = 0; i < length; i++)
    data[i] = i % 3 == 0 ? 0xff : 0xd8;
  scan = (HeraldMjpeg) { 0 };
  for (gsize n = 0; n <= length; n += 4096)
    g_assert_false (herald_mjpeg_scan (&scan, data, n));

  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 5 * G_USEC_PER_SEC);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mjpeg/found", test_first_picture_is_found);
  g_test_add_func ("/mjpeg/noise", test_noise_is_scanned_in_one_pass);

  return g_test_run ();
}
