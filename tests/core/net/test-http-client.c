/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-http-client"

#include "core/net/http-client.h"

#include <string.h>

#include "core/base/error.h"
#include "fixtures/http-recorder.h"
#include "fixtures/made-certificate.h"

#define N_SILENT 40

static void
on_send_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* A workshop full of printers that do not answer is no reason to keep another one waiting. */
static void
test_silent_servers_hold_up_nobody (void)
{
  const char *const silent[] = { HTTP_RECORDER_SILENT, NULL };
  const char *const script[] = { "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", NULL };
  g_autoptr(HeraldHttpClient) http = herald_http_client_new ();
  g_autoptr(HttpRecorder) good = http_recorder_new (NULL, 0, script);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  HttpRecorder *recorders[N_SILENT];
  GAsyncResult *results[N_SILENT + 1] = { NULL };
  gint64 begin_us = g_get_monotonic_time ();
  g_autoptr(GBytes) body = NULL;

  for (guint i = 0; i <= N_SILENT; i++)
    {
      g_autofree char *url = NULL;
      g_autoptr(SoupMessage) message = NULL;

      if (i < N_SILENT)
        recorders[i] = http_recorder_new (NULL, 0, silent);
      url = http_recorder_dup_url (i < N_SILENT ? recorders[i] : good);
      message = soup_message_new (SOUP_METHOD_GET, url);
      herald_http_client_send_async (http, message, 1024, cancellable, on_send_ready, &results[i]);
    }

  while (results[N_SILENT] == NULL)
    g_main_context_iteration (NULL, TRUE);
  body = herald_http_client_send_finish (http, results[N_SILENT], NULL);
  g_assert_nonnull (body);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 2 * G_USEC_PER_SEC);

  g_cancellable_cancel (cancellable);
  for (guint i = 0; i <= N_SILENT; i++)
    {
      while (results[i] == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_object_unref (results[i]);
      if (i < N_SILENT)
        http_recorder_free (recorders[i]);
    }
}

/* Knows no TLS: says something at once, and hangs up or waits */
typedef struct
{
  const char *words;
  gboolean hangs_up;
  GIOStream *open;
} PlainServer;

static gboolean
on_incoming (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  PlainServer *self = user_data;
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_output_stream_write_all (output, self->words, strlen (self->words), NULL, NULL, NULL);
  if (self->hangs_up)
    g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  else
    g_set_object (&self->open, G_IO_STREAM (connection));

  return TRUE;
}

/* Asks for something by https. Returns (transfer full): what is said of that */
static GError *
fail_at (guint16 port)
{
  g_autoptr(HeraldHttpClient) http = herald_http_client_new ();
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/", port);
  g_autoptr(SoupMessage) message = soup_message_new (SOUP_METHOD_GET, url);
  g_autoptr(GAsyncResult) result = NULL;
  GError *error = NULL;

  herald_http_client_send_async (http, message, 1024, NULL, on_send_ready, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (herald_http_client_send_finish (http, result, &error));
  g_test_message ("%s", error->message);

  return error;
}

static GError *
fail_at_plain (PlainServer *server)
{
  g_autoptr(GSocketService) service = g_socket_service_new ();
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  GError *error;

  g_signal_connect (service, "incoming", G_CALLBACK (on_incoming), server);
  error = fail_at (port);
  g_clear_object (&server->open);

  return error;
}

static void
test_certificate_of_a_stranger_is_not_trusted (void)
{
  static const char *const script[] = { "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", NULL };
  g_autoptr(GTlsCertificate) certificate = made_certificate_new ("stranger", NULL);
  g_autoptr(HttpRecorder) server = http_recorder_new (certificate, 0, script);
  g_autoptr(GError) error = fail_at (http_recorder_get_port (server));

  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNTRUSTED);
  g_assert_nonnull (strstr (error->message, "certificate"));
}

/* It is tried again by itself; a certificate that nobody trusts waits for a person. */
static void
test_line_that_breaks_in_the_handshake_is_no_bad_certificate (void)
{
  PlainServer server = { .words = "", .hangs_up = TRUE };
  g_autoptr(GError) error = fail_at_plain (&server);

  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "broke off"));
}

static void
test_server_without_tls_is_no_bad_certificate (void)
{
  PlainServer server = { .words = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n" };
  g_autoptr(GError) error = fail_at_plain (&server);

  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNTRUSTED);
  g_assert_null (strstr (error->message, "certificate"));
  g_assert_nonnull (strstr (error->message, "encrypted"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/http-client/silent-servers", test_silent_servers_hold_up_nobody);
  g_test_add_func ("/http-client/stranger", test_certificate_of_a_stranger_is_not_trusted);
  g_test_add_func ("/http-client/handshake", test_line_that_breaks_in_the_handshake_is_no_bad_certificate);
  g_test_add_func ("/http-client/no-tls", test_server_without_tls_is_no_bad_certificate);

  return g_test_run ();
}
