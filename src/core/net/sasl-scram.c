/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-sasl-scram"

#include "core/net/sasl-mechanism.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <string.h>

#include "core/base/error.h"
#include "core/net/sasl-name.h"

#define DIGEST_BYTES 32
#define NONCE_BYTES 24

/* RFC 7677 4: a server must ask for so many at least; with fewer, whoever pretends to be the server
 * could guess the password from our answer too easily. */
#define ITERATIONS_MIN 4096

/* Two thirds of a second on a desktop of 2026, some seconds on a small board, in a thread; a hostile server cannot
 * make it more. Servers ask for 4096 to 100000. */
#define ITERATIONS_MAX 1000000

/* Salts have 16 bytes or so. */
#define SALT_MAX_BYTES 1024

/* SCRAM-SHA-256 (RFC 5802, RFC 7677) without channel binding: neither side shows the password, both
 * prove that they know it. Whoever merely says yes is not believed. */

typedef guint8 Digest[DIGEST_BYTES];

/* What the server tells before it is shown anything. */
typedef struct
{
  char *nonce;
  guchar *salt;
  gsize salt_bytes;
  guint iterations;
} Terms;

static void
terms_clear (Terms *self)
{
  g_free (self->nonce);
  g_free (self->salt);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Terms, terms_clear)

static void
sign (const Digest  key,
      const char   *text,
      gsize         text_bytes,
      Digest        digest)
{
  g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, DIGEST_BYTES);
  gsize length = DIGEST_BYTES;

  g_hmac_update (hmac, (const guchar *) text, (gssize) text_bytes);
  g_hmac_get_digest (hmac, digest, &length);
}

static void
hash (const Digest key,
      Digest       digest)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = DIGEST_BYTES;

  g_checksum_update (checksum, key, DIGEST_BYTES);
  g_checksum_get_digest (checksum, digest, &length);
}

/* A name or password that cannot be prepared goes as it is: the server compares what it has been given. */
static char *
prepare (const char *text)
{
  char *prepared = herald_sasl_prepare (text);

  return prepared != NULL ? prepared : g_strdup (text);
}

static GString *
say_first (HeraldSasl *self)
{
  g_autofree char *user = prepare (self->user);
  g_autofree char *name = herald_sasl_name_escape (user);
  GString *answer = herald_sasl_answer_new ("n,,");

  if (self->nonce == NULL)
    {
      guchar random[NONCE_BYTES] = { 0 };

      if (gnutls_rnd (GNUTLS_RND_NONCE, random, sizeof random) != 0)
        g_error ("there is no source of random numbers");
      self->nonce = g_base64_encode (random, sizeof random);
    }

  self->transcript = herald_sasl_answer_new ("");
  g_string_append_printf (self->transcript, "n=%s,r=%s", name, self->nonce);

  return g_string_append (answer, self->transcript->str);
}

static gboolean
refuse_terms (const char  *message,
              GError     **error)
{
  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_UNTRUSTED, message);

  return FALSE;
}

static guchar *
decode_salt (const char *text,
             gsize      *length)
{
  g_autofree guchar *salt = g_base64_decode (text, length);
  g_autofree char *again = g_base64_encode (salt, *length);

  return *length > 0 && *length <= SALT_MAX_BYTES && g_str_equal (text, again) ? g_steal_pointer (&salt) : NULL;
}

/* r=NONCE,s=SALT,i=ITERATIONS in this order; what may follow is ignored (RFC 5802 5.1), but an m= in front is
 * something that must be understood. */
static gboolean
read_terms (HeraldSasl  *self,
            GString     *challenge,
            Terms       *terms,
            GError     **error)
{
  g_auto(GStrv) fields = g_strsplit (challenge->str, ",", 16);
  guint64 iterations = 0;

  if (challenge->len != strlen (challenge->str) || g_strv_length (fields) < 3 || !g_str_has_prefix (fields[0], "r=") ||
      !g_str_has_prefix (fields[1], "s=") || !g_str_has_prefix (fields[2], "i=") ||
      !g_ascii_string_to_unsigned (fields[2] + 2, 10, 1, G_MAXUINT64, &iterations, NULL))
    return herald_sasl_fail (error) != NULL;

  terms->salt = decode_salt (fields[1] + 2, &terms->salt_bytes);
  if (terms->salt == NULL)
    return herald_sasl_fail (error) != NULL;

  if (!g_str_has_prefix (fields[0] + 2, self->nonce) || g_str_equal (fields[0] + 2, self->nonce))
    return refuse_terms (_("The answer of the mail server was meant for somebody else, as if it were played back. "
                           "Nothing was sent."),
                         error);
  if (iterations < ITERATIONS_MIN)
    return refuse_terms (_("The mail server asks for a proof of the password that would be too easy to break. "
                           "Nothing was sent."),
                         error);
  if (iterations > ITERATIONS_MAX)
    return refuse_terms (_("The mail server asks for a proof of the password that takes this computer too long. "
                           "Nothing was sent."),
                         error);

  terms->nonce = g_strdup (fields[0] + 2);
  terms->iterations = (guint) iterations;

  return TRUE;
}

