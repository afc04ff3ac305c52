/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-pkce"

#include "core/net/pkce.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

/* RFC 7636 section 4.1 recommends 32 octets: 256 bits. */
#define SECRET_BYTES 32

/* RFC 4648 section 5, without padding */
static char *
encode_for_url (const guchar *data,
                gsize         length)
{
  char *text = g_base64_encode (data, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';

  return text;
}

char *
herald_pkce_make_secret (void)
{
  guchar random[SECRET_BYTES] = { 0 };
  char *secret;

  if (gnutls_rnd (GNUTLS_RND_KEY, random, sizeof random) != 0)
    g_error ("there is no source of random numbers");
  secret = encode_for_url (random, sizeof random);
  explicit_bzero (random, sizeof random);

  return secret;
}

char *
herald_pkce_make_challenge (const char *verifier)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guchar digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) verifier, -1);
  g_checksum_get_digest (checksum, digest, &length);

  return encode_for_url (digest, length);
}
