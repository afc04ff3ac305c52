/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-verdict"

#include "core/net/smtp-verdict.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/net/smtp-delay.h"
#include "core/net/smtp-meaning.h"

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
    N_("The mail server refuses to talk to this computer. Check its name and the port."),
  },
  [HERALD_SMTP_STEP_LOGIN] = {
    "login",
    N_("The mail server cannot check the password at the moment."),
    N_("The mail server refused the user name or password."),
  },
  [HERALD_SMTP_STEP_SENDER] = {
    "sender",
    N_("The mail server asks to try again later."),
    N_("The mail server refused the sender address. Check it."),
  },
  [HERALD_SMTP_STEP_RECIPIENT] = {
    "recipient",
    N_("The mail server asks to try this recipient again later."),
    N_("The mail server refused the recipient. Check the address."),
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

/* By the class of the code (RFC 5321 4.2.1): what can wait. Before the login is through it is nobody's
 * message that the server has something against. */
static GError *
verdict_on_postponement (HeraldSmtpStep step)
{
  gboolean is_greeting = step <= HERALD_SMTP_STEP_GREETING;
  GError *error = g_error_new_literal (HERALD_ERROR, is_greeting ? HERALD_ERROR_UNREACHABLE : HERALD_ERROR_BUSY,
                                       _(steps[step].postponed));

  if (step == HERALD_SMTP_STEP_LOGIN)
    herald_error_set_scope (error, HERALD_ERROR_SCOPE_CHANNEL);

  return error;
}

static GError *
verdict_on_refusal (HeraldSmtpStep step)
{
  static const HeraldError errors[] = {
    [HERALD_SMTP_STEP_CONNECT] = HERALD_ERROR_UNREACHABLE,
    [HERALD_SMTP_STEP_TLS] = HERALD_ERROR_UNTRUSTED,
    /* Some say it to everybody when they are overloaded. */
    [HERALD_SMTP_STEP_GREETING] = HERALD_ERROR_UNREACHABLE,
    [HERALD_SMTP_STEP_LOGIN] = HERALD_ERROR_UNAUTHORIZED,
    [HERALD_SMTP_STEP_SENDER] = HERALD_ERROR_REJECTED,
    [HERALD_SMTP_STEP_RECIPIENT] = HERALD_ERROR_REJECTED,
    [HERALD_SMTP_STEP_DATA] = HERALD_ERROR_REJECTED,
    [HERALD_SMTP_STEP_COMMITTING] = HERALD_ERROR_REJECTED,
  };

  return g_error_new_literal (HERALD_ERROR, (int) errors[step], _(steps[step].refused));
}

static GError *
verdict_on_meaning (const HeraldSmtpMeaning *meaning)
{
  GError *error = g_error_new_literal (HERALD_ERROR, (int) meaning->error, _(meaning->sentence));

  if (meaning->scope != 0)
    herald_error_set_scope (error, meaning->scope);
  herald_error_set_retry_after (error, meaning->retry_after_s);

  return error;
}

/**
 * herald_smtp_verdict_on_reply:
 * @reply: an answer that does not let us go on at @step
 *
 * Decides what to do about it: by what it means where that is known (smtp-meaning.c), else by the
 * class of the code (RFC 5321 4.2.1). The server's words go along, without any secret.
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
  const HeraldSmtpMeaning *meaning = reply->code >= 400 ? herald_smtp_meaning_find (step, reply, safe) : NULL;
  guint delay_s = reply->code / 100 == 4 ? herald_smtp_delay_read (safe) : 0;
  GError *error;

  if (meaning != NULL)
    error = verdict_on_meaning (meaning);
  else if (reply->code < 400)
    error = verdict_on_nonsense (step);
  else if (reply->code < 500)
    error = verdict_on_postponement (step);
  else
    error = verdict_on_refusal (step);

  if (delay_s > 0 && (error->code == HERALD_ERROR_BUSY || error->code == HERALD_ERROR_UNREACHABLE))
    herald_error_set_retry_after (error, delay_s);
  herald_error_set_reply (error, reply->code, words);

  return error;
}

static const char *
describe_unreachable (HeraldSmtpStep  step,
                      const GError   *failure)
{
  gboolean timed_out = g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);

  if (g_error_matches (failure, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND) ||
      g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND))
    return _("The mail server was not found. Check its name and the network.");
  if (failure->domain == G_RESOLVER_ERROR)
    return _("The name of the mail server cannot be looked up at the moment. Check the network.");
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
    return _("There is no network.");
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE))
    return _("There is no way to the mail server from this network.");
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return _("No mail server answers at this address and port.");
  if (timed_out && step == HERALD_SMTP_STEP_CONNECT)
    return _("The mail server does not answer. Perhaps the network lets nobody through to this port.");
  if (step == HERALD_SMTP_STEP_CONNECT)
    return _("The mail server cannot be reached.");
  if (timed_out && step == HERALD_SMTP_STEP_TLS)
    return _("The mail server begins no encrypted connection. Perhaps its port wants “starttls”.");
  if (timed_out && step == HERALD_SMTP_STEP_GREETING)
    return _("The mail server says nothing. "
             "Perhaps this port wants an encrypted connection from the start (“tls”).");
  if (timed_out)
    return _("The mail server no longer answers.");

  return _("The connection to the mail server was lost.");
}

/* What is wrong is not who is there but how we talk. */
static const char *
describe_tls (const GError *failure)
{
  if (g_error_matches (failure, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS))
    return _("The mail server does not encrypt from the start at this port. Set the encryption to “starttls”. "
             "Nothing was sent.");
  if (g_error_matches (failure, G_TLS_ERROR, G_TLS_ERROR_HANDSHAKE))
    return _("The mail server and this computer know no common encryption; the server may be too old. "
             "Nothing was sent.");
  if (g_error_matches (failure, G_TLS_ERROR, G_TLS_ERROR_CERTIFICATE_REQUIRED))
    return _("The mail server wants a certificate of this computer. Nothing was sent.");

  return _("No encrypted connection to the mail server came about. Check "
           "whether its port wants “tls” or “starttls”.");
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
    return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNTRUSTED, describe_tls (failure));

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
