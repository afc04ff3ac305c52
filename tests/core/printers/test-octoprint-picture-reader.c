/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-octoprint-picture-reader"

#include <string.h>

#include "core/base/error.h"
#include "picture-reading.h"

#define FINE ANSWER ("200 OK", "", PICTURE)
#define NO_ERROR -1
#define ELSEWHERE "http://192.0.2.1"

static const HeraldOrientation upright;

/* Our key is for OctoPrint, the login for whatever is at its address, and nothing for anybody else. */
static void
test_only_octoprint_gets_the_key (void)
{
  static const struct
  {
    gboolean is_server;
    gboolean is_other;
    gboolean has_key;
    gboolean has_login;
  } cases[] = {
    { TRUE, FALSE, TRUE, TRUE },
    { FALSE, FALSE, FALSE, TRUE },
    { FALSE, TRUE, FALSE, FALSE },
  };
  const char *const script[] = { FINE, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(HttpRecorder) recorder = http_recorder_new (NULL, 0, script);
      g_autofree char *url = http_recorder_dup_url (recorder);
      g_autofree char *camera = g_strconcat (url, "/webcam/", NULL);
      g_autoptr(HeraldPrinter) printer = picture_reading_make_printer (cases[i].is_other ? "http://127.0.0.1:9" : url, NULL, NULL);
      g_autoptr(HeraldPictureSource) source =
        herald_picture_source_new (HERALD_SOURCE_STILL, cases[i].is_server ? "/downloads/x" : camera, cases[i].is_server,
                                   upright);
      HeraldPictureRequest request = { .max_bytes = 1000 };
      g_autoptr(GError) error = NULL;
      g_autofree char *got = picture_reading_read (printer, source, &request, &error);
      const char *log = http_recorder_get_log (recorder);

      g_assert_no_error (error);
      g_assert_cmpstr (got, ==, PICTURE);
      g_assert_nonnull (strstr (log, cases[i].is_server ? "GET /downloads/x " : "GET /webcam/ "));
      g_assert_cmpint (strstr (log, "KEYKEYKEY") != NULL, ==, cases[i].has_key);
      g_assert_cmpint (strstr (log, "Authorization") != NULL, ==, cases[i].has_login);
      g_assert_null (strstr (log, "gzip"));
    }
}

/* 127.0.0.1 in the settings of a server is that server, not us; by whatever name it goes. */
static void
test_server_cannot_send_us_to_ourselves (void)
{
  static const struct
  {
    const char *host;
    const char *base_url;
    gboolean is_typed;
    gboolean is_read;
  } cases[] = {
    { "127.0.0.1", ELSEWHERE, FALSE, FALSE },
    { "localhost", ELSEWHERE, FALSE, FALSE },
    { "[::ffff:127.0.0.1]", ELSEWHERE, FALSE, FALSE },
    { "0.0.0.0", ELSEWHERE, FALSE, FALSE },
    { "127.0.0.1", ELSEWHERE, TRUE, TRUE },
    { "127.0.0.1", "http://localhost:5000", FALSE, TRUE },
  };
  const char *const script[] = { FINE, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(HttpRecorder) recorder = http_recorder_new (NULL, 0, script);
      g_autofree char *url = g_strdup_printf ("http://%s:%u/private", cases[i].host, http_recorder_get_port (recorder));
      g_autoptr(HeraldPrinter) printer = picture_reading_make_printer (cases[i].base_url, cases[i].is_typed ? url : NULL, NULL);
      g_autoptr(HeraldPictureSource) source = herald_picture_source_new (HERALD_SOURCE_STILL, url, FALSE, upright);
      HeraldPictureRequest request = { .max_bytes = 1000 };
      g_autoptr(GError) error = NULL;
      g_autofree char *got = picture_reading_read (printer, source, &request, &error);

      if (cases[i].is_read)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_REJECTED);
      g_assert_nonnull (strstr (error->message, "only the server itself may use"));
      g_assert_cmpstr (http_recorder_get_log (recorder), ==, "");
    }
}

