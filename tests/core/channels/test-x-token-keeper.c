/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-token-keeper"

#include "core/channels/x/x-token-keeper.h"

#include <libsoup/soup.h>

#include "core/base/error.h"
#include "core/channels/x/x-app.h"
#include "core/channels/x/x-settings.h"
#include "core/channels/x/x-token-request.h"
#include "core/net/pkce.h"
#include "demo/demo-x.h"

#define TOKEN_PATH "/2/oauth2/token"
#define REDIRECT "http://127.0.0.1:48721/callback"
#define N_WAITERS 20

/* An X on the loopback, and a channel that is signed in there */
typedef struct
{
  HeraldDemoX *x;
  HeraldSecretStore *secrets;
  HeraldChannel *channel;
} Fixture;

static void
on_ready (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* (transfer full): what X gives for a code; by its page, as a browser would get it */
static HeraldXTokens *
sign_in (Fixture *fixture)
{
  g_autofree char *server = herald_demo_x_dup_url (fixture->x);
  const HeraldXApp app = {
    .server = server, .client_id = (char *) HERALD_DEMO_X_CLIENT_ID,
  };
  g_autofree char *verifier = herald_pkce_make_secret ();
  g_autofree char *challenge = herald_pkce_make_challenge (verifier);
  g_autofree char *page = herald_x_app_dup_page (&app, REDIRECT, "state", challenge);
  g_autoptr(SoupSession) browser = soup_session_new ();
  g_autoptr(SoupMessage) visit = soup_message_new (SOUP_METHOD_GET, page);
  g_autoptr(GAsyncResult) sent = NULL;
  g_autoptr(GAsyncResult) exchanged = NULL;
  g_autoptr(GHashTable) values = NULL;
  g_autoptr(GUri) home = NULL;
  g_autoptr(GError) error = NULL;
  HeraldXTokens *tokens;

  soup_message_add_flags (visit, SOUP_MESSAGE_NO_REDIRECT);
  soup_session_send_and_read_async (browser, visit, G_PRIORITY_DEFAULT, NULL, on_ready, &sent);
  wait_for (&sent);
  g_bytes_unref (soup_session_send_and_read_finish (browser, sent, &error));
  g_assert_no_error (error);
  home = g_uri_parse (soup_message_headers_get_one (soup_message_get_response_headers (visit), "Location"),
                      G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);
  values = g_uri_parse_params (g_uri_get_query (home), -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  g_assert_cmpstr (g_hash_table_lookup (values, "state"), ==, "state");

  herald_x_token_request_exchange_async (&app, g_hash_table_lookup (values, "code"), verifier, REDIRECT, NULL, on_ready,
                                         &exchanged);
  wait_for (&exchanged);
  tokens = herald_x_token_request_finish (exchanged, &error);
  g_assert_no_error (error);

  return tokens;
}

static char *
find (Fixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  char *access;

  herald_x_token_keeper_find_async (fixture->channel, NULL, on_ready, &result);
  wait_for (&result);
  access = herald_x_token_keeper_find_finish (fixture->channel, result, &error);
  g_assert_no_error (error);

  return access;
}

static HeraldChannel *
make_channel (Fixture *fixture)
{
  g_autofree char *server = herald_demo_x_dup_url (fixture->x);
  g_autoptr(HeraldValues) settings = herald_values_new ();

  herald_values_set (settings, "type", "x");
  herald_values_set (settings, "login", "browser");
  herald_values_set (settings, "client-id", HERALD_DEMO_X_CLIENT_ID);
  herald_values_set (settings, "server", server);

  return herald_channel_new (&herald_x_channel_type, "my-x", settings, fixture->secrets);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *access = NULL;

  fixture->x = herald_demo_x_new (0, &error);
  g_assert_no_error (error);
  fixture->secrets = herald_secret_store_new ();
  fixture->channel = make_channel (fixture);
  herald_x_token_keeper_take (fixture->channel, sign_in (fixture));
  access = find (fixture);
  g_assert_nonnull (access);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->channel);
  g_object_unref (fixture->secrets);
  g_object_unref (fixture->x);
}

static guint
count_requests (Fixture *fixture)
{
  return herald_demo_x_get_n_requests (fixture->x, TOKEN_PATH);
}

/* The token X does not take any more */
static char *
refuse (Fixture *fixture)
{
  char *access = find (fixture);

  herald_x_token_keeper_refuse (fixture->channel, access);
  return access;
}

static void
test_twenty_who_wait_cost_one_renewal (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autofree char *before = refuse (fixture);
  guint n_requests = count_requests (fixture);
  GAsyncResult *results[N_WAITERS] = { NULL };
  g_autofree char *now = NULL;

  for (guint i = 0; i < N_WAITERS; i++)
    herald_x_token_keeper_find_async (fixture->channel, NULL, on_ready, &results[i]);
  for (guint i = 0; i < N_WAITERS; i++)
    {
      g_autofree char *access = NULL;

      wait_for (&results[i]);
      access = herald_x_token_keeper_find_finish (fixture->channel, results[i], NULL);
      if (now == NULL)
        now = g_strdup (access);
      g_assert_cmpstr (access, ==, now);
      g_object_unref (results[i]);
    }
  g_assert_cmpstr (now, !=, before);
  g_assert_cmpuint (count_requests (fixture) - n_requests, ==, 1);
}

static void
test_who_gives_up_is_let_go_and_the_pair_is_kept (Fixture       *fixture,
                                                  gconstpointer  data)
{
  g_autofree char *before = refuse (fixture);
  guint n_requests = count_requests (fixture);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *results[N_WAITERS] = { NULL };
  g_autofree char *access = NULL;

  for (guint i = 0; i < N_WAITERS; i++)
    herald_x_token_keeper_find_async (fixture->channel, cancellable, on_ready, &results[i]);
  while (count_requests (fixture) == n_requests)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < N_WAITERS; i++)
    {
      g_autoptr(GError) error = NULL;

      wait_for (&results[i]);
      g_assert_null (herald_x_token_keeper_find_finish (fixture->channel, results[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_object_unref (results[i]);
    }

  access = find (fixture);
  g_assert_cmpstr (access, !=, before);
  g_assert_cmpuint (count_requests (fixture) - n_requests, ==, 1);
}

/* What lies in the keyring, for a service that starts anew */
static void
test_pair_is_in_the_keyring_before_anybody_has_it (Fixture       *fixture,
                                                   gconstpointer  data)
{
  g_autofree char *before = refuse (fixture);
  g_autofree char *access = find (fixture);
  guint n_requests = count_requests (fixture);
  g_autofree char *after_restart = NULL;

  g_assert_cmpstr (access, !=, before);
  g_assert_finalize_object (fixture->channel);
  fixture->channel = make_channel (fixture);
  after_restart = find (fixture);
  g_assert_cmpstr (after_restart, ==, access);
  g_assert_cmpuint (count_requests (fixture), ==, n_requests);
}

/* Somebody signs in while the old login is being renewed: the new one counts, and stays. */
static void
test_login_is_newer_than_a_renewal_under_way (Fixture       *fixture,
                                              gconstpointer  data)
{
  g_autofree char *before = refuse (fixture);
  HeraldXTokens *tokens = sign_in (fixture);
  g_autofree char *wanted = g_strdup (tokens->access);
  guint n_requests = count_requests (fixture);
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *access = NULL;
  g_autofree char *after_restart = NULL;

  herald_x_token_keeper_find_async (fixture->channel, NULL, on_ready, &result);
  while (count_requests (fixture) == n_requests)
    g_main_context_iteration (NULL, TRUE);
  herald_x_token_keeper_take (fixture->channel, tokens);
  wait_for (&result);
  access = herald_x_token_keeper_find_finish (fixture->channel, result, NULL);
  g_assert_cmpstr (access, ==, wanted);
  g_assert_cmpstr (access, !=, before);

  g_clear_object (&result);
  g_assert_finalize_object (fixture->channel);
  fixture->channel = make_channel (fixture);
  after_restart = find (fixture);
  g_assert_cmpstr (after_restart, ==, wanted);
}

static void
test_other_app_gets_no_token (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr(HeraldValues) settings = herald_values_copy (herald_channel_get_settings (fixture->channel));
  g_autofree char *before = refuse (fixture);
  guint n_requests = count_requests (fixture);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  herald_x_token_keeper_find_async (fixture->channel, NULL, on_ready, &result);
  while (count_requests (fixture) == n_requests)
    g_main_context_iteration (NULL, TRUE);
  herald_values_set (settings, "client-id", "another");
  herald_channel_set_settings (fixture->channel, settings);
  wait_for (&result);
  g_assert_null (herald_x_token_keeper_find_finish (fixture->channel, result, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (count_requests (fixture) - n_requests, ==, 1);
}

static void
add (const char *name,
     void      (*test) (Fixture       *fixture,
                        gconstpointer  data))
{
  g_autofree char *path = g_strconcat ("/x-token-keeper/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("twenty", test_twenty_who_wait_cost_one_renewal);
  add ("gives-up", test_who_gives_up_is_let_go_and_the_pair_is_kept);
  add ("keyring", test_pair_is_in_the_keyring_before_anybody_has_it);
  add ("newer", test_login_is_newer_than_a_renewal_under_way);
  add ("other-app", test_other_app_gets_no_token);

  return g_test_run ();
}
