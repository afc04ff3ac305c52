/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-oauth1"

#include "core/net/oauth1.h"

#include <string.h>
#include <sys/random.h>

#define DIGEST_BYTES 20
#define NONCE_BYTES 16
#define NONCE_CHARS (2 * NONCE_BYTES)

/* A byte becomes at most “%XX”. */
#define ENCODED_BYTES_MAX 3

/* Enough for a request of ours without growing */
#define BASE_BYTES 1024

/* A pair that is signed: encoded, as it is sorted by that. */
typedef struct
{
  char *name;
  char *value;
} Parameter;

static void
parameter_clear (gpointer element)
{
  Parameter *parameter = element;

  g_free (parameter->name);
  g_free (parameter->value);
}

static gint
compare_parameters (gconstpointer first,
                    gconstpointer second)
{
  const Parameter *one = first;
  const Parameter *other = second;
  int order = strcmp (one->name, other->name);

  return order != 0 ? order : strcmp (one->value, other->value);
}

/* RFC 5849 section 3.6. Unlike GLib's escaping it moves nothing about: room for what is secret is made before. */
static void
append_encoded (GString      *out,
                const guchar *bytes,
                gsize         length)
{
  static const char hex[] = "0123456789ABCDEF";

  for (gsize i = 0; i < length; i++)
    {
      guchar c = bytes[i];

      if (g_ascii_isalnum (c) || c == '-' || c == '.' || c == '_' || c == '~')
        {
          g_string_append_c (out, (char) c);
          continue;
        }
      g_string_append_c (out, '%');
      g_string_append_c (out, hex[c >> 4]);
      g_string_append_c (out, hex[c & 0xF]);
    }
}

static void
append_encoded_text (GString    *out,
                     const char *text)
{
  append_encoded (out, (const guchar *) text, strlen (text));
}

static char *
encode (const char *text)
{
  GString *out = g_string_sized_new (strlen (text) * ENCODED_BYTES_MAX);

  append_encoded_text (out, text);

  return g_string_free (out, FALSE);
}

/* Part of a query that could be parsed: its own encoding taken off (there a plus is a space), ours put on. */
static char *
encode_anew (const char *text,
             gsize       length)
{
  g_autofree char *spaced = g_strdelimit (g_strndup (text, length), "+", ' ');
  g_autoptr(GBytes) decoded = g_uri_unescape_bytes (spaced, (gssize) length, NULL, NULL);
  GString *out = g_string_sized_new (length);
  gsize n_bytes = 0;
  const guchar *bytes = g_bytes_get_data (decoded, &n_bytes);

  append_encoded (out, bytes, n_bytes);

  return g_string_free (out, FALSE);
}

static void
add_query (GArray     *parameters,
           const char *query)
{
  while (*query != '\0')
    {
      gsize length = strcspn (query, "&");
      gsize name_length = MIN (strcspn (query, "="), length);
      gsize value_at = MIN (name_length + 1, length);

      if (length > 0)
        {
          Parameter parameter = { .name = encode_anew (query, name_length),
                                  .value = encode_anew (query + value_at, length - value_at) };

          g_array_append_val (parameters, parameter);
        }
      query += length;
      query += *query == '&' ? 1 : 0;
    }
}

static void
add_pairs (GArray            *parameters,
           const char *const *pairs)
{
  for (gsize i = 0; pairs != NULL && pairs[i] != NULL; i += 2)
    {
      Parameter parameter = { .name = encode (pairs[i]), .value = encode (pairs[i + 1]) };

      g_array_append_val (parameters, parameter);
    }
}

/* RFC 5849 section 3.4.1.2: in small letters, without the port everybody has, and without the query */
static void
append_address (GString *base,
                GUri    *uri)
{
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  gboolean is_ipv6 = strchr (host, ':') != NULL;
  gboolean is_https = g_str_equal (g_uri_get_scheme (uri), "https");
  int port = g_uri_get_port (uri);
  g_autofree char *suffix = NULL;
  g_autofree char *address = NULL;

  if (port > 0 && port != (is_https ? 443 : 80))
    suffix = g_strdup_printf (":%d", port);
  address = g_strconcat (g_uri_get_scheme (uri), "://", is_ipv6 ? "[" : "", host, is_ipv6 ? "]" : "",
                         suffix != NULL ? suffix : "", *g_uri_get_path (uri) != '\0' ? g_uri_get_path (uri) : "/", NULL);
  append_encoded_text (base, address);
}

/* RFC 5849 section 3.4.1.3.2: sorted, joined, and encoded once more */
static void
append_parameters (GString           *base,
                   const char        *query,
                   const char *const *pairs)
{
  g_autoptr(GArray) parameters = g_array_new (FALSE, FALSE, sizeof (Parameter));

  g_array_set_clear_func (parameters, parameter_clear);
  if (query != NULL)
    add_query (parameters, query);
  add_pairs (parameters, pairs);
  g_array_sort (parameters, compare_parameters);

  for (guint i = 0; i < parameters->len; i++)
    {
      const Parameter *parameter = &g_array_index (parameters, Parameter, i);

      if (i > 0)
        append_encoded_text (base, "&");
      append_encoded_text (base, parameter->name);
      append_encoded_text (base, "=");
      append_encoded_text (base, parameter->value);
    }
}

