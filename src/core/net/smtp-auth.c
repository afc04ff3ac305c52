/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-auth"

#include "core/net/smtp-auth.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

/* RFC 4616: nobody to act for, NUL, user, NUL, password */
static GBytes *
answer_plain (guint       i,
              GBytes     *challenge,
              const char *user,
              const char *password)
{
  GByteArray *answer = g_byte_array_new ();

  g_byte_array_append (answer, (const guint8 *) "", 1);
  g_byte_array_append (answer, (const guint8 *) user, (guint) strlen (user) + 1);
  g_byte_array_append (answer, (const guint8 *) password, (guint) strlen (password));

  return g_byte_array_free_to_bytes (answer);
}

/* draft-murchison-sasl-login: the user, then the password. The words of the two questions differ
 * from server to server and are not looked at. */
static GBytes *
answer_login (guint       i,
              GBytes     *challenge,
              const char *user,
              const char *password)
{
  const char *answer = i == 0 ? user : password;

  return g_bytes_new (answer, strlen (answer));
}

/* In the order of preference. */
static const HeraldSmtpMechanism mechanisms[] = {
  { "PLAIN", HERALD_SMTP_AUTH_PLAIN, 1, TRUE, answer_plain },
  { "LOGIN", HERALD_SMTP_AUTH_LOGIN, 2, FALSE, answer_login },
};

static const char *const auth_names[] = {
  [HERALD_SMTP_AUTH_AUTO] = "auto",
  [HERALD_SMTP_AUTH_NONE] = "none",
  [HERALD_SMTP_AUTH_PLAIN] = "plain",
  [HERALD_SMTP_AUTH_LOGIN] = "login",
  [HERALD_SMTP_AUTH_CRAM_MD5] = "cram-md5",
  [HERALD_SMTP_AUTH_SCRAM_SHA_256] = "scram-sha-256",
  [HERALD_SMTP_AUTH_XOAUTH2] = "xoauth2",
  [HERALD_SMTP_AUTH_OAUTHBEARER] = "oauthbearer",
};

/**
 * herald_smtp_auth_from_text:
 * @text: as in the settings, like `auto`, `none` or `scram-sha-256`
 * @auth: (out): set on success
 */
gboolean
herald_smtp_auth_from_text (const char     *text,
                            HeraldSmtpAuth *auth)
{
  for (guint i = 0; i < G_N_ELEMENTS (auth_names); i++)
    {
      if (g_strcmp0 (auth_names[i], text) == 0)
        {
          *auth = (HeraldSmtpAuth) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * herald_smtp_auth_require:
 * @wanted: what the account says
 * @offered: (nullable): the server's mechanisms, upper case, separated by spaces
 *
 * A login that is set up and cannot be done is an error: a message that goes
 * out without it is not what the user asked for.
 *
 * Returns: the best mechanism that the server offers, that we have and that the
 *   account allows; %NULL with HERALD_ERROR_UNAUTHORIZED if there is none
 */
const HeraldSmtpMechanism *
herald_smtp_auth_require (HeraldSmtpAuth   wanted,
                          const char      *offered,
                          GError         **error)
{
  g_auto(GStrv) names = g_strsplit (offered != NULL ? offered : "", " ", -1);

  for (guint i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    {
      if ((wanted == HERALD_SMTP_AUTH_AUTO || wanted == mechanisms[i].auth) &&
          g_strv_contains ((const char *const *) names, mechanisms[i].name))
        return &mechanisms[i];
    }

  if (offered == NULL)
    g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                         _("The mail server offers no login. "
                           "Remove the user name, or choose “starttls” or “tls”."));
  else
    g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                         _("The mail server offers no way to log in that OctoHerald knows."));

  return NULL;
}

/**
 * herald_smtp_auth_answer:
 * @i: which answer, from 0
 * @challenge: (nullable): the text of the server's 334, base64; %NULL on the command itself
 *
 * Returns: (transfer full): the answer as it goes over the wire, without line end. A secret!
 */
char *
herald_smtp_auth_answer (const HeraldSmtpMechanism *mechanism,
                         guint                      i,
                         const char                *challenge,
                         const char                *user,
                         const char                *password)
{
  gsize length = 0;
  g_autofree guchar *decoded = g_base64_decode (challenge != NULL ? challenge : "", &length);
  g_autoptr(GBytes) question = g_bytes_new (decoded, length);
  g_autoptr(GBytes) answer = NULL;

  g_return_val_if_fail (i < mechanism->n_answers, NULL);

  answer = mechanism->answer (i, question, user, password);

  return g_base64_encode (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
}
