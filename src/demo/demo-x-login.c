/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-login"

#include "demo/demo-x-tokens.h"

#include <string.h>

#define CODE_LIFE_S 30
#define STATE_MAX_BYTES 500
/* SHA-256 in Base64 without padding (RFC 7636 section 4.2) */
#define CHALLENGE_LENGTH 43

/* Registered for both apps; letter by letter, as with X */
static const char *const redirects[] = {
  "http://127.0.0.1:48721/callback",
  "http://127.0.0.1:48722/callback",
  "http://127.0.0.1:48723/callback",
  NULL,
};

static const char *const scopes[] = {
  "tweet.read", "tweet.write", "users.read", "media.write", "offline.access", NULL,
};

static const char *
get (HeraldDemoXRequest *request,
     const char         *name)
{
  const char *value = request->query != NULL ? g_hash_table_lookup (request->query, name) : NULL;

  return value != NULL ? value : "";
}

static gboolean
knows_scopes (const char *asked)
{
  g_auto(GStrv) words = g_strsplit (asked, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (!g_strv_contains (scopes, words[i]))
        return FALSE;
    }

  return words[0] != NULL;
}

/* (nullable): what is wrong with the question */
static const char *
find_fault (HeraldDemoXRequest *request)
{
  const char *client = get (request, "client_id");

  if (!g_str_equal (client, HERALD_DEMO_X_CLIENT_ID) && !g_str_equal (client, HERALD_DEMO_X_WEB_CLIENT_ID))
    return "client_id";
  if (!g_strv_contains (redirects, get (request, "redirect_uri")))
    return "redirect_uri";
  if (!g_str_equal (get (request, "response_type"), "code"))
    return "response_type";
  if (*get (request, "state") == '\0' || strlen (get (request, "state")) > STATE_MAX_BYTES)
    return "state";
  /* As twitter-api-v2 writes it, too */
  if (g_ascii_strcasecmp (get (request, "code_challenge_method"), "S256") != 0)
    return "code_challenge_method";
  if (strlen (get (request, "code_challenge")) != CHALLENGE_LENGTH)
    return "code_challenge";
  if (!knows_scopes (get (request, "scope")))
    return "scope";

  return NULL;
}

/* Returns (transfer full): where the browser goes, with what the person has said */
static char *
make_way_back (HeraldDemoXRequest *request)
{
  gint64 life_s = CODE_LIFE_S;
  HeraldDemoXGrant *grant = NULL;
  g_autofree char *query = NULL;

  if (request->x->has_trait[HERALD_DEMO_X_DENIED])
    query = soup_form_encode ("error", "access_denied", "state", get (request, "state"), NULL);
  else
    {
      if (request->x->has_trait[HERALD_DEMO_X_CODE_LIFE])
        life_s = request->x->trait_s[HERALD_DEMO_X_CODE_LIFE];
      grant = g_rc_box_new0 (HeraldDemoXGrant);
      grant->client = g_strdup (get (request, "client_id"));
      grant->scope = g_strdup (get (request, "scope"));
      grant->redirect = g_strdup (get (request, "redirect_uri"));
      grant->challenge = g_strdup (get (request, "code_challenge"));
      query = soup_form_encode ("state", get (request, "state"), "code",
                                herald_demo_x_issue (request->x, grant, HERALD_DEMO_X_CODE, life_s), NULL);
      herald_demo_x_grant_unref (grant);
    }

  return g_strconcat (get (request, "redirect_uri"), "?", query, NULL);
}

static void
answer_page (HeraldDemoXRequest *request,
             const char         *way)
{
  g_autofree char *escaped = g_markup_escape_text (way, -1);
  g_autofree char *page = g_strdup_printf ("<!DOCTYPE html>\n<html><head><title>X</title></head><body>"
                                           "<a id=\"allow\" href=\"%s\">Authorize app</a></body></html>\n", escaped);

  herald_demo_x_answer_text (request, 200, "text/html; charset=utf-8", page);
}

/* The person allows it at once, unless `login-page` asks for a click. A question that is wrong leads nowhere. */
void
herald_demo_x_get_authorize (HeraldDemoXRequest *request)
{
  const char *fault = find_fault (request);
  g_autofree char *way = NULL;

  if (fault != NULL)
    {
      herald_demo_x_answer_invalid (request, fault, "Something went wrong. You weren't able to give access to the App.");
      return;
    }

  way = make_way_back (request);
  if (request->x->has_trait[HERALD_DEMO_X_LOGIN_PAGE])
    answer_page (request, way);
  else
    soup_server_message_set_redirect (request->message, 302, way);
}
