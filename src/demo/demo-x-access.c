/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-access"

#include "demo/demo-x-tokens.h"

#include <string.h>

#include "core/net/oauth1.h"

/* X's clock and that of who signs may differ by so much. */
#define SKEW_MAX_S 300
#define PARAMETERS_MAX 16

static const HeraldOauth1Keys keys = {
  .consumer_key = HERALD_DEMO_X_API_KEY,
  .consumer_secret = HERALD_DEMO_X_API_SECRET,
  .token = HERALD_DEMO_X_ACCESS_TOKEN,
  .token_secret = HERALD_DEMO_X_ACCESS_SECRET,
};

/* One `name="value"`, percent-encoded (RFC 5849 section 3.5.1) */
static gboolean
read_pair (const char *pair,
           GHashTable *parameters)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (pair));
  char *equals = strchr (trimmed, '=');
  gsize length = equals != NULL ? strlen (equals + 1) : 0;
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;

  if (length < 2 || equals[1] != '"' || equals[length] != '"')
    return FALSE;

  equals[length] = '\0';
  *equals = '\0';
  name = g_uri_unescape_string (trimmed, NULL);
  value = g_uri_unescape_string (equals + 2, NULL);
  if (name == NULL || value == NULL || g_hash_table_contains (parameters, name))
    return FALSE;

  g_hash_table_insert (parameters, g_steal_pointer (&name), g_steal_pointer (&value));

  return TRUE;
}

/* Returns (transfer full) (nullable) */
static GHashTable *
read_header (const char *header)
{
  g_autoptr(GHashTable) parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto(GStrv) pairs = g_strsplit (header + strlen ("OAuth "), ",", PARAMETERS_MAX);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      if (!read_pair (pairs[i], parameters))
        return NULL;
    }

  return g_steal_pointer (&parameters);
}

/* Returns (transfer full): what is signed beside the address, in pairs. Only a form is signed with its body. */
static GPtrArray *
collect_signed (HeraldDemoXRequest *request,
                GHashTable         *parameters,
                GHashTable         *form)
{
  GPtrArray *pairs = g_ptr_array_new ();
  GHashTable *tables[] = { parameters, form };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      GHashTableIter iter;
      gpointer name = NULL;
      gpointer value = NULL;

      if (tables[i] == NULL)
        continue;
      g_hash_table_iter_init (&iter, tables[i]);
      while (g_hash_table_iter_next (&iter, &name, &value))
        {
          if (g_str_equal (name, "oauth_signature") || g_str_equal (name, "realm"))
            continue;
          g_ptr_array_add (pairs, name);
          g_ptr_array_add (pairs, value);
        }
    }
  g_ptr_array_add (pairs, NULL);

  return pairs;
}

static gboolean
is_signed (HeraldDemoXRequest *request,
           GHashTable         *parameters)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  g_autofree char *url = g_uri_to_string (soup_server_message_get_uri (request->message));
  g_autoptr(GHashTable) form = NULL;
  g_autoptr(GPtrArray) pairs = NULL;
  g_autofree char *expected = NULL;

  if (g_strcmp0 (soup_message_headers_get_content_type (headers, NULL), SOUP_FORM_MIME_TYPE_URLENCODED) == 0)
    {
      g_autofree char *body = g_strndup (g_bytes_get_data (request->bytes, NULL), g_bytes_get_size (request->bytes));

      form = soup_form_decode (body);
    }
  pairs = collect_signed (request, parameters, form);
  expected = herald_oauth1_sign (soup_server_message_get_method (request->message), url,
                                 (const char *const *) pairs->pdata, &keys);

  return g_strcmp0 (expected, g_hash_table_lookup (parameters, "oauth_signature")) == 0;
}

