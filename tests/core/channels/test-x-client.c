/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-client"

#include <string.h>

#include "core/channels/x/x-settings.h"
#include "demo/demo-x.h"
#include "fixtures/http-recorder.h"
#include "x-fixture.h"

#define HEAD "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
#define WHOLE "{\"data\":{\"id\":\"1990000000000000001\",\"text\":\"done\"}}"
#define POSTED HEAD "Content-Length: 51\r\n\r\n" WHOLE
#define REFUSED(status, length, json) "HTTP/1.1 " status "\r\nContent-Type: application/json\r\nContent-Length: " length "\r\n\r\n" json

/* A conversation with a server that says what the test wants */
typedef struct
{
  HttpRecorder *server;
  XFixture *x;
} Talk;

static Talk
talk_new (const char *const *script)
{
  Talk talk = { .server = http_recorder_new (NULL, 0, script) };
  g_autofree char *url = http_recorder_dup_url (talk.server);

  talk.x = x_fixture_new (url);

  return talk;
}

static void
talk_clear (Talk *talk)
{
  g_clear_pointer (&talk->x, x_fixture_free);
  g_clear_pointer (&talk->server, http_recorder_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Talk, talk_clear)

static guint
count (Talk       *talk,
       const char *words)
{
  guint n = 0;

  for (const char *at = http_recorder_get_log (talk->server); (at = strstr (at, words)) != NULL; at++)
    n++;

  return n;
}

static void
test_post_is_told_with_its_place (void)
{
  static const char *const script[] = { POSTED, NULL };
  g_auto(Talk) talk = talk_new (script);
  const char *log = http_recorder_get_log (talk.server);

  g_assert_true (x_fixture_post (talk.x, "Bench : “cube” \\ 25 %\n👍", NULL));
  log = http_recorder_get_log (talk.server);
  g_assert_nonnull (strstr (log, "POST /2/tweets HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (log, "Authorization: OAuth oauth_consumer_key=\"" HERALD_DEMO_X_API_KEY "\""));
  g_assert_nonnull (strstr (log, "\r\n\r\n{\"text\":\"Bench : “cube” \\\\ 25 %\\n👍\"}"));
  g_assert_null (strstr (log, HERALD_DEMO_X_API_SECRET));
  g_assert_null (strstr (log, HERALD_DEMO_X_ACCESS_SECRET));
  g_assert_cmpuint (talk.x->n_commits, ==, 1);
  g_assert_cmpstr (herald_attempt_get_step (talk.x->attempt), ==, "committing");
  g_assert_cmpstr (herald_attempt_get_remote_id (talk.x->attempt), ==, "1990000000000000001");
  g_assert_cmpstr (herald_attempt_get_reply (talk.x->attempt), ==, "https://x.com/i/web/status/1990000000000000001");
  g_assert_cmpint (herald_attempt_get_reply_code (talk.x->attempt), ==, 201);
}

/* Whether the post is there is not known: not “posted”, and not “not posted” either. */
static void
test_answer_that_says_nothing_is_doubt (void)
{
  static const char *const answers[] = {
    HTTP_RECORDER_HANG_UP,
    HEAD "Content-Length: 51\r\nConnection: close\r\n\r\n{\"data\":{\"id\":\"19900",
    HEAD "Content-Length: 0\r\n\r\n",
    HEAD "Content-Length: 2\r\n\r\n{}",
    HEAD "Content-Length: 23\r\n\r\n{\"data\":{\"id\":1990000}}",
    HEAD "Content-Length: 22\r\n\r\n{\"data\":{\"id\":\"12 3\"}}",
    HEAD "Content-Length: 18\r\n\r\n{\"data\":{\"id\":\"\"}}",
    HEAD "Content-Length: 23\r\n\r\n{\"data\":{\"id\":\"\xff\xfe\x31\x32\x33\"}}",
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\n\r\n<html>login<",
    HEAD "Content-Length: 300000\r\nConnection: close\r\n\r\n",
    "HTTP/1.1 201 Created\r\nConnection: close\r\nx-cut",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      const char *const script[] = { answers[i], NULL };
      g_auto(Talk) talk = talk_new (script);

      g_test_message ("%s", answers[i]);
      g_assert_false (x_fixture_post (talk.x, "done", NULL));
      g_assert_error (talk.x->error, HERALD_ERROR, HERALD_ERROR_AMBIGUOUS);
      g_assert_cmpuint (talk.x->n_commits, ==, 1);
      g_assert_cmpuint (count (&talk, "POST /2/tweets"), ==, 1);
      g_assert_null (herald_attempt_get_remote_id (talk.x->attempt));
    }
}

static void
test_answer_without_end_is_doubt_and_soon (void)
{
  g_autofree char *large = g_strnfill (300 * 1000, ' ');
  g_autofree char *answer = g_strconcat (HEAD "Content-Length: 10000000\r\n\r\n", large, NULL);
  const char *const script[] = { answer, NULL };
  g_auto(Talk) talk = talk_new (script);

  g_assert_false (x_fixture_post (talk.x, "done", NULL));
  g_assert_error (talk.x->error, HERALD_ERROR, HERALD_ERROR_AMBIGUOUS);
}

/* Nothing of a post was taken by nobody. */
static void
test_nobody_there_is_no_doubt (void)
{
  g_autoptr(XFixture) x = x_fixture_new ("http://127.0.0.1:1");

  g_assert_false (x_fixture_post (x, "done", NULL));
  g_assert_error (x->error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE);
  g_assert_cmpuint (x->n_commits, ==, 0);
  g_assert_cmpstr (herald_attempt_get_step (x->attempt), ==, "connect");
}

/* A refusal is one also if its reasons were cut off. */
static void
test_refusal_is_no_doubt (void)
{
  static const struct
  {
    const char *answer;
    HeraldError error;
  } cases[] = {
    { REFUSED ("401 Unauthorized", "100\r\nConnection: close", "{\"title\":") , HERALD_ERROR_UNAUTHORIZED },
    { REFUSED ("402 Payment Required", "2", "{}"), HERALD_ERROR_NO_CREDIT },
    { REFUSED ("429 Too Many Requests", "0", ""), HERALD_ERROR_BUSY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const script[] = { cases[i].answer, NULL };
      g_auto(Talk) talk = talk_new (script);

      x_fixture_start (talk.x, "done", NULL, NULL);
      x_fixture_wait (talk.x);
      g_assert_error (talk.x->error, HERALD_ERROR, (int) cases[i].error);
    }
}

static char *
dup_nonce (const char **at)
{
  const char *begin = strstr (*at, "oauth_nonce=\"");

  g_assert_nonnull (begin);
  begin += strlen ("oauth_nonce=\"");
  *at = begin;

  return g_strndup (begin, strcspn (begin, "\""));
}

static void
test_each_attempt_is_signed_anew (void)
{
  static const char *const script[] = { REFUSED ("500 Internal Server Error", "2", "{}"), POSTED, NULL };
  g_auto(Talk) talk = talk_new (script);
  const char *at;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_false (x_fixture_post (talk.x, "done", NULL));
  g_assert_true (x_fixture_post (talk.x, "done", NULL));
  at = http_recorder_get_log (talk.server);
  first = dup_nonce (&at);
  second = dup_nonce (&at);
  g_assert_cmpstr (first, !=, second);
}

/* Whoever sends us elsewhere gets nothing there. */
static void
test_redirect_is_not_followed (void)
{
  static const char *const nothing[] = { POSTED, NULL };
  g_autoptr(HttpRecorder) thief = http_recorder_new (NULL, 0, nothing);
  g_autofree char *url = http_recorder_dup_url (thief);
  g_autofree char *answer = g_strdup_printf ("HTTP/1.1 307 Moved\r\nLocation: %s/2/tweets\r\nContent-Length: 0\r\n\r\n",
                                             url);
  const char *const script[] = { answer, NULL };
  g_auto(Talk) talk = talk_new (script);

  g_assert_false (x_fixture_post (talk.x, "done", NULL));
  g_assert_cmpuint (http_recorder_get_n_connections (thief), ==, 0);
}

static void
test_what_is_missing_is_named_and_nothing_sent (void)
{
  static const char *const script[] = { POSTED, NULL };
  g_auto(Talk) talk = talk_new (script);

  x_fixture_set_secret (talk.x, HERALD_X_API_SECRET_FIELD, "");
  x_fixture_set_secret (talk.x, HERALD_X_ACCESS_TOKEN_FIELD, "");
  g_assert_false (x_fixture_post (talk.x, "done", NULL));
  g_assert_error (talk.x->error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_assert_nonnull (strstr (talk.x->error->message, "API key secret, Access token."));
  g_assert_cmpuint (http_recorder_get_n_connections (talk.server), ==, 0);
}

static void
test_credentials_belong_to_their_server (void)
{
  g_autoptr(XFixture) x = x_fixture_new ("http://127.0.0.1:1");
  g_autofree char *there = herald_channel_dup_secret_origin (x->channel);
  g_autofree char *here = NULL;

  x_fixture_set (x, "server", "http://127.0.0.1:2");
  here = herald_channel_dup_secret_origin (x->channel);
  g_assert_cmpstr (there, !=, here);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/x-client/posted", test_post_is_told_with_its_place);
  g_test_add_func ("/x-client/doubt", test_answer_that_says_nothing_is_doubt);
  g_test_add_func ("/x-client/no-end", test_answer_without_end_is_doubt_and_soon);
  g_test_add_func ("/x-client/nobody-there", test_nobody_there_is_no_doubt);
  g_test_add_func ("/x-client/refusal", test_refusal_is_no_doubt);
  g_test_add_func ("/x-client/nonce", test_each_attempt_is_signed_anew);
  g_test_add_func ("/x-client/redirect", test_redirect_is_not_followed);
  g_test_add_func ("/x-client/missing", test_what_is_missing_is_named_and_nothing_sent);
  g_test_add_func ("/x-client/origin", test_credentials_belong_to_their_server);

  return g_test_run ();
}
