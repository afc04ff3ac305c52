/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-oauth1"

#include "core/net/oauth1.h"

#include <string.h>

#define PARAMETERS_MAX 24

/* Signatures that others have printed: X's page "Creating a signature" (the last of its three belongs to an address that
 * X has used before), RFC 5849 section 1.2, and OAuth Core 1.0a appendix A.5. */
typedef struct
{
  const char *name;
  const char *method;
  const char *url;
  HeraldOauth1Keys keys;
  const char *parameters[PARAMETERS_MAX];
  const char *signature;
} Vector;

#define X_KEYS \
  { "xvz1evFS4wEEPTGEFPHBog", "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw", \
    "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb", "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE" }
#define X_PARAMETERS \
  { "status", "Hello Ladies + Gentlemen, a signed OAuth request!", \
    "oauth_version", "1.0", \
    "oauth_consumer_key", "xvz1evFS4wEEPTGEFPHBog", \
    "oauth_nonce", "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg", \
    "oauth_signature_method", "HMAC-SHA1", \
    "oauth_timestamp", "1318622958", \
    "oauth_token", "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb", NULL }
#define PHOTOS_URL "http://photos.example.net/photos?file=vacation.jpg&size=original"
#define PHOTOS_KEYS { "dpf43f3p2l4k3l03", "kd94hf93k423kf44", "nnch734d00sl2jdk", "pfkkdhi9sl3r4s00" }

static const Vector vectors[] = {
  { "x", "POST", "https://api.x.com/1.1/statuses/update.json?include_entities=true", X_KEYS, X_PARAMETERS,
    "Ls93hJiZbQ3akF3HF3x1Bz8/zU4=" },
  { "x-twitter", "POST", "https://api.twitter.com/1.1/statuses/update.json?include_entities=true", X_KEYS, X_PARAMETERS,
    "hCtSmYh+iHYCEqBWrE7C7hYmtUk=" },
  { "x-old", "post", "HTTPS://API.Twitter.com:443/1/statuses/update.json?include_entities=true", X_KEYS, X_PARAMETERS,
    "tnnArxj06cWHq44gCs1OSKk/jLY=" },
  { "rfc-initiate", "POST", "https://photos.example.net/initiate",
    { "dpf43f3p2l4k3l03", "kd94hf93k423kf44", NULL, NULL },
    { "oauth_consumer_key", "dpf43f3p2l4k3l03", "oauth_signature_method", "HMAC-SHA1", "oauth_timestamp", "137131200",
      "oauth_nonce", "wIjqoS", "oauth_callback", "http://printer.example.com/ready", NULL },
    "74KNZJeDHnMBp0EMJ9ZHt/XKycU=" },
  { "rfc-token", "POST", "https://photos.example.net/token",
    { "dpf43f3p2l4k3l03", "kd94hf93k423kf44", "hh5s93j4hdidpola", "hdhd0244k9j7ao03" },
    { "oauth_consumer_key", "dpf43f3p2l4k3l03", "oauth_token", "hh5s93j4hdidpola", "oauth_signature_method", "HMAC-SHA1",
      "oauth_timestamp", "137131201", "oauth_nonce", "walatlh", "oauth_verifier", "hfdp7dh39dks9884", NULL },
    "gKgrFCywp7rO0OXSjdot/IHF7IU=" },
  { "rfc-photos", "GET", PHOTOS_URL, PHOTOS_KEYS,
    { "oauth_consumer_key", "dpf43f3p2l4k3l03", "oauth_token", "nnch734d00sl2jdk", "oauth_signature_method", "HMAC-SHA1",
      "oauth_timestamp", "137131202", "oauth_nonce", "chapoH", NULL },
    "MdpQcU8iPSUjWoN/UDMsK2sui9I=" },
  { "core-photos", "GET", PHOTOS_URL, PHOTOS_KEYS,
    { "oauth_consumer_key", "dpf43f3p2l4k3l03", "oauth_token", "nnch734d00sl2jdk", "oauth_signature_method", "HMAC-SHA1",
      "oauth_timestamp", "1191242096", "oauth_nonce", "kllo9940pd9333jh", "oauth_version", "1.0", NULL },
    "tR3+Ty81lMeYAr/Fid0kMTYa/WM=" },
};

static void
test_signs_as_printed (gconstpointer user_data)
{
  const Vector *vector = user_data;
  g_autofree char *signature = herald_oauth1_sign (vector->method, vector->url, vector->parameters, &vector->keys);

  g_assert_cmpstr (signature, ==, vector->signature);
}

/* RFC 5849 section 3.4.1.1 with erratum 2550: a name twice, a name without a value, an encoded equals sign, a port that
 * goes without saying */
static void
test_base_string_is_that_of_the_rfc (void)
{
  const HeraldOauth1Keys keys = { "9djdj82h48djs9d2", "j49sk3j29djd", "kkk9d7dh3k39sjv7", "dh893hdasih9" };
  const char *const base = "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D"
                           "%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a"
                           "%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201"
                           "%26oauth_token%3Dkkk9d7dh3k39sjv7";
  const char *const parameters[] = { "oauth_consumer_key", "9djdj82h48djs9d2", "oauth_token", "kkk9d7dh3k39sjv7",
                                     "oauth_signature_method", "HMAC-SHA1", "oauth_timestamp", "137131201",
                                     "oauth_nonce", "7d8f3e4a", "c2", "", "a3", "2 q", NULL };
  g_autofree char *signature = herald_oauth1_sign ("POST", "http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b",
                                                   parameters, &keys);
  g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA1, (const guchar *) "j49sk3j29djd&dh893hdasih9", 25);
  g_autofree char *expected = NULL;
  guint8 digest[20] = { 0 };
  gsize length = sizeof digest;

  g_hmac_update (hmac, (const guchar *) base, -1);
  g_hmac_get_digest (hmac, digest, &length);
  expected = g_base64_encode (digest, length);

  g_assert_cmpstr (signature, ==, expected);
  g_assert_cmpstr (signature, ==, "r6/TJjbCOr97/+UU0NsvSne7s5g=");
}

