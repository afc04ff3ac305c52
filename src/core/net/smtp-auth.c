/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-auth"

#include "core/net/smtp-auth.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

/**
 * @rank_encrypted: the order in which they are tried inside TLS, from 1
 * @rank_clear: and without it, which is on this very computer only
 * @takes_token: instead of a password
 * @hides_password: whether the server needs the password itself, or something made of it for this very
 *   mechanism, to check the answer. Servers that have neither offer it all the same
 *
 * SCRAM is first: the password stays here, and the server proves that it knows it, which a server that has
 * taken the place of ours cannot. CRAM-MD5 hides the password too, but proves nothing and makes the server
 * keep it readable; within TLS it only adds a way to fail, so there it is last. Without TLS hiding the
 * password is worth something.
 *
 * XOAUTH2 and OAUTHBEARER show the same token; XOAUTH2 is the one that Google, Microsoft and Yahoo document.
 */
typedef struct
{
  const char *setting;
  const HeraldSaslMechanism *mechanism;
  guint8 rank_encrypted;
  guint8 rank_clear;
  gboolean takes_token;
  gboolean hides_password;
} Kind;

static const Kind kinds[] = {
  [HERALD_SMTP_AUTH_AUTO] = { .setting = "auto" },
  [HERALD_SMTP_AUTH_NONE] = { .setting = "none" },
  [HERALD_SMTP_AUTH_PLAIN] = { "plain", &herald_sasl_plain, 4, 5, FALSE, FALSE },
  [HERALD_SMTP_AUTH_LOGIN] = { "login", &herald_sasl_login, 5, 6, FALSE, FALSE },
  [HERALD_SMTP_AUTH_CRAM_MD5] = { "cram-md5", &herald_sasl_cram_md5, 6, 4, FALSE, TRUE },
  [HERALD_SMTP_AUTH_SCRAM_SHA_256] = { "scram-sha-256", &herald_sasl_scram_sha_256, 3, 3, FALSE, TRUE },
  [HERALD_SMTP_AUTH_XOAUTH2] = { "xoauth2", &herald_sasl_xoauth2, 1, 1, TRUE, FALSE },
  [HERALD_SMTP_AUTH_OAUTHBEARER] = { "oauthbearer", &herald_sasl_oauthbearer, 2, 2, TRUE, FALSE },
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
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_strcmp0 (kinds[i].setting, text) == 0)
        {
          *auth = (HeraldSmtpAuth) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * herald_smtp_auth_get_mechanism:
 *
 * Returns: (nullable): how it is done; %NULL for `auto` and `none`
 */
const HeraldSaslMechanism *
herald_smtp_auth_get_mechanism (HeraldSmtpAuth auth)
{
  return kinds[auth].mechanism;
}

gboolean
herald_smtp_auth_takes_token (HeraldSmtpAuth auth)
{
  return kinds[auth].takes_token;
}

static gboolean
is_offered (const HeraldSmtpAuthCase *choice,
            HeraldSmtpAuth            auth)
{
  g_auto(GStrv) names = g_strsplit (choice->offered != NULL ? choice->offered : "", " ", -1);

  return kinds[auth].mechanism != NULL &&
         g_strv_contains ((const char *const *) names, herald_sasl_mechanism_get_name (kinds[auth].mechanism));
}

static gboolean
is_possible (const HeraldSmtpAuthCase *choice,
             HeraldSmtpAuth            auth)
{
  return is_offered (choice, auth) && (kinds[auth].takes_token ? choice->has_token : choice->has_password);
}

static guint
get_rank (const HeraldSmtpAuthCase *choice,
          HeraldSmtpAuth            auth)
{
  return choice->encrypted ? kinds[auth].rank_encrypted : kinds[auth].rank_clear;
}

/* The first that can be done and comes after @rank; AUTO if there is none. */
static HeraldSmtpAuth
find_best_after (const HeraldSmtpAuthCase *choice,
                 guint                     rank,
                 gboolean                  but_hiding)
{
  HeraldSmtpAuth best = HERALD_SMTP_AUTH_AUTO;

  for (HeraldSmtpAuth auth = HERALD_SMTP_AUTH_PLAIN; auth < G_N_ELEMENTS (kinds); auth++)
    {
      if (is_possible (choice, auth) && get_rank (choice, auth) > rank &&
          !(but_hiding && kinds[auth].hides_password) &&
          (best == HERALD_SMTP_AUTH_AUTO || get_rank (choice, auth) < get_rank (choice, best)))
        best = auth;
    }

  return best;
}

/* Why the one that is wanted cannot be done */
static void
explain_wanted (const HeraldSmtpAuthCase  *choice,
                GError                   **error)
{
  const Kind *kind = &kinds[choice->wanted];

  if (!is_offered (choice, choice->wanted))
    g_set_error (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                 /* Translators: a name as in the settings, like “cram-md5” */
                 _("The mail server does not offer to log in by “%s”. Choose “auto”."), kind->setting);
  else if (kind->takes_token)
    g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                 /* Translators: a name as in the settings, like “xoauth2” */
                 _("To log in by “%s” takes an account of your desktop. Choose one, or choose “auto”."),
                 kind->setting);
  else
    g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                         _("The password of the mail account is missing. Please enter it."));
}

