/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-demo-x-login"

#include "x-asker.h"

#include <string.h>

/* RFC 7636 appendix B */
#define VERIFIER "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
#define CHALLENGE "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
#define REDIRECT "http://127.0.0.1:48721/callback"
#define SCOPES "tweet.read%20tweet.write%20users.read%20media.write%20offline.access"

/* Asks for a code; (transfer full) (nullable): the code, or the error */
static char *
ask_code (XAsker     *asker,
          const char *scope,
          const char *redirect)
{
  g_autofree char *path =
      g_strconcat ("/i/oauth2/authorize?response_type=code&client_id=" HERALD_DEMO_X_CLIENT_ID "&redirect_uri=", redirect,
                   "&scope=", scope, "&state=st&code_challenge=" CHALLENGE "&code_challenge_method=S256", NULL);
  g_autoptr(GUri) uri = NULL;
  g_autoptr(GHashTable) query = NULL;
  const char *code = NULL;

  if (x_asker_get (asker, path) != 302)
    return NULL;

  g_assert_true (g_str_has_prefix (x_asker_get_header (asker, "Location"), redirect));
  uri = g_uri_parse (x_asker_get_header (asker, "Location"), G_URI_FLAGS_ENCODED, NULL);
  query = soup_form_decode (g_uri_get_query (uri));
  g_assert_cmpstr (g_hash_table_lookup (query, "state"), ==, "st");
  code = g_hash_table_lookup (query, "code");

  return g_strdup (code != NULL ? code : g_hash_table_lookup (query, "error"));
}

static guint
post_form (XAsker     *asker,
           const char *path,
           const char *form)
{
  g_autoptr(GBytes) body = g_bytes_new (form, strlen (form));

  return x_asker_send (asker, "POST", path, SOUP_FORM_MIME_TYPE_URLENCODED, body);
}

static guint
exchange (XAsker     *asker,
          const char *code,
          const char *verifier)
{
  g_autofree char *form = soup_form_encode ("grant_type", "authorization_code", "client_id", HERALD_DEMO_X_CLIENT_ID,
                                            "redirect_uri", REDIRECT, "code", code, "code_verifier", verifier, NULL);

  return post_form (asker, "/2/oauth2/token", form);
}

static guint
refresh (XAsker     *asker,
         const char *token)
{
  g_autofree char *form = soup_form_encode ("grant_type", "refresh_token", "client_id", HERALD_DEMO_X_CLIENT_ID,
                                            "refresh_token", token, NULL);

  return post_form (asker, "/2/oauth2/token", form);
}

static void
sign_in (XAsker     *asker,
         const char *scope)
{
  g_autofree char *code = ask_code (asker, scope, REDIRECT);

  g_assert_nonnull (code);
  g_assert_cmpuint (exchange (asker, code, VERIFIER), ==, 200);
  g_free (asker->bearer);
  asker->bearer = g_strdup (x_asker_get_string (asker, "access_token"));
}

static void
test_bearer_may_what_was_allowed (void)
{
  XAsker *asker = x_asker_new ();

  sign_in (asker, SCOPES);
  g_assert_cmpuint (x_asker_post_text (asker, "By a browser"), ==, 201);
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 200);
  sign_in (asker, "tweet.read%20users.read");
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 200);
  g_assert_cmpuint (x_asker_post_text (asker, "Not allowed"), ==, 403);
  g_free (asker->bearer);
  asker->bearer = g_strdup (HERALD_DEMO_X_APP_BEARER);
  g_assert_cmpuint (x_asker_post_text (asker, "By nobody"), ==, 403);
  g_assert_cmpstr (x_asker_get_string (asker, "title"), ==, "Unsupported Authentication");
  g_free (asker->bearer);
  asker->bearer = g_strdup ("other");
  g_assert_cmpuint (x_asker_post_text (asker, "By nobody"), ==, 401);
  x_asker_free (asker);
}

static void
test_refresh_token_is_good_once (void)
{
  XAsker *asker = x_asker_new ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  sign_in (asker, SCOPES);
  first = g_strdup (x_asker_get_string (asker, "refresh_token"));
  g_assert_cmpuint (refresh (asker, first), ==, 200);
  second = g_strdup (x_asker_get_string (asker, "refresh_token"));
  g_assert_cmpstr (second, !=, first);
  g_free (asker->bearer);
  asker->bearer = g_strdup (x_asker_get_string (asker, "access_token"));
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 200);

  g_assert_cmpuint (refresh (asker, first), ==, 400);
  g_assert_cmpstr (x_asker_get_string (asker, "error"), ==, "invalid_request");
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 401);
  g_assert_cmpuint (refresh (asker, second), ==, 400);
  x_asker_free (asker);
}

