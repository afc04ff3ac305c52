/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-token-answer"

#include "core/channels/x/x-token-answer.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/log.h"

#define SERVER "https://api.x.com"
#define APP "QXBwOjE6Y2k"
#define NOW_S 1790000000
#define SCOPE "\"scope\":\"users.read media.write tweet.write tweet.read offline.access\""
#define PAIR "\"token_type\":\"bearer\",\"access_token\":\"A.new-access\",\"refresh_token\":\"R.new-refresh\""

static HeraldXTokens *
make_before (void)
{
  return herald_x_tokens_from_text ("1\n" SERVER "\n" APP "\n5\nA.old-access\nR.old-refresh");
}

/* @is_renewal: else a code is exchanged */
static HeraldXTokens *
read_answer (guint       status,
             const char *body,
             gboolean    is_renewal,
             GError    **error)
{
  g_autoptr(HeraldXTokens) before = make_before ();
  g_autoptr(SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_autoptr(GBytes) bytes = g_bytes_new (body, strlen (body));
  const HeraldXTokenAnswer answer = {
    .server = SERVER,
    .client_id = APP,
    .before = is_renewal ? before : NULL,
    .status = status,
    .headers = headers,
    .body = bytes,
    .now_s = NOW_S,
  };

  soup_message_headers_append (headers, "x-rate-limit-reset", "1790000077");
  return herald_x_token_answer_read (&answer, error);
}

static void
test_pair_is_taken_with_its_end (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldXTokens) tokens = read_answer (200, "{" PAIR ",\"expires_in\":7200," SCOPE "}", FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (tokens->access, ==, "A.new-access");
  g_assert_cmpstr (tokens->refresh, ==, "R.new-refresh");
  g_assert_cmpint (tokens->expires_s, ==, NOW_S + 7200);
  g_assert_true (herald_x_tokens_fit (tokens, SERVER, APP));
  g_assert_false (herald_x_tokens_fit (tokens, SERVER, "other"));
  g_assert_false (herald_x_tokens_fit (tokens, "https://elsewhere.example", APP));
}

/* RFC 6749 section 6 */
static void
test_refresh_token_stays_if_there_is_no_other (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldXTokens) tokens =
    read_answer (200, "{\"token_type\":\"Bearer\",\"access_token\":\"A.new-access\"}", TRUE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (tokens->refresh, ==, "R.old-refresh");
}

static void
test_no_end_is_absurd (void)
{
  static const struct
  {
    const char *life;
    gint64 expires_s;
  } lives[] = {
    { "", NOW_S + 7200 },
    { ",\"expires_in\":\"7200\"", NOW_S + 7200 },
    { ",\"expires_in\":null", NOW_S + 7200 },
    { ",\"expires_in\":-1", NOW_S + 60 },
    { ",\"expires_in\":0", NOW_S + 60 },
    { ",\"expires_in\":1e300", NOW_S + 7200 },
    { ",\"expires_in\":9007199254740991", NOW_S + 30 * 24 * 60 * 60 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lives); i++)
    {
      g_autofree char *body = g_strconcat ("{" PAIR, lives[i].life, "}", NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(HeraldXTokens) tokens = read_answer (200, body, FALSE, &error);

      g_assert_no_error (error);
      g_assert_cmpint (tokens->expires_s, ==, lives[i].expires_s);
    }
}

static void
test_what_is_said_otherwise_has_its_meaning (void)
{
  static const struct
  {
    guint status;
    const char *body;
    HeraldError code;
    HeraldError renewal_code;
    const char *words;
  } answers[] = {
    { 400, "{\"error\":\"invalid_grant\"}", HERALD_ERROR_REJECTED, HERALD_ERROR_UNAUTHORIZED, NULL },
    { 400, "{\"error\":\"invalid_request\",\"error_description\":\"Value passed for the token was invalid.\"}",
      HERALD_ERROR_REJECTED, HERALD_ERROR_UNAUTHORIZED, NULL },
    { 401, "{\"error\":\"unauthorized_client\",\"error_description\":\"Missing valid authorization header\"}",
      HERALD_ERROR_SETTINGS, HERALD_ERROR_SETTINGS, "client secret" },
    { 400, "{\"error\":\"invalid_client\"}", HERALD_ERROR_SETTINGS, HERALD_ERROR_SETTINGS, "client ID" },
    { 401, "", HERALD_ERROR_SETTINGS, HERALD_ERROR_SETTINGS, "client ID" },
    { 403, "{}", HERALD_ERROR_UNAUTHORIZED, HERALD_ERROR_UNAUTHORIZED, "console" },
    { 403, "<html>", HERALD_ERROR_PROTOCOL, HERALD_ERROR_PROTOCOL, "does not come from X" },
    { 403, "", HERALD_ERROR_PROTOCOL, HERALD_ERROR_PROTOCOL, "does not come from X" },
    { 400, "", HERALD_ERROR_PROTOCOL, HERALD_ERROR_PROTOCOL, "does not come from X" },
    { 404, "", HERALD_ERROR_PROTOCOL, HERALD_ERROR_PROTOCOL, "does not come from X" },
    { 302, "", HERALD_ERROR_PROTOCOL, HERALD_ERROR_PROTOCOL, "does not come from X" },
    { 201, "{" PAIR "}", HERALD_ERROR_PROTOCOL, HERALD_ERROR_PROTOCOL, "does not come from X" },
    { 429, "{\"errors\":[{\"code\":88}]}", HERALD_ERROR_BUSY, HERALD_ERROR_BUSY, "wait" },
    { 503, "<html>", HERALD_ERROR_BUSY, HERALD_ERROR_BUSY, "trouble" },
    { 200, "", HERALD_ERROR_PROTOCOL, HERALD_ERROR_PROTOCOL, "no sense" },
    { 200, "[]", HERALD_ERROR_PROTOCOL, HERALD_ERROR_PROTOCOL, "no sense" },
    { 200, "{" PAIR, HERALD_ERROR_PROTOCOL, HERALD_ERROR_PROTOCOL, "no sense" },
    { 200, "{\"access_token\":\"A\",\"refresh_token\":\"R\"}", HERALD_ERROR_PROTOCOL, HERALD_ERROR_PROTOCOL, "no sense" },
    { 200, "{\"token_type\":\"mac\",\"access_token\":\"A\"}", HERALD_ERROR_PROTOCOL, HERALD_ERROR_PROTOCOL, "no sense" },
    { 200, "{\"token_type\":\"bearer\",\"access_token\":5}", HERALD_ERROR_PROTOCOL, HERALD_ERROR_PROTOCOL, "no sense" },
    { 200, "{\"token_type\":\"bearer\",\"access_token\":\"\"}", HERALD_ERROR_PROTOCOL, HERALD_ERROR_PROTOCOL, "no sense" },
    { 200, "{\"token_type\":\"bearer\",\"access_token\":\"A\\r\\nX: y\"}", HERALD_ERROR_PROTOCOL, HERALD_ERROR_PROTOCOL,
      "no sense" },
    { 200, "{\"token_type\":\"bearer\",\"access_token\":\"A\",\"refresh_token\":\"R R\"}", HERALD_ERROR_PROTOCOL,
      HERALD_ERROR_PROTOCOL, "no sense" },
    { 200, "{\"token_type\":\"bearer\",\"access_token\":\"\xff\xfe\"}", HERALD_ERROR_PROTOCOL, HERALD_ERROR_PROTOCOL,
      "no sense" },
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (answers); i++)
    {
      gboolean is_renewal = i % 2 == 1;
      g_autoptr(GError) error = NULL;
      g_autoptr(HeraldXTokens) tokens = read_answer (answers[i / 2].status, answers[i / 2].body, is_renewal, &error);

      g_test_message ("%u, answer %u", answers[i / 2].status, i / 2);
      g_assert_null (tokens);
      g_assert_error (error, HERALD_ERROR, (int) (is_renewal ? answers[i / 2].renewal_code : answers[i / 2].code));
      if (answers[i / 2].words != NULL)
        g_assert_nonnull (strstr (error->message, answers[i / 2].words));
      if (error->code == HERALD_ERROR_BUSY)
        g_assert_cmpuint (herald_error_get_retry_after (error), ==, 77);
      if (error->code != HERALD_ERROR_REJECTED)
        g_assert_cmpint (herald_error_get_scope (error), ==, HERALD_ERROR_SCOPE_CHANNEL);
    }
}

static void
test_dead_login_says_how_to_sign_in_again (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (read_answer (400, "{\"error\":\"invalid_grant\"}", TRUE, &error));
  g_assert_nonnull (strstr (error->message, "Please sign in again"));
}

static void
test_half_a_leave_is_none (void)
{
  static const char *const bodies[] = {
    "{" PAIR ",\"scope\":\"tweet.read tweet.write users.read offline.access\"}",
    "{" PAIR ",\"scope\":\"tweet.read media.write users.read offline.access\"}",
    "{" PAIR ",\"scope\":\"\"}",
    "{\"token_type\":\"bearer\",\"access_token\":\"A.new-access\"}",
  };
  static const char *const missing[] = { "media.write", "tweet.write", "tweet.read", "offline.access" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (read_answer (200, bodies[i], FALSE, &error));
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED);
      g_assert_nonnull (strstr (error->message, missing[i]));
    }
}

/* What X echoes in an error is shown to people; a token it gave is not. */
static void
test_no_token_gets_into_an_error (void)
{
  g_autoptr(GError) error = NULL;

  herald_log_add_passing_secret ("R.old-refresh");
  g_assert_null (read_answer (400, "{\"error\":\"invalid_grant\",\"error_description\":\"no R.old-refresh \\u001b[31m\"}",
                              TRUE, &error));
  g_assert_null (strstr (herald_error_get_reply (error), "R.old-refresh"));
  g_assert_null (strchr (herald_error_get_reply (error), '\x1b'));
  g_assert_null (strstr (error->message, "R.old-refresh"));
}

static void
test_keyring_gives_back_what_it_got (void)
{
  static const char *const foreign[] = {
    "", "1", "password", "1\nhttps://x\nid\n5\nA", "1\nhttps://x\nid\n5\nA\nR\nmore", "2\nhttps://x\nid\n5\nA\nR",
    "1\nhttps://x\nid\nsoon\nA\nR", "1\nhttps://x\nid\n-5\nA\nR", "1\nhttps://x\nid\n5\nA B\nR", "1\nhttps://x\nid\n5\n\nR",
  };
  g_autoptr(HeraldXTokens) before = make_before ();
  g_autofree char *text = herald_x_tokens_to_text (before);
  g_autoptr(HeraldXTokens) after = herald_x_tokens_from_text (text);

  g_assert_cmpstr (after->access, ==, before->access);
  g_assert_cmpstr (after->refresh, ==, before->refresh);
  g_assert_cmpint (after->expires_s, ==, before->expires_s);
  g_assert_true (herald_x_tokens_fit (after, before->server, before->client_id));
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    g_assert_null (herald_x_tokens_from_text (foreign[i]));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/x-token-answer/pair", test_pair_is_taken_with_its_end);
  g_test_add_func ("/x-token-answer/no-other", test_refresh_token_stays_if_there_is_no_other);
  g_test_add_func ("/x-token-answer/lives", test_no_end_is_absurd);
  g_test_add_func ("/x-token-answer/otherwise", test_what_is_said_otherwise_has_its_meaning);
  g_test_add_func ("/x-token-answer/dead", test_dead_login_says_how_to_sign_in_again);
  g_test_add_func ("/x-token-answer/half", test_half_a_leave_is_none);
  g_test_add_func ("/x-token-answer/secrets", test_no_token_gets_into_an_error);
  g_test_add_func ("/x-token-answer/keyring", test_keyring_gives_back_what_it_got);

  return g_test_run ();
}
