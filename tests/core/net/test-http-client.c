/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-http-client"

#include "core/net/http-client.h"

#include <string.h>

#include "fixtures/http-recorder.h"

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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/http-client/silent-servers", test_silent_servers_hold_up_nobody);

  return g_test_run ();
}
