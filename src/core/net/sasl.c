/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-sasl"

#include "core/net/sasl-mechanism.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

/**
 * herald_sasl_wipe:
 * @secret: (nullable) (transfer full): overwritten before it is freed
 */
void
herald_sasl_wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * herald_sasl_answer_new:
 *
 * Returns: (transfer full): an answer, to be freed with herald_sasl_answer_free()
 */
GString *
herald_sasl_answer_new (const char *text)
{
  GString *answer = g_string_sized_new (256);

  return g_string_append (answer, text);
}

/**
 * herald_sasl_answer_free:
 * @answer: (nullable) (transfer full): overwritten before it is freed
 */
void
herald_sasl_answer_free (GString *answer)
{
  if (answer == NULL)
    return;

  explicit_bzero (answer->str, answer->allocated_len);
  g_string_free (answer, TRUE);
}

/**
 * herald_sasl_fail:
 *
 * Returns: %NULL with HERALD_ERROR_PROTOCOL: what the server asks makes no sense
 */
GString *
herald_sasl_fail (GError **error)
{
  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL,
                       _("The mail server asked something that makes no sense while we logged in."));

  return NULL;
}

const char *
herald_sasl_mechanism_get_name (const HeraldSaslMechanism *mechanism)
{
  return mechanism->name;
}

/**
 * herald_sasl_new:
 * @identity: copied; has what @mechanism takes, a password or a token
 *
 * Returns: (transfer full): a login that has not begun
 */
HeraldSasl *
herald_sasl_new (const HeraldSaslMechanism *mechanism,
                 const HeraldSaslIdentity  *identity)
{
  HeraldSasl *self = g_new0 (HeraldSasl, 1);

  self->mechanism = mechanism;
  self->user = g_strdup (identity->user);
  self->password = g_strdup (identity->password != NULL ? identity->password : "");
  self->token = g_strdup (identity->token != NULL ? identity->token : "");
  self->host = g_strdup (identity->host);
  self->port = identity->port;

  return self;
}

void
herald_sasl_free (HeraldSasl *self)
{
  herald_sasl_wipe (self->password);
  herald_sasl_wipe (self->token);
  herald_sasl_answer_free (self->transcript);
  g_free (self->proof);
  g_free (self->nonce);
  g_free (self->complaint);
  g_free (self->user);
  g_free (self->host);
  g_free (self);
}

/**
 * herald_sasl_set_nonce:
 * @nonce: instead of one by chance, to do what a document shows
 */
void
herald_sasl_set_nonce (HeraldSasl *self,
                       const char *nonce)
{
  g_free (self->nonce);
  self->nonce = g_strdup (nonce);
}

const char *
herald_sasl_get_name (HeraldSasl *self)
{
  return self->mechanism->name;
}

gboolean
herald_sasl_speaks_first (HeraldSasl *self)
{
  return self->mechanism->speaks_first;
}

/**
 * herald_sasl_is_slow:
 *
 * Returns: whether herald_sasl_step() must be called in a thread. Nothing else may be called meanwhile.
 */
gboolean
herald_sasl_is_slow (HeraldSasl *self)
{
  return self->mechanism->is_slow;
}

/* g_base64_decode() takes anything; this is base64 (RFC 4648 4) or it is not. */
static GString *
decode (const char *text)
{
  gsize n_digits = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  gsize n_padding = strspn (text + n_digits, "=");
  g_autofree guchar *bytes = NULL;
  gsize length = 0;

  if (text[n_digits + n_padding] != '\0' || (n_digits + n_padding) % 4 != 0 || n_padding > 2)
    return NULL;

  bytes = g_base64_decode (text, &length);

  return g_string_new_len ((const char *) bytes, (gssize) length);
}

/**
 * herald_sasl_step:
 * @challenge: (nullable): the text of the server's 334; %NULL for the first answer of a mechanism that
 *   speaks first
 *
 * Returns: (transfer full): the answer as it goes over the wire, without line end, to be freed with
 *   herald_sasl_wipe(). %NULL with HERALD_ERROR_UNAUTHORIZED if the server has refused and waits for us to
 *   give up, with HERALD_ERROR_PROTOCOL or HERALD_ERROR_UNTRUSTED if it deserves no answer
 */
char *
herald_sasl_step (HeraldSasl  *self,
                  const char  *challenge,
                  GError     **error)
{
  g_autoptr(GString) question = challenge != NULL ? decode (challenge) : NULL;
  GString *answer = NULL;
  char *text;

  if (self->n_answers >= self->mechanism->n_steps)
    {
      herald_sasl_fail (error);
      return NULL;
    }

  answer = self->mechanism->step (self, self->n_answers++, question, error);
  if (answer == NULL)
    return NULL;

  text = g_base64_encode ((const guchar *) answer->str, answer->len);
  herald_sasl_answer_free (answer);

  return text;
}

/**
 * herald_sasl_check_success:
 *
 * Returns: whether the server's yes may be believed; if not, @error is HERALD_ERROR_UNTRUSTED
 */
gboolean
herald_sasl_check_success (HeraldSasl  *self,
                           GError     **error)
{
  return self->mechanism->check_success == NULL || self->mechanism->check_success (self, error);
}

/**
 * herald_sasl_get_complaint:
 *
 * Returns: (nullable): what the server says is wrong with the token, beside its refusal; clean
 */
const char *
herald_sasl_get_complaint (HeraldSasl *self)
{
  return self->complaint;
}