/* Why nothing can be done */
static const char *
explain_nothing (const HeraldSmtpAuthCase *choice)
{
  if (choice->offered == NULL)
    return _("The mail server offers no login. Remove the user name, or choose “starttls” or “tls”.");
  if (!choice->has_token &&
      (is_offered (choice, HERALD_SMTP_AUTH_XOAUTH2) || is_offered (choice, HERALD_SMTP_AUTH_OAUTHBEARER)))
    return _("The mail server takes no passwords from programs. "
             "Choose the account in the settings of your desktop, or use another mail account.");

  return _("The mail server offers no way to log in that OctoHerald knows.");
}

/**
 * herald_smtp_auth_choose:
 *
 * A login that is set up and cannot be done is an error: a message that goes
 * out without it is not what the user asked for.
 *
 * Returns: the strongest way that the server offers and the account allows, or the one that has worked
 *   before; AUTO with HERALD_ERROR_UNAUTHORIZED or HERALD_ERROR_SETTINGS if there is none
 */
HeraldSmtpAuth
herald_smtp_auth_choose (const HeraldSmtpAuthCase  *choice,
                         GError                   **error)
{
  HeraldSmtpAuth best;

  if (choice->wanted != HERALD_SMTP_AUTH_AUTO && choice->offered != NULL)
    {
      if (is_possible (choice, choice->wanted))
        return choice->wanted;
      explain_wanted (choice, error);
      return HERALD_SMTP_AUTH_AUTO;
    }

  if (choice->known != HERALD_SMTP_AUTH_AUTO && is_possible (choice, choice->known))
    return choice->known;

  best = find_best_after (choice, 0, FALSE);
  if (best == HERALD_SMTP_AUTH_AUTO)
    g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED, explain_nothing (choice));

  return best;
}

/* RFC 4954 4 and 6: what was refused is the way, not who we are. */
static gboolean
is_about_mechanism (const HeraldSmtpReply *reply)
{
  return reply->code == 504 || reply->code == 502 || g_strcmp0 (reply->enhanced, "5.5.4") == 0 ||
         g_strcmp0 (reply->enhanced, "5.7.4") == 0;
}

/**
 * herald_smtp_auth_choose_again:
 * @refused: what was tried
 * @reply: how the server refused it
 *
 * A wrong password must not be tried again in other clothes. But servers offer SCRAM and CRAM-MD5 without
 * having what it takes to check them, and others offer what they do not do at all.
 *
 * Returns: what to try instead, once; AUTO for nothing
 */
HeraldSmtpAuth
herald_smtp_auth_choose_again (const HeraldSmtpAuthCase *choice,
                               HeraldSmtpAuth            refused,
                               const HeraldSmtpReply    *reply)
{
  if (choice->wanted != HERALD_SMTP_AUTH_AUTO || reply->code < 500)
    return HERALD_SMTP_AUTH_AUTO;
  if (is_about_mechanism (reply))
    return find_best_after (choice, get_rank (choice, refused), FALSE);
  if (kinds[refused].hides_password)
    return find_best_after (choice, get_rank (choice, HERALD_SMTP_AUTH_OAUTHBEARER), TRUE);

  return HERALD_SMTP_AUTH_AUTO;
}