static void
test_answers_in_plain_words (void)
{
  static const struct
  {
    const char *script[2];
    int error;
    const char *words;
  } cases[] = {
    { { FINE }, NO_ERROR, PICTURE },
    { { ANSWER ("200 OK", "Content-Type: image/jpeg\r\n", "\n <html>") }, HERALD_ERROR_PROTOCOL, "a web page" },
    { { ANSWER ("200 OK", "Content-Type: text/html\r\n", PICTURE) }, NO_ERROR, PICTURE },
    { { ANSWER ("200 OK", "Content-Length: 0\r\n", "") }, HERALD_ERROR_PROTOCOL, "without a picture" },
    { { ANSWER ("200 OK", "", PICTURE PICTURE PICTURE) }, HERALD_ERROR_REJECTED, "too large" },
    { { ANSWER ("200 OK", "Content-Length: 30\r\n", PICTURE) }, HERALD_ERROR_UNREACHABLE, "did not answer" },
    { { ANSWER ("302 Found", "Location: http://127.0.0.1:1/\r\n", "") }, HERALD_ERROR_REJECTED, "we do not go" },
    { { ANSWER ("401 Unauthorized", "", "") }, HERALD_ERROR_UNAUTHORIZED, "user name and password" },
    { { ANSWER ("404 Not Found", "", "<html>") }, HERALD_ERROR_REJECTED, "no picture at the address" },
    { { ANSWER ("503 Busy", "", "") }, HERALD_ERROR_UNREACHABLE, "at the moment" },
    { { "nonsense" }, HERALD_ERROR_PROTOCOL, "makes no sense" },
    { { HTTP_RECORDER_HANG_UP }, HERALD_ERROR_UNREACHABLE, "did not answer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(HttpRecorder) recorder = http_recorder_new (NULL, 0, cases[i].script);
      g_autofree char *url = http_recorder_dup_url (recorder);
      g_autoptr(HeraldPrinter) printer = picture_reading_make_printer (ELSEWHERE, url, NULL);
      g_autoptr(HeraldPictureSource) source = herald_picture_source_new (HERALD_SOURCE_STILL, url, FALSE, upright);
      HeraldPictureRequest request = { .max_bytes = 2 * strlen (PICTURE) };
      g_autoptr(GError) error = NULL;
      g_autofree char *got = picture_reading_read (printer, source, &request, &error);

      if (cases[i].error == NO_ERROR)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (got, ==, cases[i].words);
          continue;
        }
      g_test_message ("%u: %s", i, error->message);
      g_assert_error (error, HERALD_ERROR, cases[i].error);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

/* Cameras that want a login mostly have it in their address; it is told to nobody who has not asked. */
static void
test_login_of_a_camera_is_in_its_address (void)
{
  const char *const script[] = { ANSWER ("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n", ""), FINE, NULL };
  g_autoptr(HttpRecorder) recorder = http_recorder_new (NULL, 0, script);
  g_autofree char *url = g_strdup_printf ("http://me:secret@127.0.0.1:%u/", http_recorder_get_port (recorder));
  g_autoptr(HeraldPrinter) printer = picture_reading_make_printer ("http://127.0.0.1:9", NULL, NULL);
  g_autoptr(HeraldPictureSource) source = herald_picture_source_new (HERALD_SOURCE_STILL, url, FALSE, upright);
  HeraldPictureRequest request = { .max_bytes = 1000 };
  g_autoptr(GError) error = NULL;
  g_autofree char *got = picture_reading_read (printer, source, &request, &error);
  const char *login = strstr (http_recorder_get_log (recorder), "Authorization: ");

  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, PICTURE);
  /* printf "me:secret" | base64 */
  g_assert_nonnull (login);
  g_assert_true (g_str_has_prefix (login, "Authorization: Basic bWU6c2VjcmV0\r\n"));
  g_assert_null (strstr (login + 1, "Authorization: "));
}

static gboolean
has_end (GByteArray *bytes,
         gpointer    user_data)
{
  return memchr (bytes->data, '|', bytes->len) != NULL;
}

/* A file that may have a picture at its beginning or its end is not fetched to know that. */
static void
test_part_of_a_file_is_enough (void)
{
  static const struct
  {
    gint64 offset;
    gsize max_bytes;
    gboolean enough;
    const char *script[2];
    const char *asked;
    const char *got;
  } cases[] = {
    { 0, 4, FALSE, { ANSWER ("206 Part", "Content-Range: bytes 0-3/9\r\n", "abcd") }, "bytes=0-3", "abcd" },
    { 0, 4, FALSE, { ANSWER ("200 OK", "", "abcdefghi") }, "bytes=0-3", "abcd" },
    { 2, 4, FALSE, { ANSWER ("206 Part", "Content-Range: bytes 2-5/9\r\n", "cdef") }, "bytes=2-5", "cdef" },
    { 2, 4, FALSE, { ANSWER ("200 OK", "", "abcdefghi") }, "bytes=2-5", "cdef" },
    { 2, 4, FALSE, { ANSWER ("206 Part", "Content-Range: bytes 0-3/9\r\n", "abcd") }, "bytes=2-5", NULL },
    { -3, 4, FALSE, { ANSWER ("206 Part", "Content-Range: bytes 6-8/9\r\n", "ghi") }, "bytes=-3", "ghi" },
    { -3, 4, FALSE, { ANSWER ("200 OK", "Content-Length: 9\r\n", "abcdefghi") }, "bytes=-3", "ghi" },
    { -3, 4, FALSE, { ANSWER ("200 OK", "", "abcdefghi") }, "bytes=-3", NULL },
    { 0, 900, TRUE, { ANSWER ("200 OK", "Content-Length: 900000\r\n", "abc|") }, "bytes=0-899", "abc|" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(HttpRecorder) recorder = http_recorder_new (NULL, 0, cases[i].script);
      g_autofree char *url = http_recorder_dup_url (recorder);
      g_autoptr(HeraldPrinter) printer = picture_reading_make_printer (url, NULL, NULL);
      g_autoptr(HeraldPictureSource) source = herald_picture_source_new (HERALD_SOURCE_GCODE, "/a.gcode", TRUE, upright);
      HeraldPictureRequest request = { cases[i].offset, cases[i].max_bytes, cases[i].enough ? has_end : NULL, NULL };
      g_autoptr(GError) error = NULL;
      g_autofree char *got = picture_reading_read (printer, source, &request, &error);

      g_assert_cmpstr (got, ==, cases[i].got);
      g_assert_nonnull (strstr (http_recorder_get_log (recorder), cases[i].asked));
      if (got == NULL)
        g_assert_error (error, HERALD_ERROR, HERALD_ERROR_REJECTED);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/octoprint-picture-reader/key", test_only_octoprint_gets_the_key);
  g_test_add_func ("/octoprint-picture-reader/ourselves", test_server_cannot_send_us_to_ourselves);
  g_test_add_func ("/octoprint-picture-reader/answers", test_answers_in_plain_words);
  g_test_add_func ("/octoprint-picture-reader/login", test_login_of_a_camera_is_in_its_address);
  g_test_add_func ("/octoprint-picture-reader/parts", test_part_of_a_file_is_enough);

  return g_test_run ();
}