static void
test_code_is_good_once_and_soon (void)
{
  XAsker *asker = x_asker_new ();
  g_autofree char *once = ask_code (asker, SCOPES, REDIRECT);
  g_autofree char *guessed = ask_code (asker, SCOPES, REDIRECT);
  g_autofree char *late = NULL;

  g_assert_cmpuint (exchange (asker, guessed, VERIFIER "x"), ==, 400);
  g_assert_cmpuint (exchange (asker, once, VERIFIER), ==, 200);
  asker->bearer = g_strdup (x_asker_get_string (asker, "access_token"));
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 200);
  g_assert_cmpuint (exchange (asker, once, VERIFIER), ==, 400);
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 401);

  herald_demo_x_play (asker->x, &(HeraldDemoXFault) { .kind = "code-life", .seconds = -1 });
  late = ask_code (asker, SCOPES, REDIRECT);
  g_assert_cmpuint (exchange (asker, late, VERIFIER), ==, 400);
  x_asker_free (asker);
}

static void
test_strange_questions_lead_nowhere (void)
{
  XAsker *asker = x_asker_new ();

  g_assert_null (ask_code (asker, SCOPES, "http://127.0.0.1:48724/callback"));
  g_assert_null (ask_code (asker, SCOPES, "http://localhost:48721/callback"));
  g_assert_null (ask_code (asker, SCOPES, "http://127.0.0.1:48721/callback/"));
  g_assert_null (ask_code (asker, "all", REDIRECT));
  g_assert_cmpuint (x_asker_get (asker, "/i/oauth2/authorize"), ==, 400);
  x_asker_free (asker);
}

static void
test_person_may_say_no_or_be_asked (void)
{
  XAsker *asker = x_asker_new ();
  g_autofree char *error = NULL;

  herald_demo_x_play (asker->x, &(HeraldDemoXFault) { .kind = "login-denied" });
  error = ask_code (asker, SCOPES, REDIRECT);
  g_assert_cmpstr (error, ==, "access_denied");
  herald_demo_x_play (asker->x, &(HeraldDemoXFault) { .kind = "login-page" });
  g_assert_null (ask_code (asker, SCOPES, REDIRECT));
  g_assert_true (x_asker_heard (asker, "<a id=\"allow\" href=\"" REDIRECT "?"));
  x_asker_free (asker);
}

static void
test_app_with_a_secret_shows_it (void)
{
  XAsker *asker = x_asker_new ();
  g_autofree char *form = soup_form_encode ("token", "unknown", "client_id", HERALD_DEMO_X_WEB_CLIENT_ID, NULL);

  g_assert_cmpuint (post_form (asker, "/2/oauth2/revoke", form), ==, 401);
  g_assert_cmpstr (x_asker_get_string (asker, "error"), ==, "unauthorized_client");
  x_asker_free (asker);
}

static void
test_tokens_end (void)
{
  XAsker *asker = x_asker_new ();
  g_autofree char *form = NULL;

  herald_demo_x_play (asker->x, &(HeraldDemoXFault) { .kind = "token-life", .seconds = -1 });
  sign_in (asker, SCOPES);
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 401);

  herald_demo_x_stop_faults (asker->x);
  sign_in (asker, SCOPES);
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 200);
  form = soup_form_encode ("token", asker->bearer, "client_id", HERALD_DEMO_X_CLIENT_ID, NULL);
  g_assert_cmpuint (post_form (asker, "/2/oauth2/revoke", form), ==, 200);
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 401);
  x_asker_free (asker);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/demo-x-login/bearer-may-what-was-allowed", test_bearer_may_what_was_allowed);
  g_test_add_func ("/demo-x-login/refresh-token-is-good-once", test_refresh_token_is_good_once);
  g_test_add_func ("/demo-x-login/code-is-good-once-and-soon", test_code_is_good_once_and_soon);
  g_test_add_func ("/demo-x-login/strange-questions-lead-nowhere", test_strange_questions_lead_nowhere);
  g_test_add_func ("/demo-x-login/person-may-say-no-or-be-asked", test_person_may_say_no_or_be_asked);
  g_test_add_func ("/demo-x-login/app-with-a-secret-shows-it", test_app_with_a_secret_shows_it);
  g_test_add_func ("/demo-x-login/tokens-end", test_tokens_end);

  return g_test_run ();
}
