/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-application-key"

#include "core/printers/octoprint/application-key.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "fixtures/http-recorder.h"

#define TOKEN "abcdefghijabcdefghij-_ABCDEFGHIJ0123456789a"
#define KEY "granted-0123456789_0123456789-0123456789abc"

#define JSON(status, body) \
  "HTTP/1.1 " status "\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" body
#define PROBE "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
#define NEW JSON ("201 Created", "{\"app_token\":\"" TOKEN "\",\"auth_dialog\":\"http://evil.example/x\"}")
#define NEW_OLD JSON ("201 Created", "{\"app_token\":\"" TOKEN "\"}")
#define WAIT JSON ("202 Accepted", "{\"message\":\"Awaiting decision\"}")
#define GRANTED JSON ("200 OK", "{\"api_key\":\"" KEY "\"}")
#define GONE JSON ("404 Not Found", "")
#define UNAVAILABLE JSON ("503 Service Unavailable", "")
#define BREAK HTTP_RECORDER_HANG_UP
#define OK -1

/* What OctoPrint answers one after the other, and what must come of it */
typedef struct
{
  const char *name;
  const char *script[8];
  int error;
  const char *page;
  const char *said;
} Row;

static const Row rows[] = {
  { "granted", { PROBE, NEW, WAIT, WAIT, GRANTED, GONE }, OK, "/octoprint/plugin/appkeys/auth/" TOKEN, "\"app\"" },
  { "granted by an old one", { PROBE, NEW_OLD, WAIT, GRANTED, GONE }, OK, "/octoprint/", NULL },
  { "denied", { PROBE, NEW, WAIT, GONE }, HERALD_ERROR_REJECTED, "/octoprint/plugin/appkeys/auth/" TOKEN, NULL },
  { "expired", { PROBE, NEW, GONE }, HERALD_ERROR_REJECTED, NULL, NULL },
  { "asked too often", { PROBE, JSON ("429 Too Many Requests", "{\"error\":\"You have\"}") },
    HERALD_ERROR_BUSY, NULL, NULL },
  { "switched off", { GONE }, HERALD_ERROR_SETTINGS, NULL, NULL },
  { "not set up", { JSON ("403 Forbidden", "") }, HERALD_ERROR_SETTINGS, NULL, NULL },
  { "not OctoPrint", { JSON ("200 OK", "<html>") }, HERALD_ERROR_PROTOCOL, NULL, NULL },
  { "no token", { PROBE, JSON ("201 Created", "{}") }, HERALD_ERROR_PROTOCOL, NULL, NULL },
  { "token with a path", { PROBE, JSON ("201 Created", "{\"app_token\":\"../../api/x\"}") },
    HERALD_ERROR_PROTOCOL, NULL, NULL },
  { "key with a header", { PROBE, NEW, WAIT, JSON ("200 OK", "{\"api_key\":\"a\\r\\nX: y\"}") },
    HERALD_ERROR_PROTOCOL, "/octoprint/plugin/appkeys/auth/" TOKEN, NULL },
  { "a short break", { PROBE, NEW, WAIT, BREAK, UNAVAILABLE, GRANTED, GONE }, OK,
    "/octoprint/plugin/appkeys/auth/" TOKEN, NULL },
  { "a long break", { PROBE, NEW, WAIT, BREAK }, HERALD_ERROR_UNREACHABLE,
    "/octoprint/plugin/appkeys/auth/" TOKEN, NULL },
  { "a proxy", { JSON ("401 Unauthorized", "") }, HERALD_ERROR_UNAUTHORIZED, NULL, NULL },
};

typedef struct
{
  GAsyncResult *result;
  char *page;
  guint n_pages;
  GCancellable *cancellable;
} Watch;

static void
on_page (const char *page,
         gpointer    user_data)
{
  Watch *watch = user_data;

  watch->n_pages++;
  g_free (watch->page);
  watch->page = g_strdup (page);
  if (watch->cancellable != NULL)
    g_cancellable_cancel (watch->cancellable);
}

static void
on_request_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  ((Watch *) user_data)->result = g_object_ref (result);
}

