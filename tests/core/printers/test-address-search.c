/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-address-search"

#include "core/printers/octoprint/address-search.h"

#include <string.h>
#include <unistd.h>

#include "core/base/error.h"
#include "fixtures/http-recorder.h"
#include "fixtures/made-certificate.h"

#define ANSWER(status, more, body) "HTTP/1.1 " status "\r\nConnection: close\r\n" more "\r\n" body
#define ANYBODY ANSWER ("200 OK", "", "{\"groups\":[\"guests\"],\"name\":null,\"permissions\":[]}")
#define STARTING "Not found"

/* An address of this computer nobody else listens on; a place is found at its port 5000. */
static char *
make_lonely_host (void)
{
  return g_strdup_printf ("127.83.%d.%d", g_random_int_range (1, 255), g_random_int_range (1, 255));
}

static void
test_candidates (void)
{
  static const struct
  {
    const char *typed;
    const char *expected;
  } cases[] = {
    { "octopi", "http://octopi http://octopi:5000 http://octopi.local http://octopi.local:5000 "
                "https://octopi https://octopi.local" },
    { "octopi.local", "http://octopi.local http://octopi.local:5000 https://octopi.local" },
    { "192.168.1.5", "http://192.168.1.5 http://192.168.1.5:5000 https://192.168.1.5" },
    { "[fd00::5]", "http://[fd00::5] http://[fd00::5]:5000 https://[fd00::5]" },
    { "192.168.1.5:5000", "http://192.168.1.5:5000 https://192.168.1.5:5000" },
    { "octopi:8080", "http://octopi:8080 http://octopi.local:8080 https://octopi:8080 https://octopi.local:8080" },
    { "https://host.lan/octoprint/", "https://host.lan/octoprint" },
    { "http://octopi", "http://octopi http://octopi:5000 http://octopi.local http://octopi.local:5000" },
    { "http://10.0.0.2:81/", "http://10.0.0.2:81" },
    { "pi.lan/octoprint/", "http://pi.lan/octoprint http://pi.lan:5000/octoprint https://pi.lan/octoprint" },
    { " localhost ", "http://localhost http://localhost:5000 https://localhost" },
  };
  const char *bad[] = { "", "ftp://octopi", "http://", "http://me:secret@octopi", "a b" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_auto(GStrv) candidates = herald_address_search_dup_candidates (cases[i].typed, &error);
      g_autofree char *joined = NULL;

      g_assert_no_error (error);
      joined = g_strjoinv (" ", candidates);
      g_assert_cmpstr (joined, ==, cases[i].expected);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (herald_address_search_dup_candidates (bad[i], &error));
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
    }
}

