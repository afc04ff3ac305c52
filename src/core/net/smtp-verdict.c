/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-verdict"

#include "core/net/smtp-verdict.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/log.h"

/* A daily limit is lifted bit by bit; asking more often only makes the provider angrier. */
#define DAILY_LIMIT_RETRY_S 3600

/* Codes and enhanced codes that mean something more precise than their class. What is listed
 * first wins; a step of -1 is any step. */
typedef struct
{
  int step;
  int code;             /* 0 for any */
  const char *enhanced; /* NULL for any */
  HeraldError error;
  const char *message;
} Meaning;

#define ANY_STEP -1

static const Meaning meanings[] = {
  { ANY_STEP, 421, NULL, HERALD_ERROR_UNREACHABLE,
    N_("The mail server closed the connection. It may be overloaded or about to restart.") },

  { ANY_STEP, 0, "5.7.139", HERALD_ERROR_UNAUTHORIZED,
    N_("This provider no longer accepts passwords from programs. Use another mail account.") },
  { ANY_STEP, 0, "5.7.30", HERALD_ERROR_UNAUTHORIZED,
    N_("This provider no longer accepts passwords from programs. Use another mail account.") },
  { ANY_STEP, 0, "5.7.9", HERALD_ERROR_UNAUTHORIZED,
    N_("The mail server wants an app password. "
       "Create one in the settings of your mail account.") },
  { ANY_STEP, 535, NULL, HERALD_ERROR_UNAUTHORIZED,
    N_("The mail server refused the user name or password.") },
  { ANY_STEP, 534, NULL, HERALD_ERROR_UNAUTHORIZED,
    N_("The mail server does not accept this kind of password. "
       "It may want an app password, to be created in the settings of your mail account.") },
  { ANY_STEP, 530, NULL, HERALD_ERROR_UNAUTHORIZED,
    N_("The mail server wants a user name and a password, or an encrypted connection.") },
  { ANY_STEP, 538, NULL, HERALD_ERROR_UNAUTHORIZED,
    N_("The mail server takes the password over an encrypted connection only.") },

  { ANY_STEP, 0, "5.4.5", HERALD_ERROR_BUSY,
    N_("The mail account has sent as many messages as it may send in a day.") },
  { ANY_STEP, 0, "5.2.3", HERALD_ERROR_REJECTED,
    N_("The message is too large for the mail server.") },
  { ANY_STEP, 0, "5.3.4", HERALD_ERROR_REJECTED,
    N_("The message is too large for the mail server.") },
  { ANY_STEP, 552, NULL, HERALD_ERROR_REJECTED,
    N_("The message is too large, or the mailbox is full.") },
  { HERALD_SMTP_STEP_RECIPIENT, 0, "5.1.1", HERALD_ERROR_REJECTED,
    N_("There is no mailbox of this address. Check the recipient.") },
  { HERALD_SMTP_STEP_SENDER, 0, "5.7.1", HERALD_ERROR_REJECTED,
    N_("The mail account may not send from this sender address.") },
  { HERALD_SMTP_STEP_SENDER, 0, "5.7.60", HERALD_ERROR_REJECTED,
    N_("The mail account may not send from this sender address.") },
};

static const struct
{
  const char *name;
  const char *postponed;
  const char *refused;
} steps[] = {
  [HERALD_SMTP_STEP_CONNECT] = { "connect", NULL, NULL },
  [HERALD_SMTP_STEP_TLS] = {
    "tls",
    N_("The mail server cannot encrypt at the moment."),
    N_("The mail server refuses to encrypt. Nothing was sent without encryption."),
  },
  [HERALD_SMTP_STEP_GREETING] = {
    "greeting",
    N_("The mail server is too busy to talk to us."),
    N_("The mail server refuses to talk to this computer."),
  },
  [HERALD_SMTP_STEP_LOGIN] = {
    "login",
    N_("The mail server cannot check the password at the moment."),
    N_("The mail server refused the user name or password."),
  },
  [HERALD_SMTP_STEP_SENDER] = {
    "sender",
    N_("The mail server asks to try again later."),
    N_("The mail server refused the sender address."),
  },
  [HERALD_SMTP_STEP_RECIPIENT] = {
    "recipient",
    N_("The mail server asks to try this recipient again later."),
    N_("The mail server refused the recipient."),
  },
  [HERALD_SMTP_STEP_DATA] = {
    "data",
    N_("The mail server cannot take the message at the moment."),
    N_("The mail server refused the message."),
  },
  [HERALD_SMTP_STEP_COMMITTING] = {
    "committing",
    N_("The mail server read the message, but cannot take it at the moment."),
    N_("The mail server read the message and refused it."),
  },
};

const char *
herald_smtp_step_get_name (HeraldSmtpStep step)
{
  return steps[step].name;
}

static const Meaning *
find_meaning (HeraldSmtpStep         step,
              const HeraldSmtpReply *reply)
{
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      const Meaning *meaning = &meanings[i];

      if ((meaning->step == ANY_STEP || meaning->step == (int) step) &&
          (meaning->code == 0 || meaning->code == reply->code) &&
          (meaning->enhanced == NULL || g_strcmp0 (meaning->enhanced, reply->enhanced) == 0))
        return meaning;
    }

  return NULL;
}

