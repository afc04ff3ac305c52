/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-committing-body"

#include "core/net/committing-body.h"

#include <string.h>

#include "core/base/error.h"
#include "core/net/http-client.h"
#include "fixtures/http-recorder.h"

#define CONTENT "the body that cannot be taken back"

typedef struct
{
  gboolean allows;
  guint n_asked;
} Journal;

static gboolean
on_commit (gpointer   user_data,
           GError   **error)
{
  Journal *journal = user_data;

  journal->n_asked++;
  if (!journal->allows)
    g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, "The disk is full");

  return journal->allows;
}

static void
on_send_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GBytes *
post (const char            *url,
      HeraldCommittingBody  *body,
      GError               **error)
{
  g_autoptr(HeraldHttpClient) http = herald_http_client_new ();
  g_autoptr(SoupMessage) message = soup_message_new (SOUP_METHOD_POST, url);
  g_autoptr(GAsyncResult) result = NULL;

  soup_message_set_request_body (message, "text/plain", G_INPUT_STREAM (body), strlen (CONTENT));
  herald_http_client_send_async (http, message, 1024, NULL, on_send_ready, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return herald_http_client_send_finish (http, result, error);
}

static HeraldCommittingBody *
make_body (Journal *journal)
{
  g_autoptr(GBytes) content = g_bytes_new_static (CONTENT, strlen (CONTENT));

  return herald_committing_body_new (content, on_commit, journal);
}

static void
test_asks_once_and_goes_out_whole (void)
{
  const char *const script[] = { "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n", NULL };
  g_autoptr(HttpRecorder) server = http_recorder_new (NULL, 0, script);
  g_autofree char *url = http_recorder_dup_url (server);
  Journal journal = { .allows = TRUE };
  g_autoptr(HeraldCommittingBody) body = make_body (&journal);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) answer = post (url, body, &error);

  g_assert_no_error (error);
  g_assert_nonnull (answer);
  g_assert_nonnull (strstr (http_recorder_get_log (server), CONTENT));
  g_assert_cmpuint (journal.n_asked, ==, 1);
  g_assert_true (herald_committing_body_has_begun (body));
  g_assert_null (herald_committing_body_get_error (body));
}

static void
test_nothing_goes_out_without_leave (void)
{
  const char *const script[] = { HTTP_RECORDER_SILENT, NULL };
  g_autoptr(HttpRecorder) server = http_recorder_new (NULL, 0, script);
  g_autofree char *url = http_recorder_dup_url (server);
  Journal journal = { .allows = FALSE };
  g_autoptr(HeraldCommittingBody) body = make_body (&journal);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) answer = post (url, body, &error);

  g_assert_null (answer);
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_assert_cmpuint (journal.n_asked, ==, 1);
  g_assert_false (herald_committing_body_has_begun (body));
  g_assert_error (herald_committing_body_get_error (body), HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_assert_null (strstr (http_recorder_get_log (server), CONTENT));
}

/* Whoever cannot be reached is nobody who could have taken it. */
static void
test_is_not_asked_without_a_server (void)
{
  Journal journal = { .allows = TRUE };
  g_autoptr(HeraldCommittingBody) body = make_body (&journal);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) answer = post ("http://127.0.0.1:1/", body, &error);

  g_assert_null (answer);
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE);
  g_assert_cmpuint (journal.n_asked, ==, 0);
  g_assert_false (herald_committing_body_has_begun (body));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/committing-body/asks-once", test_asks_once_and_goes_out_whole);
  g_test_add_func ("/committing-body/without-leave", test_nothing_goes_out_without_leave);
  g_test_add_func ("/committing-body/without-a-server", test_is_not_asked_without_a_server);

  return g_test_run ();
}