static void
on_search_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static char *
search (const char    *typed,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr(HeraldHttpClient) http = herald_http_client_new ();
  g_autoptr(GAsyncResult) result = NULL;

  herald_address_search_async (http, typed, cancellable, on_search_ready, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  /* Those that lost end, too. */
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return herald_address_search_finish (result, error);
}

/* Nobody is at the first place, port 80. What is at port 5000 is taken if it looks like OctoPrint. */
static void
test_answers_are_judged (void)
{
  static const struct
  {
    const char *script[2];
    gboolean is_taken;
  } cases[] = {
    { { ANYBODY }, TRUE },
    { { ANSWER ("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n", "") }, TRUE },
    { { ANSWER ("503 Service Unavailable", "", "") }, TRUE },
    { { STARTING }, TRUE },
    { { ANSWER ("200 OK", "", "<html>A router</html>") }, FALSE },
    { { ANSWER ("200 OK", "", "{\"groups\":7}") }, FALSE },
    { { ANSWER ("404 Not Found", "", "") }, FALSE },
    { { ANSWER ("302 Found", "Location: http://evil.example/\r\n", "") }, FALSE },
    { { HTTP_RECORDER_HANG_UP }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *host = make_lonely_host ();
      g_autoptr(HttpRecorder) server = http_recorder_new_at (NULL, host, 5000, cases[i].script);
      g_autofree char *typed = g_strconcat (host, "/p/", NULL);
      g_autofree char *expected = g_strdup_printf ("http://%s%s/p", host, cases[i].is_taken ? ":5000" : "");
      g_autoptr(GError) error = NULL;
      g_autofree char *found = search (typed, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (found, ==, expected);
      g_assert_nonnull (strstr (http_recorder_get_log (server), "GET /p/api/currentuser HTTP"));
      g_assert_null (strstr (http_recorder_get_log (server), "X-Api-Key"));
    }
}

/* A certificate nobody vouches for is no reason to look elsewhere. */
static void
test_encrypted_server_is_found_at_its_port (void)
{
  const char *const script[] = { ANYBODY, NULL };
  g_autoptr(GTlsCertificate) certificate = made_certificate_new ("octopi", NULL);
  g_autoptr(HttpRecorder) server = http_recorder_new (certificate, 0, script);
  g_autofree char *typed = g_strdup_printf ("127.0.0.1:%u", http_recorder_get_port (server));
  g_autofree char *expected = g_strconcat ("https://", typed, NULL);
  g_autofree char *found = NULL;

  found = search (typed, NULL, NULL);
  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpstr (http_recorder_get_log (server), ==, "");

  made_certificate_trust (certificate);
  g_free (found);
  found = search (typed, NULL, NULL);
  g_assert_cmpstr (found, ==, expected);
  g_assert_nonnull (strstr (http_recorder_get_log (server), "GET /api/currentuser"));
  made_certificate_trust (NULL);
}

static void
test_nobody_answers (void)
{
  g_autofree char *host = make_lonely_host ();
  g_autofree char *expected = g_strconcat ("http://", host, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *found = search (host, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, expected);
}

/* The likelier place hangs: the one that answers is taken soon. */
static void
test_silent_place_is_not_waited_for (void)
{
  const char *const silent[] = { HTTP_RECORDER_SILENT, NULL };
  const char *const script[] = { ANYBODY, NULL };
  g_autofree char *host = make_lonely_host ();
  g_autofree char *expected = g_strdup_printf ("http://%s:5000", host);
  g_autoptr(HttpRecorder) first = NULL;
  g_autoptr(HttpRecorder) second = NULL;
  g_autofree char *found = NULL;
  gint64 begin_us;

  if (geteuid () != 0)
    {
      g_test_skip ("only root may listen at port 80");
      return;
    }

  first = http_recorder_new_at (NULL, host, 80, silent);
  second = http_recorder_new_at (NULL, host, 5000, script);
  begin_us = g_get_monotonic_time ();
  found = search (host, NULL, NULL);
  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 3 * G_USEC_PER_SEC);

  /* Both answer: the likelier one is taken. */
  http_recorder_free (g_steal_pointer (&first));
  first = http_recorder_new_at (NULL, host, 80, script);
  g_free (found);
  found = search (host, NULL, NULL);
  g_assert_true (g_str_has_prefix (expected, found));
  g_assert_cmpuint (strlen (found), ==, strlen ("http://") + strlen (host));
}

static void
test_silence_has_a_limit (void)
{
  const char *const silent[] = { HTTP_RECORDER_SILENT, NULL };
  g_autoptr(HttpRecorder) server = http_recorder_new (NULL, 0, silent);
  g_autofree char *typed = http_recorder_dup_url (server);
  gint64 begin_us = g_get_monotonic_time ();
  g_autofree char *found = search (typed, NULL, NULL);

  g_assert_cmpstr (found, ==, typed);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 7 * G_USEC_PER_SEC);
}

static gboolean
on_cancel_timeout (gpointer user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));

  return G_SOURCE_REMOVE;
}

static void
test_search_can_be_cancelled (void)
{
  const char *const silent[] = { HTTP_RECORDER_SILENT, NULL };
  g_autoptr(HttpRecorder) server = http_recorder_new (NULL, 0, silent);
  g_autofree char *typed = http_recorder_dup_url (server);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_timeout_add (200, on_cancel_timeout, cancellable);
  g_assert_null (search (typed, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/address-search/candidates", test_candidates);
  g_test_add_func ("/address-search/answers", test_answers_are_judged);
  g_test_add_func ("/address-search/encrypted", test_encrypted_server_is_found_at_its_port);
  g_test_add_func ("/address-search/nobody", test_nobody_answers);
  g_test_add_func ("/address-search/silent-place", test_silent_place_is_not_waited_for);
  g_test_add_func ("/address-search/silence", test_silence_has_a_limit);
  g_test_add_func ("/address-search/cancelled", test_search_can_be_cancelled);

  return g_test_run ();
}
