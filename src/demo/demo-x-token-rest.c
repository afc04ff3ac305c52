/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-token-rest"

#include "demo/demo-x-tokens.h"

#include <string.h>

#include "core/base/json-reader.h"

#define ACCESS_LIFE_S 7200
#define REFRESH_LIFE_S (180 * 24 * 3600)

static void
answer_error (HeraldDemoXRequest *request,
              guint               status,
              const char         *error,
              const char         *words)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "error", error);
  json_object_set_string_member (object, "error_description", words);
  herald_demo_x_remember (request, words);
  herald_demo_x_answer_take (request, status, object);
}

/* Returns (transfer full) (nullable): name and password of HTTP Basic, in the form of RFC 6749 section 2.3.1 */
static char *
read_basic (HeraldDemoXRequest *request)
{
  const char *header = soup_message_headers_get_one (soup_server_message_get_request_headers (request->message),
                                                     "Authorization");
  g_autofree guchar *pair = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (header == NULL || !g_str_has_prefix (header, "Basic "))
    return NULL;

  pair = g_base64_decode (header + strlen ("Basic "), &length);
  text = g_strndup ((const char *) pair, length);

  return g_uri_unescape_string (text, NULL);
}

/* (nullable): which app asks. A public one names itself in the form, the other has a password. */
static const char *
find_client (HeraldDemoXRequest *request,
             GHashTable         *form)
{
  g_autofree char *basic = read_basic (request);

  if (basic != NULL)
    return g_str_equal (basic, HERALD_DEMO_X_WEB_CLIENT_ID ":" HERALD_DEMO_X_WEB_CLIENT_SECRET)
               ? HERALD_DEMO_X_WEB_CLIENT_ID
               : NULL;

  return g_strcmp0 (g_hash_table_lookup (form, "client_id"), HERALD_DEMO_X_CLIENT_ID) == 0 ? HERALD_DEMO_X_CLIENT_ID
                                                                                           : NULL;
}

static gboolean
is_verified (const HeraldDemoXGrant *grant,
             const char             *verifier)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *encoded = NULL;

  if (verifier == NULL || strlen (verifier) < 43 || strlen (verifier) > 128)
    return FALSE;

  g_checksum_update (sum, (const guchar *) verifier, -1);
  g_checksum_get_digest (sum, digest, &length);
  encoded = g_base64_encode (digest, length);
  g_strdelimit (encoded, "+", '-');
  g_strdelimit (encoded, "/", '_');
  g_strdelimit (encoded, "=", '\0');

  return g_str_equal (encoded, grant->challenge);
}

/* (nullable): what is wrong with the exchange of a code */
static const char *
find_fault_of_exchange (const HeraldDemoXToken *code,
                        GHashTable             *form,
                        const char             *client)
{
  if (code == NULL || !g_str_equal (code->grant->client, client))
    return "Value passed for the authorization code was invalid.";
  if (g_strcmp0 (g_hash_table_lookup (form, "redirect_uri"), code->grant->redirect) != 0)
    return "Value passed for the redirect uri did not match the uri of the authorization code.";
  if (!is_verified (code->grant, g_hash_table_lookup (form, "code_verifier")))
    return "Value passed for the code verifier did not match the code challenge.";

  return NULL;
}

static void
answer_tokens (HeraldDemoXRequest *request,
               HeraldDemoXGrant   *grant)
{
  HeraldDemoX *x = request->x;
  gint64 life_s = x->has_trait[HERALD_DEMO_X_TOKEN_LIFE] ? x->trait_s[HERALD_DEMO_X_TOKEN_LIFE] : ACCESS_LIFE_S;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "token_type", "bearer");
  json_object_set_int_member (object, "expires_in", life_s);
  json_object_set_string_member (object, "access_token", herald_demo_x_issue (x, grant, HERALD_DEMO_X_ACCESS, life_s));
  json_object_set_string_member (object, "scope", grant->scope);
  if (strstr (grant->scope, "offline.access") != NULL)
    json_object_set_string_member (object, "refresh_token",
                                   herald_demo_x_issue (x, grant, HERALD_DEMO_X_REFRESH, REFRESH_LIFE_S));
  herald_demo_x_answer_take (request, 200, object);
}

/* Returns (transfer full): a form, as RFC 6749 has it; or JSON, as twitter-api-v2 sends it */
static GHashTable *
read_form (HeraldDemoXRequest *request)
{
  g_autoptr(GList) members = request->json != NULL ? json_object_get_members (request->json) : NULL;
  GHashTable *form = NULL;
  g_autofree char *body = NULL;

  if (request->json == NULL)
    {
      body = g_strndup (g_bytes_get_data (request->bytes, NULL), g_bytes_get_size (request->bytes));

      return soup_form_decode (body);
    }

  form = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (GList *item = members; item != NULL; item = item->next)
    {
      const char *value = NULL;

      if (herald_json_get_string (request->json, item->data, &value))
        g_hash_table_insert (form, g_strdup (item->data), g_strdup (value));
    }

  return form;
}

void
herald_demo_x_post_token (HeraldDemoXRequest *request)
{
  g_autoptr(GHashTable) form = read_form (request);
  const char *type = g_hash_table_lookup (form, "grant_type");
  const char *client = find_client (request, form);
  const char *fault = NULL;
  HeraldDemoXToken *token = NULL;

  if (client == NULL)
    {
      answer_error (request, 401, "unauthorized_client", "Missing valid authorization header");
      return;
    }
  if (g_strcmp0 (type, "authorization_code") == 0)
    {
      token = herald_demo_x_use (request->x, g_hash_table_lookup (form, "code"), HERALD_DEMO_X_CODE);
      fault = find_fault_of_exchange (token, form, client);
    }
  else if (g_strcmp0 (type, "refresh_token") == 0)
    {
      token = herald_demo_x_use (request->x, g_hash_table_lookup (form, "refresh_token"), HERALD_DEMO_X_REFRESH);
      if (token == NULL || !g_str_equal (token->grant->client, client))
        fault = "Value passed for the token was invalid.";
    }
  else
    fault = "Missing required parameter [grant_type].";

  if (fault != NULL)
    answer_error (request, 400, "invalid_request", fault);
  else
    answer_tokens (request, token->grant);
}

void
herald_demo_x_post_revoke (HeraldDemoXRequest *request)
{
  g_autoptr(GHashTable) form = read_form (request);
  JsonObject *object = NULL;

  if (find_client (request, form) == NULL)
    {
      answer_error (request, 401, "unauthorized_client", "Missing valid authorization header");
      return;
    }

  herald_demo_x_revoke (request->x, g_hash_table_lookup (form, "token"));
  object = json_object_new ();
  json_object_set_boolean_member (object, "revoked", TRUE);
  herald_demo_x_answer_take (request, 200, object);
}