/* Returns (nullable): the key */
static char *
ask (HttpRecorder  *recorder,
     Watch         *watch,
     GError       **error)
{
  g_autofree char *url = http_recorder_dup_url (recorder);
  g_autofree char *base_url = g_strconcat (url, "/octoprint", NULL);
  g_autoptr(HeraldHttpClient) http = herald_http_client_new ();
  g_autoptr(HeraldOctoprintServer) server = herald_octoprint_server_new (http, base_url);
  g_autofree char *page = NULL;
  char *key;

  herald_octoprint_server_set_key (server, "OLDKEYOLDKEY");
  herald_application_key_request_async (server, "Test", on_page, watch, watch->cancellable, on_request_ready, watch);
  while (watch->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  key = herald_application_key_request_finish (watch->result, error);
  g_clear_object (&watch->result);

  if (watch->page != NULL)
    {
      g_assert_true (g_str_has_prefix (watch->page, url));
      page = g_strdup (watch->page + strlen (url));
      g_free (watch->page);
      watch->page = g_steal_pointer (&page);
    }

  return key;
}

static void
test_answers (gconstpointer user_data)
{
  const Row *row = user_data;
  g_autoptr(HttpRecorder) recorder = http_recorder_new (NULL, 0, row->script);
  Watch watch = { NULL };
  g_autoptr(GError) error = NULL;
  g_autofree char *key = ask (recorder, &watch, &error);
  g_autofree char *redacted = NULL;

  if (row->error == OK)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (key, ==, KEY);
      redacted = herald_log_redact (key);
      g_assert_cmpstr (redacted, ==, "***");
    }
  else
    {
      g_assert_error (error, HERALD_ERROR, row->error);
      g_assert_null (key);
    }
  g_assert_cmpstr (watch.page, ==, row->page);
  g_assert_cmpuint (watch.n_pages, ==, row->page != NULL);
  if (row->said != NULL)
    g_assert_nonnull (strstr (http_recorder_get_log (recorder), row->said));
  g_assert_null (strstr (http_recorder_get_log (recorder), "OLDKEY"));
  g_free (watch.page);
}

/* It has asked once a second, and one-shot: not once more after the key had come. */
static void
test_polls_once_a_second_and_stops (void)
{
  const char *const script[] = { PROBE, NEW, WAIT, WAIT, WAIT, GRANTED, GONE, NULL };
  g_autoptr(HttpRecorder) recorder = http_recorder_new (NULL, 0, script);
  Watch watch = { NULL };
  gint64 begin_us = g_get_monotonic_time ();
  g_autofree char *key = ask (recorder, &watch, NULL);
  double elapsed_s = (double) (g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC;
  guint n_polls = 0;

  g_assert_cmpstr (key, ==, KEY);
  g_assert_cmpfloat (elapsed_s, >, 2.9);
  g_assert_cmpfloat (elapsed_s, <, 4.5);
  for (const char *p = http_recorder_get_log (recorder); (p = strstr (p, "GET ")) != NULL; p++)
    n_polls += strstr (p, "/appkeys/request/" TOKEN) != NULL;
  g_assert_cmpuint (n_polls, ==, 4 + 1);
  g_free (watch.page);
}

static void
test_cancelling_withdraws_at_once (void)
{
  const char *const script[] = { PROBE, NEW, WAIT, NULL };
  g_autoptr(HttpRecorder) recorder = http_recorder_new (NULL, 0, script);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Watch watch = { .cancellable = cancellable };
  g_autoptr(GError) error = NULL;
  gint64 begin_us = g_get_monotonic_time ();

  g_assert_null (ask (recorder, &watch, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, G_USEC_PER_SEC / 2);
  g_free (watch.page);
}

static void
test_silent_server_is_given_up (void)
{
  const char *const script[] = { PROBE, NEW, WAIT, HTTP_RECORDER_SILENT, NULL };
  g_autoptr(HttpRecorder) recorder = http_recorder_new (NULL, 0, script);
  Watch watch = { NULL };
  g_autoptr(GError) error = NULL;
  gint64 begin_us = g_get_monotonic_time ();

  g_assert_null (ask (recorder, &watch, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 8 * G_USEC_PER_SEC);
  g_free (watch.page);
}

static void
test_name_tells_the_computer (void)
{
  g_autofree char *name = herald_application_key_make_name ();

  g_assert_true (g_str_has_prefix (name, "OctoHerald on "));
  g_assert_nonnull (strstr (name, g_get_host_name ()));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/application-key/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_answers);
    }
  g_test_add_func ("/application-key/pace", test_polls_once_a_second_and_stops);
  g_test_add_func ("/application-key/cancelled", test_cancelling_withdraws_at_once);
  g_test_add_func ("/application-key/silent", test_silent_server_is_given_up);
  g_test_add_func ("/application-key/name", test_name_tells_the_computer);

  return g_test_run ();
}
