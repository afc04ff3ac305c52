/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-octoprint-server"

#include "core/printers/octoprint/octoprint-server.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/base/error.h"
#include "core/printers/octoprint/octoprint-settings.h"
#include "fixtures/http-recorder.h"
#include "fixtures/made-certificate.h"
#include "fixtures/scripted-smtp.h"

#define ANSWER(status, more) "HTTP/1.1 " status "\r\nConnection: close\r\n" more "\r\n"
#define FINE ANSWER ("200 OK", "")
#define LOGIN ANSWER ("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n")
#define NO_ERROR -1

/* printf "maker:s3cret" | base64 */
#define BASIC "Authorization: Basic bWFrZXI6czNjcmV0\r\n"

static void
on_ready (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Returns (nullable): why it did not work */
static GError *
send_request (HeraldOctoprintServer *server)
{
  g_autoptr(SoupMessage) message = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GBytes) body = NULL;
  GError *error = NULL;

  message = herald_octoprint_server_make_message (server, HERALD_OCTOPRINT_WITH_KEY, SOUP_METHOD_POST, "/api/x");
  herald_octoprint_server_set_json_body (message, "{\"a\":1}");
  herald_octoprint_server_send_async (server, message, 1024, NULL, on_ready, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  body = herald_octoprint_server_send_finish (server, result, &error);

  return error;
}

static HeraldOctoprintServer *
make_server (HttpRecorder *recorder)
{
  g_autoptr(HeraldHttpClient) http = herald_http_client_new ();
  g_autofree char *url = http_recorder_dup_url (recorder);
  HeraldOctoprintServer *server = herald_octoprint_server_new (http, url);

  herald_octoprint_server_set_key (server, "KEYKEYKEY");

  return server;
}

/* What an answer means, and what of it a person is told */
static void
test_answers_in_plain_words (void)
{
  static const struct
  {
    const char *script[2];
    gboolean has_login;
    int error;
    const char *words;
  } cases[] = {
    { { FINE }, TRUE, NO_ERROR, NULL },
    { { ANSWER ("403 Forbidden", "") }, FALSE, NO_ERROR, NULL },
    { { LOGIN }, FALSE, HERALD_ERROR_UNAUTHORIZED, "wants a user name and password" },
    { { LOGIN }, TRUE, HERALD_ERROR_UNAUTHORIZED, "does not accept the user name and password" },
    { { ANSWER ("301 Moved Permanently", "Location: https://other.example/\r\n") }, FALSE,
      HERALD_ERROR_SETTINGS, "https://other.example/" },
    { { ANSWER ("302 Found", "") }, FALSE, HERALD_ERROR_SETTINGS, "another address" },
    { { "Not found" }, FALSE, HERALD_ERROR_BUSY, "starting" },
    { { HTTP_RECORDER_HANG_UP }, FALSE, HERALD_ERROR_UNREACHABLE, "broke off" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(HttpRecorder) recorder = http_recorder_new (NULL, 0, cases[i].script);
      g_autoptr(HeraldOctoprintServer) server = make_server (recorder);
      g_autoptr(GError) error = NULL;
      const char *log = http_recorder_get_log (recorder);

      herald_octoprint_server_set_login (server, cases[i].has_login ? "maker" : NULL, "s3cret");
      error = send_request (server);
      if (cases[i].error == NO_ERROR)
        g_assert_no_error (error);
      else
        g_assert_error (error, HERALD_ERROR, cases[i].error);
      if (cases[i].words != NULL)
        g_assert_nonnull (strstr (error->message, cases[i].words));

      log = http_recorder_get_log (recorder);
      g_assert_true (g_str_has_prefix (log, "POST /api/x HTTP/1.1\r\n"));
      g_assert_nonnull (strstr (log, "X-Api-Key: KEYKEYKEY\r\n"));
      g_assert_true ((strstr (log, BASIC) != NULL) == cases[i].has_login);
      g_assert_nonnull (strstr (log, "{\"a\":1}"));
    }
}

static void
test_without_a_key_nothing_is_sent (void)
{
  const char *const script[] = { FINE, NULL };
  g_autoptr(HttpRecorder) recorder = http_recorder_new (NULL, 0, script);
  g_autoptr(HeraldOctoprintServer) server = make_server (recorder);
  g_autoptr(GError) error = NULL;

  herald_octoprint_server_set_key (server, NULL);
  error = send_request (server);
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (http_recorder_get_n_connections (recorder), ==, 0);
}

static void
test_certificates_are_told_apart (void)
{
  const char *const script[] = { FINE, NULL };
  g_autoptr(GTlsCertificate) certificate = made_certificate_new ("octopi", NULL);
  g_autoptr(HeraldCertificate) read = herald_certificate_read (certificate, NULL);
  g_autoptr(HttpRecorder) recorder = http_recorder_new (certificate, 0, script);
  g_autoptr(HeraldOctoprintServer) server = make_server (recorder);
  g_autofree char *old = g_strdup (read->fingerprint);
  GError *error;

  error = send_request (server);
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNTRUSTED);
  g_assert_nonnull (strstr (error->message, read->fingerprint));
  g_assert_nonnull (strstr (error->message, "CN=octopi"));
  g_assert_cmpstr (herald_octoprint_server_get_certificate (server)->fingerprint, ==, read->fingerprint);
  g_clear_error (&error);

  old[strlen (old) - 1] ^= 1;
  herald_octoprint_server_set_pin (server, old);
  error = send_request (server);
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNTRUSTED);
  g_assert_nonnull (strstr (error->message, "another key than the one you trusted"));
  g_assert_nonnull (strstr (error->message, read->fingerprint));
  g_assert_nonnull (strstr (error->message, old));
  g_clear_error (&error);
  g_assert_cmpstr (http_recorder_get_log (recorder), ==, "");

  herald_octoprint_server_set_pin (server, read->fingerprint);
  g_assert_no_error (send_request (server));
}