/* RFC 5849 section 3.4.1.1; NULL if @url is none */
static GString *
make_base (const char        *method,
           const char        *url,
           const char *const *pairs)
{
  g_autoptr(GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  g_autofree char *verb = g_ascii_strup (method, -1);
  GString *base;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return NULL;

  base = g_string_sized_new (BASE_BYTES);
  append_encoded_text (base, verb);
  g_string_append_c (base, '&');
  append_address (base, uri);
  g_string_append_c (base, '&');
  append_parameters (base, g_uri_get_query (uri), pairs);

  return base;
}

/* RFC 5849 section 3.4.2 */
static char *
make_signature (GString                *base,
                const HeraldOauth1Keys *keys)
{
  const char *token_secret = keys->token_secret != NULL ? keys->token_secret : "";
  gsize room = (strlen (keys->consumer_secret) + strlen (token_secret)) * ENCODED_BYTES_MAX + 2;
  GString *key = g_string_sized_new (room);
  guint8 digest[DIGEST_BYTES] = { 0 };
  gsize length = sizeof digest;
  GHmac *hmac;

  append_encoded_text (key, keys->consumer_secret);
  g_string_append_c (key, '&');
  append_encoded_text (key, token_secret);

  hmac = g_hmac_new (G_CHECKSUM_SHA1, (const guchar *) key->str, key->len);
  g_hmac_update (hmac, (const guchar *) base->str, (gssize) base->len);
  g_hmac_get_digest (hmac, digest, &length);
  g_hmac_unref (hmac);

  explicit_bzero (key->str, key->allocated_len);
  g_string_free (key, TRUE);

  return g_base64_encode (digest, length);
}

/**
 * herald_oauth1_sign:
 * @method: of HTTP
 * @url: absolute, as it is requested
 * @parameters: (nullable) (array zero-terminated=1): names and values by turns, decoded: the `oauth_*` ones, and those of
 *   a body that is a form
 *
 * Signs a request with HMAC-SHA1 (RFC 5849 section 3.4; erratum 2550 has the right example).
 *
 * Returns: (transfer full) (nullable): the signature in Base64; %NULL if @url is no address
 */
char *
herald_oauth1_sign (const char             *method,
                    const char             *url,
                    const char *const      *parameters,
                    const HeraldOauth1Keys *keys)
{
  GString *base;
  char *signature;

  g_return_val_if_fail (method != NULL && url != NULL && keys != NULL && keys->consumer_secret != NULL, NULL);

  base = make_base (method, url, parameters);
  if (base == NULL)
    return NULL;
  signature = make_signature (base, keys);
  g_string_free (base, TRUE);

  return signature;
}

static void
append_field (GString    *header,
              const char *name,
              const char *value)
{
  g_string_append (header, name);
  g_string_append (header, "=\"");
  append_encoded_text (header, value);
  g_string_append_c (header, '"');
}

/**
 * herald_oauth1_make_header:
 * @method: of HTTP
 * @url: absolute, as it is requested
 * @nonce: another one at each attempt
 * @timestamp_s: now, seconds since 1970
 *
 * Signs a request whose body is not signed, as JSON and multipart bodies are not (RFC 5849 section 3.4.1.3.1).
 *
 * Returns: (transfer full) (nullable): the value of the header Authorization (section 3.5.1); a secret until @nonce is
 *   used. %NULL if @url is no address
 */
char *
herald_oauth1_make_header (const char             *method,
                           const char             *url,
                           const HeraldOauth1Keys *keys,
                           const char             *nonce,
                           gint64                  timestamp_s)
{
  g_autofree char *timestamp = g_strdup_printf ("%" G_GINT64_FORMAT, timestamp_s);
  gboolean has_token = keys->token != NULL && *keys->token != '\0';
  const char *parameters[] = {
    "oauth_consumer_key", keys->consumer_key,
    "oauth_nonce", nonce,
    "oauth_signature_method", "HMAC-SHA1",
    "oauth_timestamp", timestamp,
    "oauth_version", "1.0",
    has_token ? "oauth_token" : NULL, keys->token,
    NULL,
  };
  g_autofree char *signature = herald_oauth1_sign (method, url, parameters, keys);
  GString *header;

  if (signature == NULL)
    return NULL;

  header = g_string_new ("OAuth ");
  for (guint i = 0; parameters[i] != NULL; i += 2)
    {
      append_field (header, parameters[i], parameters[i + 1]);
      g_string_append (header, ", ");
    }
  append_field (header, "oauth_signature", signature);

  return g_string_free (header, FALSE);
}

/**
 * herald_oauth1_make_nonce:
 *
 * Returns: (transfer full): letters and digits that no other request has
 */
char *
herald_oauth1_make_nonce (void)
{
  guchar random[NONCE_BYTES] = { 0 };
  GString *nonce = g_string_sized_new (NONCE_CHARS);

  if (getrandom (random, sizeof random, 0) != sizeof random)
    g_error ("there is no source of random numbers");

  for (guint i = 0; i < NONCE_BYTES; i++)
    g_string_append_printf (nonce, "%02x", random[i]);

  return g_string_free (nonce, FALSE);
}
