/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-camera-trust"

#include "core/base/error.h"
#include "core/printers/octoprint/camera-address.h"
#include "fixtures/made-certificate.h"
#include "picture-reading.h"

#define FINE ANSWER ("200 OK", "", PICTURE)
#define ELSEWHERE "http://192.0.2.1"

/* Whom OctoPrint is trusted as, and who vouches for the camera, which is at 127.0.0.1 */
static const struct
{
  const char *says;
  const char *base_url;
  gboolean has_pin;
  gboolean has_authority;
  gboolean is_read;
} cases[] = {
  { "nobody", ELSEWHERE, FALSE, FALSE, FALSE },
  { "an authority of this computer", ELSEWHERE, FALSE, TRUE, TRUE },
  { "who trusts OctoPrint, on the same computer", "https://127.0.0.1:9", TRUE, FALSE, TRUE },
  { "who trusts OctoPrint, on another one", "https://localhost:9", TRUE, FALSE, FALSE },
  { "nobody, on the computer of OctoPrint", "https://127.0.0.1:9", FALSE, FALSE, FALSE },
};

/* G30: what cannot show who it is gets no request, so it gives no picture. */
static void
test_camera_shows_who_it_is (void)
{
  g_autoptr(GTlsCertificate) authority = made_certificate_new ("Workshop authority", NULL);
  g_autoptr(GTlsCertificate) certificate = made_certificate_new ("octopi", authority);
  g_autoptr(HeraldCertificate) read = herald_certificate_read (certificate, NULL);
  const char *const script[] = { FINE, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(HttpRecorder) recorder = http_recorder_new (certificate, 0, script);
      g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/", http_recorder_get_port (recorder));
      g_autoptr(HeraldPrinter) printer =
        picture_reading_make_printer (cases[i].base_url, url, cases[i].has_pin ? read->fingerprint : NULL);
      g_autoptr(HeraldPictureSource) source =
        herald_picture_source_new (HERALD_SOURCE_STILL, url, FALSE, (HeraldOrientation) { 0 });
      const HeraldPictureRequest request = { .max_bytes = 1000 };
      g_autoptr(GError) error = NULL;
      g_autofree char *got = NULL;

      g_test_message ("%s", cases[i].says);
      made_certificate_trust (cases[i].has_authority ? authority : NULL);
      got = picture_reading_read (printer, source, &request, &error);
      made_certificate_trust (NULL);
      if (cases[i].is_read)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (got, ==, PICTURE);
          continue;
        }
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNTRUSTED);
      g_assert_cmpstr (http_recorder_get_log (recorder), ==, "");
    }
}

/* Where a picture may be fetched from that a server has named */
static void
test_internet_is_asked_in_secret (void)
{
  static const struct
  {
    const char *url;
    const char *base_url;
    const char *typed;
    guint allowed;
  } rows[] = {
    { "http://camera.example/", "http://pi.local", NULL, HERALD_ADDRESSES_PRIVATE },
    { "https://camera.example/", "http://pi.local", NULL, HERALD_ADDRESSES_PUBLIC },
    { "http://camera.example/", "http://pi.local", "http://other.example/", HERALD_ADDRESSES_PRIVATE },
    { "http://camera.example/", "http://pi.local", "http://camera.example:81/", HERALD_ADDRESSES_PRIVATE },
    { "http://camera.example/", "http://pi.local", "http://camera.example/x", HERALD_ADDRESSES_ALL },
    { "http://pi.example:8080/", "http://pi.example", NULL, HERALD_ADDRESSES_PUBLIC | HERALD_ADDRESSES_LINK_LOCAL },
    { "http://10.0.0.9/", "http://127.0.0.1:5000", NULL, HERALD_ADDRESSES_LOOPBACK },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (herald_camera_get_addresses (rows[i].url, rows[i].base_url, rows[i].typed), ==, rows[i].allowed);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/camera-trust/certificate", test_camera_shows_who_it_is);
  g_test_add_func ("/camera-trust/internet", test_internet_is_asked_in_secret);

  return g_test_run ();
}
