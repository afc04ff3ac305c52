/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-certificate"

#include "core/net/certificate.h"

#include <string.h>

#include "core/base/error.h"
#include "core/net/http-client.h"
#include "fixtures/http-recorder.h"
#include "fixtures/made-certificate.h"

#define SECRET "SECRETKEYSECRETKEY"

/* Made by openssl, and the digest of its public key by
 * openssl x509 -pubkey -noout | openssl pkey -pubin -outform der | sha256sum */
#define KNOWN_PEM \
  "-----BEGIN CERTIFICATE-----\n" \
  "MIIBqTCCAU+gAwIBAgIUMk5nbm5RH0fiePyOLWv9AveBW7wwCgYIKoZIzj0EAwIw\n" \
  "KjERMA8GA1UECgwIV29ya3Nob3AxFTATBgNVBAMMDG9jdG9waS5sb2NhbDAeFw0y\n" \
  "NjExMjEwNzE1MzZaFw0yNjExMjIwNzE1MzZaMCoxETAPBgNVBAoMCFdvcmtzaG9w\n" \
  "MRUwEwYDVQQDDAxvY3RvcGkubG9jYWwwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC\n" \
  "AASb4RiWuW5EQYfbimUIG5QiFXpZ4jwiEDdWI/6UikTTaL8j57SNEbfTDp8XB5be\n" \
  "i5LhBwNxQAywbfQppHjOhoo+o1MwUTAdBgNVHQ4EFgQURVMXjsJK6PgG+QQ/Ugrb\n" \
  "h5XiGUswHwYDVR0jBBgwFoAURVMXjsJK6PgG+QQ/Ugrbh5XiGUswDwYDVR0TAQH/\n" \
  "BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAqPcmMKaXV86qwQTN/m7vHYRYNHER\n" \
  "w09YNe2vN3rFP6QCIB7hkle/NV15yVutJvWCpPDB4ttmMeKKDFH1ir0+w5g3\n" \
  "-----END CERTIFICATE-----\n"
#define KNOWN_DIGITS "E5D7CF77F5B31D62923AFBAFE6E2D989B407E737111091911582DE83F5C2275F"

static const char *const script[] = { "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", NULL };

/* A server of its own key, one that shows it, and a client */
typedef struct
{
  GTlsCertificate *authority;
  GTlsCertificate *certificate;
  char *fingerprint;
  char *other;
  HttpRecorder *server;
  HeraldHttpClient *http;
  HeraldCertificate *refused;
} Fixture;

static char *
dup_fingerprint (GTlsCertificate *certificate)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldCertificate) read = herald_certificate_read (certificate, &error);

  g_assert_no_error (error);

  return g_strdup (read->fingerprint);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->authority = made_certificate_new ("Workshop authority", NULL);
  fixture->certificate = made_certificate_new ("octopi", fixture->authority);
  fixture->fingerprint = dup_fingerprint (fixture->certificate);
  fixture->other = dup_fingerprint (fixture->authority);
  fixture->server = http_recorder_new (fixture->certificate, 0, script);
  fixture->http = herald_http_client_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_assert_finalize_object (fixture->http);
  http_recorder_free (fixture->server);
  g_clear_pointer (&fixture->refused, herald_certificate_unref);
  g_object_unref (fixture->certificate);
  g_object_unref (fixture->authority);
  g_free (fixture->fingerprint);
  g_free (fixture->other);
}

static void
on_send_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Returns (nullable): why the request did not get through */
static GError *
send_with_pin (Fixture    *fixture,
               const char *pin)
{
  g_autofree char *url = http_recorder_dup_url (fixture->server);
  g_autoptr(SoupMessage) message = soup_message_new (SOUP_METHOD_GET, url);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GBytes) body = NULL;
  GError *error = NULL;

  soup_message_headers_append (soup_message_get_request_headers (message), "X-Api-Key", SECRET);
  herald_certificate_guard (message, pin);
  herald_http_client_send_async (fixture->http, message, 1024, NULL, on_send_ready, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  body = herald_http_client_send_finish (fixture->http, result, &error);

  g_clear_pointer (&fixture->refused, herald_certificate_unref);
  fixture->refused = herald_certificate_dup_refused (message);
  g_assert_true ((body != NULL) == (error == NULL));

  return error;
}

static void
assert_accepted (Fixture    *fixture,
                 const char *pin)
{
  gsize n_bytes = strlen (http_recorder_get_log (fixture->server));
  g_autoptr(GError) error = send_with_pin (fixture, pin);

  g_assert_no_error (error);
  g_assert_null (fixture->refused);
  g_assert_nonnull (strstr (http_recorder_get_log (fixture->server) + n_bytes, SECRET));
}

/* Not a byte of the request gets there, and we know what the server has shown. */
static void
assert_refused (Fixture    *fixture,
                const char *pin)
{
  gsize n_bytes = strlen (http_recorder_get_log (fixture->server));
  g_autoptr(GError) error = send_with_pin (fixture, pin);

  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNTRUSTED);
  for (guint i = 0; i < 20; i++)
    {
      g_usleep (5000);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpuint (strlen (http_recorder_get_log (fixture->server)), ==, n_bytes);
  g_assert_nonnull (fixture->refused);
  g_assert_cmpstr (fixture->refused->fingerprint, ==, fixture->fingerprint);
  g_assert_cmpstr (fixture->refused->subject, ==, "CN=octopi");
}