static gboolean
derive_key (const char  *password,
            const Terms *terms,
            Digest       key)
{
  g_autofree char *prepared = prepare (password);
  gnutls_datum_t secret = { (guchar *) prepared, (guint) strlen (prepared) };
  gnutls_datum_t salt = { terms->salt, (guint) terms->salt_bytes };
  int status = gnutls_pbkdf2 (GNUTLS_MAC_SHA256, &secret, &salt, terms->iterations, key, DIGEST_BYTES);

  herald_sasl_wipe (g_steal_pointer (&prepared));

  return status == 0;
}

/* RFC 5802 3. Overwrites the key. */
static void
make_proofs (HeraldSasl *self,
             Digest      key,
             Digest      client_proof)
{
  Digest client_key, stored_key, server_key, signature;

  sign (key, "Client Key", strlen ("Client Key"), client_key);
  hash (client_key, stored_key);
  sign (stored_key, self->transcript->str, self->transcript->len, signature);
  for (guint i = 0; i < DIGEST_BYTES; i++)
    client_proof[i] = client_key[i] ^ signature[i];

  sign (key, "Server Key", strlen ("Server Key"), server_key);
  sign (server_key, self->transcript->str, self->transcript->len, signature);
  self->proof = g_base64_encode (signature, DIGEST_BYTES);

  explicit_bzero (key, DIGEST_BYTES);
  explicit_bzero (client_key, sizeof client_key);
  explicit_bzero (stored_key, sizeof stored_key);
  explicit_bzero (server_key, sizeof server_key);
  explicit_bzero (signature, sizeof signature);
}

static GString *
say_final (HeraldSasl  *self,
           GString     *challenge,
           GError     **error)
{
  g_auto(Terms) terms = { 0 };
  g_autofree char *begin = NULL;
  g_autofree char *proof = NULL;
  Digest key, client_proof;
  GString *answer;

  if (!read_terms (self, challenge, &terms, error))
    return NULL;
  if (!derive_key (self->password, &terms, key))
    return herald_sasl_fail (error);

  begin = g_strdup_printf ("c=biws,r=%s", terms.nonce);
  g_string_append_printf (self->transcript, ",%s,%s", challenge->str, begin);
  make_proofs (self, key, client_proof);

  proof = g_base64_encode (client_proof, DIGEST_BYTES);
  answer = herald_sasl_answer_new (begin);
  g_string_append_printf (answer, ",p=%s", proof);

  return answer;
}

/* In the same time wherever they differ */
static gboolean
is_same (const char *text,
         const char *other)
{
  gsize length = strlen (other);
  guchar difference = 0;

  if (strlen (text) != length)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    difference |= (guchar) (text[i] ^ other[i]);

  return difference == 0;
}

static GString *
take_proof (HeraldSasl  *self,
            GString     *challenge,
            GError     **error)
{
  g_auto(GStrv) fields = g_strsplit (challenge->str, ",", 2);

  self->is_proven = fields[0] != NULL && g_str_has_prefix (fields[0], "v=") && is_same (fields[0] + 2, self->proof);
  if (self->is_proven)
    return herald_sasl_answer_new ("");

  refuse_terms (_("The mail server could not prove that it knows the password. It may be somebody else's. "
                  "Nothing was sent."),
                error);

  return NULL;
}

static GString *
step (HeraldSasl  *self,
      guint        i,
      GString     *challenge,
      GError     **error)
{
  if (i == 0)
    return say_first (self);
  if (challenge == NULL)
    return herald_sasl_fail (error);

  if (g_str_has_prefix (challenge->str, "e="))
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                           _("The mail server refused the user name or password."));
      return NULL;
    }

  return i == 1 ? say_final (self, challenge, error) : take_proof (self, challenge, error);
}

static gboolean
check_success (HeraldSasl  *self,
               GError     **error)
{
  return self->is_proven ||
         refuse_terms (_("The mail server accepted the login without proving that it knows the password. "
                         "Nothing was sent."),
                       error);
}

const HeraldSaslMechanism herald_sasl_scram_sha_256 = {
  .name = "SCRAM-SHA-256",
  .n_steps = 3,
  .speaks_first = TRUE,
  .is_slow = TRUE,
  .step = step,
  .check_success = check_success,
};
