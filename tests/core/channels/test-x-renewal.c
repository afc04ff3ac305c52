/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-renewal"

#include <string.h>

#include "core/channels/browser-login.h"
#include "core/channels/x/x-settings.h"
#include "core/channels/x/x-token-keeper.h"
#include "fixtures/http-recorder.h"
#include "x-fixture.h"

/* Run by with-keyring.sh, for tokens are kept in one. */

#define APP "QXBwOjE6Y2k"
#define ANSWER(status, length, json) \
  "HTTP/1.1 " status "\r\nContent-Type: application/json\r\nContent-Length: " length "\r\n\r\n" json
#define ENDED ANSWER ("401 Unauthorized", "2\r\nConnection: close", "{}")
#define PAIR ANSWER ("200 OK", "70", "{\"token_type\":\"bearer\",\"access_token\":\"A.new\",\"refresh_token\":\"R.new\"}")
#define TAKEN ANSWER ("200 OK", "26", "{\"data\":{\"id\":\"19900001\"}}")
#define REFUSED ANSWER ("400 Bad Request", "2", "{}")
#define POSTED ANSWER ("201 Created", "26", "{\"data\":{\"id\":\"19900002\"}}")

/* An account at a server that says what the test wants; somebody has signed in there with a browser */
typedef struct
{
  HttpRecorder *server;
  XFixture *x;
} Talk;

static void
on_ready (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Returns (transfer full): a token to post with; NULL with @error */
static char *
finish (Talk          *talk,
        GAsyncResult **result,
        GError       **error)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return herald_x_token_keeper_find_finish (talk->x->channel, *result, error);
}

static Talk
talk_new (const char *const *script)
{
  Talk talk = { .server = http_recorder_new (NULL, 0, script) };
  g_autofree char *url = http_recorder_dup_url (talk.server);
  g_autofree char *tokens = g_strdup_printf ("1\n%s\n" APP "\n%" G_GINT64_FORMAT "\nA.old\nR.old", url,
                                             g_get_real_time () / G_USEC_PER_SEC + 7200);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *access = NULL;

  talk.x = x_fixture_new (url);
  x_fixture_set (talk.x, "login", "browser");
  x_fixture_set (talk.x, "client-id", APP);
  herald_x_token_keeper_take (talk.x->channel, herald_x_tokens_from_text (tokens));
  herald_x_token_keeper_find_async (talk.x->channel, NULL, on_ready, &result);
  access = finish (&talk, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (access, ==, "A.old");

  return talk;
}

static void
talk_clear (Talk *talk)
{
  g_clear_pointer (&talk->x, x_fixture_free);
  g_clear_pointer (&talk->server, http_recorder_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Talk, talk_clear)

/* Returns (transfer full): what is in the keyring */
static char *
dup_kept (Talk *talk)
{
  HeraldSecretStore *secrets = herald_channel_get_secret_store (talk->x->channel);
  g_autofree char *origin = herald_channel_dup_secret_origin (talk->x->channel);
  g_autoptr(GAsyncResult) result = NULL;

  herald_secret_store_lookup_async (secrets, herald_channel_get_id (talk->x->channel), HERALD_X_TOKENS_SECRET, origin,
                                    NULL, on_ready, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return herald_secret_store_lookup_finish (secrets, result, NULL);
}

static void
test_second_post_is_one_that_may_be_there (void)
{
  static const char *const script[] = { ENDED, PAIR, HTTP_RECORDER_HANG_UP, NULL };
  g_auto(Talk) talk = talk_new (script);

  g_assert_false (x_fixture_post (talk.x, "done", NULL));
  g_assert_error (talk.x->error, HERALD_ERROR, HERALD_ERROR_AMBIGUOUS);
  g_assert_cmpuint (talk.x->n_commits, ==, 1);
  g_assert_cmpstr (herald_attempt_get_step (talk.x->attempt), ==, "committing");
}

/* The answer to the first one is known, so nothing is in doubt; and whoever cannot be reached is so for all. */
static void
test_second_post_that_reaches_nobody_waits_with_the_account (void)
{
  static const char *const script[] = { ENDED, PAIR, NULL };
  g_auto(Talk) talk = talk_new (script);

  x_fixture_start (talk.x, "done", NULL, NULL);
  while (strstr (http_recorder_get_log (talk.server), "refresh_token") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_clear_pointer (&talk.server, http_recorder_free);
  x_fixture_wait (talk.x);
  g_assert_error (talk.x->error, HERALD_ERROR, HERALD_ERROR_BUSY);
  g_assert_cmpint (herald_error_get_scope (talk.x->error), ==, HERALD_ERROR_SCOPE_CHANNEL);
}

/* What was said of the picture of the first one is not true of the second. */
static void
test_second_post_forgets_what_was_remarked_of_the_first (void)
{
  static const char *const script[] = { REFUSED, ENDED, PAIR, TAKEN, POSTED, NULL };
  const XAttempt picture = { .media_type = "image/jpeg", .n_bytes = 4 };
  g_auto(Talk) talk = talk_new (script);

  g_assert_true (x_fixture_post (talk.x, "done", &picture));
  g_assert_nonnull (strstr (http_recorder_get_log (talk.server), "Bearer A.new"));
  g_assert_null (herald_attempt_get_remark (talk.x->attempt));
}

/* Its secrets are cleared when it is removed, and nothing puts new ones there. */
static void
test_renewal_under_way_leaves_nothing_of_a_channel_that_is_removed (void)
{
  static const char *const script[] = { PAIR, NULL };
  g_auto(Talk) talk = talk_new (script);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *kept = NULL;

  herald_x_token_keeper_refuse (talk.x->channel, "A.old");
  herald_x_token_keeper_find_async (talk.x->channel, NULL, on_ready, &result);
  while (strstr (http_recorder_get_log (talk.server), "refresh_token") == NULL)
    g_main_context_iteration (NULL, TRUE);
  herald_browser_login_forget (HERALD_BROWSER_LOGIN (talk.x->channel));
  g_assert_null (finish (&talk, &result, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  kept = dup_kept (&talk);
  g_assert_nonnull (strstr (kept, "A.old"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/x-renewal/second-post", test_second_post_is_one_that_may_be_there);
  g_test_add_func ("/x-renewal/nobody-there", test_second_post_that_reaches_nobody_waits_with_the_account);
  g_test_add_func ("/x-renewal/remark", test_second_post_forgets_what_was_remarked_of_the_first);
  g_test_add_func ("/x-renewal/removed", test_renewal_under_way_leaves_nothing_of_a_channel_that_is_removed);

  return g_test_run ();
}