static void
test_certificate_reads_as_openssl_reads_it (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GTlsCertificate) certificate = g_tls_certificate_new_from_pem (KNOWN_PEM, -1, &error);
  g_autoptr(HeraldCertificate) read = herald_certificate_read (certificate, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (read->fingerprint, ==, "SHA256:" KNOWN_DIGITS);
  g_assert_nonnull (strstr (read->subject, "CN=octopi.local"));
  g_assert_nonnull (strstr (read->issuer, "O=Workshop"));
}

static void
test_hostile_name_is_cleaned (void)
{
  g_autoptr(GTlsCertificate) certificate = made_certificate_new ("a\nb\x1b[31m\xe2\x80\xae" "c", NULL);
  g_autoptr(HeraldCertificate) read = herald_certificate_read (certificate, NULL);

  g_assert_null (strpbrk (read->subject, "\n\x1b"));
  g_assert_null (strstr (read->subject, "\xe2\x80\xae"));
}

static void
test_pasted_fingerprints_are_understood (void)
{
  const char *good[] = { "SHA256:" KNOWN_DIGITS, KNOWN_DIGITS, "sha256:" KNOWN_DIGITS, " SHA256: " KNOWN_DIGITS "\n",
                         "e5d7cf77f5b31d62923afbafe6e2d989b407e737111091911582de83f5c2275f",
                         "E5:D7:CF:77:F5:B3:1D:62:92:3A:FB:AF:E6:E2:D9:89:B4:07:E7:37:11:10:91:91:15:82:DE:83:F5:C2:27:5F",
                         "e5d7cf77 f5b31d62 923afbaf e6e2d989 b407e737 11109191 1582de83 f5c2275f" };
  const char *bad[] = { "", "SHA256:", "yes", "SHA1:" KNOWN_DIGITS, KNOWN_DIGITS "0", "SHA256:" KNOWN_DIGITS "x",
                        "E5D7CF77F5B31D62923AFBAFE6E2D989B407E737111091911582DE83F5C2275", "SHA256:G" KNOWN_DIGITS };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *normal = herald_certificate_check_fingerprint (good[i], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (normal, ==, "SHA256:" KNOWN_DIGITS);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (herald_certificate_check_fingerprint (bad[i], &error));
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
    }
}

static void
test_unknown_certificate_is_refused_until_it_is_pinned (Fixture       *fixture,
                                                        gconstpointer  user_data)
{
  assert_refused (fixture, NULL);
  g_assert_cmpstr (fixture->refused->issuer, ==, "CN=Workshop authority");
  assert_accepted (fixture, fixture->fingerprint);
}

static void
test_pin_counts_more_than_authorities (Fixture       *fixture,
                                       gconstpointer  user_data)
{
  made_certificate_trust (fixture->authority);
  assert_accepted (fixture, NULL);
  assert_refused (fixture, fixture->other);
  assert_accepted (fixture, fixture->fingerprint);
  made_certificate_trust (NULL);
}

/* Connections are kept open here: nobody may slip through one that was made for somebody else. */
static void
test_reused_connections_are_guarded (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  for (guint i = 0; i < 3; i++)
    {
      assert_accepted (fixture, fixture->fingerprint);
      assert_refused (fixture, fixture->other);
      assert_refused (fixture, NULL);
      assert_accepted (fixture, fixture->fingerprint);
    }
  /* One for all that were accepted, one for each that was refused. */
  g_assert_cmpuint (http_recorder_get_n_connections (fixture->server), ==, 1 + 6);
}

static void
test_changed_key_is_noticed (Fixture       *fixture,
                             gconstpointer  user_data)
{
  g_autofree char *old = g_steal_pointer (&fixture->fingerprint);
  guint16 port = http_recorder_get_port (fixture->server);

  assert_accepted (fixture, old);
  http_recorder_free (fixture->server);
  g_clear_object (&fixture->certificate);
  fixture->certificate = made_certificate_new ("octopi", fixture->authority);
  fixture->fingerprint = dup_fingerprint (fixture->certificate);
  fixture->server = http_recorder_new (fixture->certificate, port, script);

  assert_refused (fixture, old);
  assert_accepted (fixture, fixture->fingerprint);
}

static void
on_websocket_ready (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (soup_session_websocket_connect_finish (SOUP_SESSION (object), result, &error));
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  *(gboolean *) user_data = TRUE;
}

static void
test_websocket_is_guarded (Fixture       *fixture,
                           gconstpointer  user_data)
{
  g_autofree char *url = http_recorder_dup_url (fixture->server);
  g_autoptr(SoupMessage) message = soup_message_new (SOUP_METHOD_GET, url);
  gboolean done = FALSE;

  made_certificate_trust (fixture->authority);
  herald_certificate_guard (message, fixture->other);
  soup_session_websocket_connect_async (herald_http_client_get_session (fixture->http, message), message, NULL, NULL,
                                        G_PRIORITY_DEFAULT, NULL, on_websocket_ready, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (http_recorder_get_log (fixture->server), ==, "");
  made_certificate_trust (NULL);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/certificate/read", test_certificate_reads_as_openssl_reads_it);
  g_test_add_func ("/certificate/hostile-name", test_hostile_name_is_cleaned);
  g_test_add_func ("/certificate/pasted", test_pasted_fingerprints_are_understood);
  ADD ("/certificate/unknown", test_unknown_certificate_is_refused_until_it_is_pinned);
  ADD ("/certificate/authorities", test_pin_counts_more_than_authorities);
  ADD ("/certificate/reused", test_reused_connections_are_guarded);
  ADD ("/certificate/changed", test_changed_key_is_noticed);
  ADD ("/certificate/websocket", test_websocket_is_guarded);

  return g_test_run ();
}