/* Speaks in clear words as soon as it is dialled. */
static void
test_unencrypted_server_behind_https (void)
{
  const char *const script[] = { ANSWER ("400 Bad Request", ""), NULL };
  g_autoptr(ScriptedSmtp) recorder = scripted_smtp_new (script);
  g_autoptr(HeraldHttpClient) http = herald_http_client_new ();
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", scripted_smtp_get_port (recorder));
  g_autoptr(HeraldOctoprintServer) server = herald_octoprint_server_new (http, url);
  g_autoptr(GError) error = NULL;

  herald_octoprint_server_set_key (server, "KEYKEYKEY");
  error = send_request (server);
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, "encrypted"));
  g_assert_null (strstr (scripted_smtp_get_log (recorder), "KEYKEYKEY"));
}

/* Key and password come from where systemd puts them; what is missing is told when it is needed. */
static void
test_secrets_are_loaded (void)
{
  const char *const script[] = { LOGIN, FINE, NULL };
  g_autoptr(HttpRecorder) recorder = http_recorder_new (NULL, 0, script);
  g_autofree char *url = http_recorder_dup_url (recorder);
  g_autofree char *folder = g_dir_make_tmp ("octoherald-XXXXXX", NULL);
  g_autofree char *key_path = g_build_filename (folder, "mk3.key", NULL);
  g_autofree char *password_path = g_build_filename (folder, "mk3.password", NULL);
  g_autoptr(HeraldHttpClient) http = herald_http_client_new ();
  g_autoptr(HeraldSecretStore) secrets = herald_secret_store_new ();
  g_autoptr(HeraldValues) settings = herald_values_new ();
  const char *expected[] = { "wants the password of “maker”", NULL };

  g_setenv ("CREDENTIALS_DIRECTORY", folder, TRUE);
  g_assert_true (g_file_set_contents (key_path, "KEYKEYKEY", -1, NULL));
  herald_values_set (settings, "url", url);
  herald_values_set (settings, "user", "maker");

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(HeraldOctoprintServer) server = NULL;
      g_autoptr(GError) error = NULL;

      herald_octoprint_server_load_async (http, secrets, "mk3", settings, NULL, on_ready, &result);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      server = herald_octoprint_server_load_finish (result, &error);
      g_assert_no_error (error);
      error = send_request (server);
      g_assert_true ((error == NULL) == (expected[i] == NULL));
      if (error != NULL)
        g_assert_nonnull (strstr (error->message, expected[i]));
      g_assert_true (g_file_set_contents (password_path, "s3cret\n", -1, NULL));
    }

  g_assert_nonnull (strstr (http_recorder_get_log (recorder), BASIC));
  g_unlink (key_path);
  g_unlink (password_path);
  g_rmdir (folder);
}

static void
test_settings_are_checked (void)
{
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autofree char *digits = g_strnfill (64, 'a');
  const char *bad[][2] = { { "user", "a:b" }, { "user", "a\nb" }, { "certificate", "yes" } };
  g_autoptr(GError) error = NULL;

  herald_values_set (settings, "name", "MK3");
  herald_values_set (settings, "url", "octopi");
  herald_values_set (settings, "user", "maker");
  herald_values_set (settings, "certificate", digits);
  g_assert_true (herald_octoprint_settings_check (settings, &error));
  g_assert_true (g_str_has_prefix (herald_values_get (settings, "certificate"), "SHA256:AAAA"));

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(HeraldValues) wrong = herald_values_copy (settings);

      herald_values_set (wrong, bad[i][0], bad[i][1]);
      g_assert_false (herald_octoprint_settings_check (wrong, &error));
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
      g_clear_error (&error);
    }
  herald_values_set (settings, "user", "");
  herald_values_set (settings, "certificate", "");
  g_assert_true (herald_octoprint_settings_check (settings, &error));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/octoprint-server/answers", test_answers_in_plain_words);
  g_test_add_func ("/octoprint-server/no-key", test_without_a_key_nothing_is_sent);
  g_test_add_func ("/octoprint-server/certificates", test_certificates_are_told_apart);
  g_test_add_func ("/octoprint-server/not-encrypted", test_unencrypted_server_behind_https);
  g_test_add_func ("/octoprint-server/secrets", test_secrets_are_loaded);
  g_test_add_func ("/octoprint-server/settings", test_settings_are_checked);

  return g_test_run ();
}