/* A port that is not the usual one belongs to the address, as has a stand-in's. */
static void
test_port_is_signed (void)
{
  const HeraldOauth1Keys keys = X_KEYS;
  g_autofree char *without = herald_oauth1_sign ("GET", "http://127.0.0.1/2/users/me", NULL, &keys);
  g_autofree char *usual = herald_oauth1_sign ("GET", "http://127.0.0.1:80/2/users/me", NULL, &keys);
  g_autofree char *other = herald_oauth1_sign ("GET", "http://127.0.0.1:8080/2/users/me", NULL, &keys);

  g_assert_cmpstr (without, ==, usual);
  g_assert_cmpstr (without, !=, other);
}

static char *
dup_field (const char *header,
           const char *name)
{
  g_autofree char *pattern = g_strconcat ("(?:^OAuth |, )", name, "=\"([^\"]*)\"", NULL);
  g_autoptr(GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;

  if (!g_regex_match (regex, header, 0, &match))
    return NULL;

  return g_match_info_fetch (match, 1);
}

static void
test_header_says_what_is_signed (void)
{
  const HeraldOauth1Keys keys = { "key with\n\"quotes\"", "a&b", "12-t", "ü" };
  const char *const parameters[] = { "oauth_consumer_key", keys.consumer_key, "oauth_nonce", "n1",
                                     "oauth_signature_method", "HMAC-SHA1", "oauth_timestamp", "1318622958",
                                     "oauth_version", "1.0", "oauth_token", "12-t", NULL };
  const char *const url = "https://api.x.com/2/media/upload?command=STATUS&media_id=1";
  g_autofree char *header = herald_oauth1_make_header ("GET", url, &keys, "n1", 1318622958);
  g_autofree char *signature = herald_oauth1_sign ("GET", url, parameters, &keys);
  g_autofree char *escaped = g_uri_escape_string (signature, NULL, FALSE);
  g_autofree char *signed_as = dup_field (header, "oauth_signature");
  g_autofree char *consumer = dup_field (header, "oauth_consumer_key");
  g_autofree char *token = dup_field (header, "oauth_token");

  g_assert_cmpstr (signed_as, ==, escaped);
  g_assert_cmpstr (consumer, ==, "key%20with%0A%22quotes%22");
  g_assert_cmpstr (token, ==, "12-t");
  g_assert_null (strchr (header, '\n'));
  g_assert_null (strstr (header, "a&b"));
}

static void
test_without_a_token_none_is_named (void)
{
  const HeraldOauth1Keys keys = { "key", "secret", "", "" };
  g_autofree char *header = herald_oauth1_make_header ("POST", "https://api.x.com/oauth/request_token", &keys, "n", 1);
  g_autofree char *token = dup_field (header, "oauth_token");

  g_assert_nonnull (header);
  g_assert_null (token);
}

static void
test_what_is_no_address_is_not_signed (void)
{
  const HeraldOauth1Keys keys = X_KEYS;

  g_assert_null (herald_oauth1_sign ("GET", "no address", NULL, &keys));
  g_assert_null (herald_oauth1_sign ("GET", "file:/etc/passwd", NULL, &keys));
  g_assert_null (herald_oauth1_make_header ("GET", "https://", &keys, "n", 1));
}

/* Whoever checks a signature gets what strangers write: two that differ are signed differently. */
static void
test_query_of_a_stranger (void)
{
  const HeraldOauth1Keys keys = X_KEYS;
  g_autofree char *broken = herald_oauth1_sign ("GET", "http://127.0.0.1/?a=%zz", NULL, &keys);
  g_autofree char *odd = herald_oauth1_sign ("GET", "http://127.0.0.1/?&=&a&&b==&", NULL, &keys);
  g_autofree char *null = herald_oauth1_sign ("GET", "http://127.0.0.1/?a=%00x", NULL, &keys);
  g_autofree char *shorter = herald_oauth1_sign ("GET", "http://127.0.0.1/?a=", NULL, &keys);

  g_assert_null (broken);
  g_assert_nonnull (odd);
  g_assert_cmpstr (null, !=, shorter);
}

static void
test_nonces_differ (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 10000; i++)
    {
      char *nonce = herald_oauth1_make_nonce ();

      g_assert_cmpuint (strlen (nonce), >=, 16);
      g_assert_cmpuint (strspn (nonce, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"), ==, strlen (nonce));
      g_assert_true (g_hash_table_add (seen, nonce));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth1/printed/", vectors[i].name, NULL);

      g_test_add_data_func (path, &vectors[i], test_signs_as_printed);
    }
  g_test_add_func ("/oauth1/base-string", test_base_string_is_that_of_the_rfc);
  g_test_add_func ("/oauth1/port", test_port_is_signed);
  g_test_add_func ("/oauth1/header", test_header_says_what_is_signed);
  g_test_add_func ("/oauth1/no-token", test_without_a_token_none_is_named);
  g_test_add_func ("/oauth1/no-address", test_what_is_no_address_is_not_signed);
  g_test_add_func ("/oauth1/stranger", test_query_of_a_stranger);
  g_test_add_func ("/oauth1/nonces", test_nonces_differ);

  return g_test_run ();
}