/* A reply that asks for something nobody offered, or a good one where it makes no sense. */
static GError *
verdict_on_nonsense (HeraldSmtpStep step)
{
  if (step == HERALD_SMTP_STEP_COMMITTING)
    return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_AMBIGUOUS,
                                _("The mail server gave no clear answer. "
                                  "The message may or may not have arrived."));

  return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_PROTOCOL,
                              _("The mail server gave an answer that makes no sense."));
}

/**
 * herald_smtp_verdict_on_reply:
 * @reply: an answer that does not let us go on at @step
 *
 * Decides what to do about it: by the enhanced status code (RFC 3463) where that is known, else
 * by the class of the code (RFC 5321 4.2.1). The server's words go along, without any secret.
 *
 * Returns: (transfer full): a HERALD_ERROR
 */
GError *
herald_smtp_verdict_on_reply (HeraldSmtpStep         step,
                              const HeraldSmtpReply *reply)
{
  g_autofree char *text = herald_smtp_reply_dup_text (reply);
  g_autofree char *safe = g_utf8_make_valid (text, -1);
  g_autofree char *words = herald_log_redact (safe);
  const Meaning *meaning = reply->code >= 400 ? find_meaning (step, reply) : NULL;
  GError *error;

  if (meaning != NULL && (meaning->code != 421 || step != HERALD_SMTP_STEP_COMMITTING))
    error = g_error_new_literal (HERALD_ERROR, (int) meaning->error, _(meaning->message));
  else if (reply->code < 400)
    error = verdict_on_nonsense (step);
  else if (reply->code < 500)
    error = g_error_new_literal (HERALD_ERROR,
                                 step <= HERALD_SMTP_STEP_GREETING ? HERALD_ERROR_UNREACHABLE
                                                                   : HERALD_ERROR_BUSY,
                                 _(steps[step].postponed));
  else
    error = g_error_new_literal (HERALD_ERROR,
                                 step == HERALD_SMTP_STEP_LOGIN ? HERALD_ERROR_UNAUTHORIZED :
                                 step == HERALD_SMTP_STEP_TLS   ? HERALD_ERROR_UNTRUSTED :
                                                                  HERALD_ERROR_REJECTED,
                                 _(steps[step].refused));

  if (meaning != NULL && g_strcmp0 (meaning->enhanced, "5.4.5") == 0)
    herald_error_set_retry_after (error, DAILY_LIMIT_RETRY_S);
  herald_error_set_reply (error, reply->code, words);

  return error;
}

static const char *
describe_unreachable (HeraldSmtpStep  step,
                      const GError   *failure)
{
  gboolean timed_out = g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);

  if (failure->domain == G_RESOLVER_ERROR)
    return _("The mail server was not found. Check its name and the network.");
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return _("No mail server answers at this address and port.");
  if (step == HERALD_SMTP_STEP_CONNECT)
    return _("The mail server cannot be reached.");
  if (timed_out && step == HERALD_SMTP_STEP_GREETING)
    return _("The mail server says nothing. "
             "Perhaps this port wants an encrypted connection from the start (“tls”).");
  if (timed_out)
    return _("The mail server no longer answers.");

  return _("The connection to the mail server was lost.");
}

/**
 * herald_smtp_verdict_on_failure:
 * @failure: what GIO said, or an error that already is a verdict
 *
 * Returns: (transfer full): a HERALD_ERROR, or %G_IO_ERROR_CANCELLED
 */
GError *
herald_smtp_verdict_on_failure (HeraldSmtpStep  step,
                                const GError   *failure)
{
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (failure);

  if (step == HERALD_SMTP_STEP_COMMITTING)
    return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_AMBIGUOUS,
                                _("The connection broke before the mail server confirmed. "
                                  "The message may or may not have arrived."));

  if (failure->domain == HERALD_ERROR)
    return g_error_copy (failure);

  if (g_error_matches (failure, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return herald_smtp_verdict_on_certificate (G_TLS_CERTIFICATE_GENERIC_ERROR);

  /* An end of the stream is the network's fault, everything else TLS complains about is not. */
  if (failure->domain == G_TLS_ERROR && failure->code != G_TLS_ERROR_EOF)
    return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNTRUSTED,
                                _("No encrypted connection to the mail server came about. Check "
                                  "whether its port wants “tls” or “starttls”."));

  return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNREACHABLE,
                              describe_unreachable (step, failure));
}

/**
 * herald_smtp_verdict_on_certificate:
 * @problems: what is wrong with the server's certificate
 *
 * Returns: (transfer full): HERALD_ERROR_UNTRUSTED, naming what matters most
 */
GError *
herald_smtp_verdict_on_certificate (GTlsCertificateFlags problems)
{
  const char *message = _("The mail server could not prove who it is. Nothing was sent.");

  if ((problems & G_TLS_CERTIFICATE_REVOKED) != 0)
    message = _("The certificate of the mail server was revoked. Nothing was sent.");
  else if ((problems & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    message = _("The certificate of the mail server is for another name. "
                "Check the server's name. Nothing was sent.");
  else if ((problems & G_TLS_CERTIFICATE_EXPIRED) != 0)
    message = _("The certificate of the mail server has expired. Nothing was sent.");
  else if ((problems & G_TLS_CERTIFICATE_NOT_ACTIVATED) != 0)
    message = _("The certificate of the mail server is not valid yet. "
                "Check the clock of this computer. Nothing was sent.");
  else if ((problems & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    message = _("The certificate of the mail server was issued by somebody this computer "
                "does not know. Nothing was sent.");

  return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNTRUSTED, message);
}