/* (nullable): what is wrong with the moment or the nonce; each nonce is good once (RFC 5849 section 3.3). */
static const char *
find_fault_of_moment (HeraldDemoXRequest *request,
                      GHashTable         *parameters)
{
  GHashTable *nonces = request->x->nonces;
  const char *stamp = g_hash_table_lookup (parameters, "oauth_timestamp");
  const char *nonce = g_hash_table_lookup (parameters, "oauth_nonce");
  gint64 now_s = herald_demo_x_get_now_s (request->x);
  GHashTableIter iter;
  gpointer then = NULL;
  gint64 stamp_s = 0;

  if (stamp == NULL || !g_ascii_string_to_signed (stamp, 10, 0, G_MAXINT64, &stamp_s, NULL))
    return "oauth_timestamp is no number";
  if (ABS (now_s - stamp_s) > SKEW_MAX_S)
    return "oauth_timestamp is more than five minutes away from now";
  if (nonce == NULL || *nonce == '\0')
    return "oauth_nonce is missing";
  if (g_hash_table_contains (nonces, nonce))
    return "oauth_nonce was used before";

  g_hash_table_iter_init (&iter, nonces);
  while (g_hash_table_size (nonces) > 10000 && g_hash_table_iter_next (&iter, NULL, &then))
    {
      if (ABS (now_s - *(gint64 *) then) > SKEW_MAX_S)
        g_hash_table_iter_remove (&iter);
    }
  g_hash_table_insert (nonces, g_strdup (nonce), g_memdup2 (&stamp_s, sizeof stamp_s));

  return NULL;
}

/* (nullable): why a signature (RFC 5849) does not count */
static const char *
find_fault (HeraldDemoXRequest *request,
            const char         *header)
{
  g_autoptr(GHashTable) parameters = read_header (header);
  const char *version = NULL;

  if (parameters == NULL)
    return "the header Authorization cannot be read";
  version = g_hash_table_lookup (parameters, "oauth_version");
  if (version != NULL && !g_str_equal (version, "1.0"))
    return "oauth_version is not 1.0";
  if (g_strcmp0 (g_hash_table_lookup (parameters, "oauth_signature_method"), "HMAC-SHA1") != 0)
    return "oauth_signature_method is not HMAC-SHA1";
  if (g_strcmp0 (g_hash_table_lookup (parameters, "oauth_consumer_key"), keys.consumer_key) != 0)
    return "the API key is not known";
  if (g_strcmp0 (g_hash_table_lookup (parameters, "oauth_token"), keys.token) != 0)
    return "the access token is not known";
  if (!is_signed (request, parameters))
    return "the signature is wrong";

  return find_fault_of_moment (request, parameters);
}

static gboolean
is_in_scope (const char *granted,
             const char *needed)
{
  g_auto(GStrv) have = g_strsplit (granted, " ", -1);
  g_auto(GStrv) need = g_strsplit (needed, " ", -1);

  for (guint i = 0; need[i] != NULL; i++)
    {
      if (!g_strv_contains ((const char *const *) have, need[i]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
let_bearer_in (HeraldDemoXRequest *request,
               const char         *words)
{
  HeraldDemoXToken *token = herald_demo_x_use (request->x, words, HERALD_DEMO_X_ACCESS);

  if (g_str_equal (words, HERALD_DEMO_X_APP_BEARER))
    herald_demo_x_answer_problem (request, 403, "https://api.x.com/2/problems/unsupported-authentication",
                                  "Unsupported Authentication",
                                  "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.");
  else if (token == NULL)
    herald_demo_x_refuse (request, "the Bearer token is not good, or not any more");
  else if (!is_in_scope (token->grant->scope, request->row->scope))
    herald_demo_x_answer_problem (request, 403, "about:blank", "Forbidden", "Forbidden");
  else
    return TRUE;

  return FALSE;
}

static gboolean
let_signer_in (HeraldDemoXRequest *request,
               const char         *header)
{
  const char *fault = find_fault (request, header);

  if (fault != NULL)
    {
      herald_demo_x_refuse (request, fault);
      return FALSE;
    }
  if (!request->x->has_trait[HERALD_DEMO_X_READ_ONLY] || strstr (request->row->scope, ".write") == NULL)
    return TRUE;

  herald_demo_x_answer_problem (request, 403, "https://api.x.com/2/problems/oauth1-permissions", "Forbidden",
                                "Your client app is not configured with the appropriate oauth1 app permissions for this "
                                "endpoint.");

  return FALSE;
}

/* Whether who asks may; has answered if not. */
gboolean
herald_demo_x_let_in (HeraldDemoXRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *header = soup_message_headers_get_one (headers, "Authorization");

  if (request->x->has_trait[HERALD_DEMO_X_REVOKED])
    herald_demo_x_refuse (request, "the access was taken back");
  else if (header == NULL)
    herald_demo_x_refuse (request, "there is no header Authorization");
  else if (g_str_has_prefix (header, "Bearer "))
    return let_bearer_in (request, header + strlen ("Bearer "));
  else if (g_str_has_prefix (header, "OAuth "))
    return let_signer_in (request, header);
  else
    herald_demo_x_refuse (request, "the header Authorization is neither OAuth nor Bearer");

  return FALSE;
}
