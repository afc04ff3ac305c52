/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-smtp-verdict"

#include <string.h>

#include "core/base/error.h"
#include "core/net/smtp-verdict.h"

#define CHANNEL HERALD_ERROR_SCOPE_CHANNEL
#define MESSAGE HERALD_ERROR_SCOPE_MESSAGE
#define STEP(name) HERALD_SMTP_STEP_##name
#define UNAUTHORIZED HERALD_ERROR_UNAUTHORIZED
#define SETTINGS HERALD_ERROR_SETTINGS
#define REJECTED HERALD_ERROR_REJECTED
#define BUSY HERALD_ERROR_BUSY
#define UNREACHABLE HERALD_ERROR_UNREACHABLE

/* What providers and servers really say, a line each */
static const struct
{
  HeraldSmtpStep step;
  const char *line;
  HeraldError error;
  HeraldErrorScope scope;
  guint retry_after_s;
  const char *word; /* of the sentence */
} rows[] = {
  /* Gmail */
  { STEP (LOGIN), "534 5.7.9 Application-specific password required. For more information, go to", UNAUTHORIZED, CHANNEL, 0, "app password" },
  { STEP (LOGIN), "535 5.7.8 Username and Password not accepted. For more information, go to", UNAUTHORIZED, CHANNEL, 0, "password" },
  { STEP (LOGIN), "534 5.7.14 Please log in via your web browser and then try again.", UNAUTHORIZED, CHANNEL, 0, "web page" },
  { STEP (LOGIN), "454 4.7.0 Too many login attempts, please try again later.", BUSY, CHANNEL, 1800, "logins" },
  { STEP (LOGIN), "454 4.7.0 Cannot authenticate due to temporary system problem. Try again later.", BUSY, CHANNEL, 0, "password" },
  { STEP (COMMITTING), "550 5.4.5 Daily user sending limit exceeded. For more information on Gmail", BUSY, CHANNEL, 3600, "day" },
  { STEP (SENDER), "550 5.4.5 Daily SMTP relay limit exceeded for customer.", BUSY, CHANNEL, 3600, "day" },
  { STEP (GREETING), "421 4.7.0 Try again later, closing connection.", UNREACHABLE, CHANNEL, 0, "closed" },
  { STEP (COMMITTING), "421 4.7.28 Gmail has detected an unusual rate of mail", BUSY, CHANNEL, 900, "fewer" },
  { STEP (RECIPIENT), "452 4.5.3 Your message has too many recipients.", BUSY, MESSAGE, 0, "recipient" },
  { STEP (RECIPIENT), "450 4.2.1 The user you are trying to contact is receiving mail too quickly.", BUSY, MESSAGE, 900, "too many" },
  { STEP (RECIPIENT), "452 4.2.2 The email account that you tried to reach is over quota.", BUSY, MESSAGE, 3600, "full" },
  { STEP (SENDER), "530 5.7.0 Authentication Required. For more information, go to", UNAUTHORIZED, CHANNEL, 0, "login" },
  { STEP (SENDER), "530 5.7.0 Must issue a STARTTLS command first.", SETTINGS, CHANNEL, 0, "encrypt" },
  { STEP (COMMITTING), "552 5.3.4 Your message exceeded Google's message size limits.", REJECTED, MESSAGE, 0, "large" },
  { STEP (COMMITTING), "550 5.7.1 Our system has detected that this message is likely unsolicited mail.", REJECTED, MESSAGE, 0, "unwanted" },
  /* Microsoft */
  { STEP (LOGIN), "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", UNAUTHORIZED, CHANNEL, 0, "no longer" },
  { STEP (LOGIN), "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.", UNAUTHORIZED, CHANNEL, 0, "switched off" },
  { STEP (LOGIN), "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.", UNAUTHORIZED, CHANNEL, 0, "refused the user name" },
  { STEP (LOGIN), "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy.", UNAUTHORIZED, CHANNEL, 0, "switched off" },
  { STEP (LOGIN), "550 5.7.30 Basic authentication is not supported for Client Submission.", UNAUTHORIZED, CHANNEL, 0, "no longer" },
  { STEP (LOGIN), "535 5.7.3 Authentication unsuccessful", UNAUTHORIZED, CHANNEL, 0, "password" },
  { STEP (SENDER), "530 5.7.57 Client not authenticated to send mail.", UNAUTHORIZED, CHANNEL, 0, "login" },
  { STEP (COMMITTING), "550 5.7.60 SMTP; Client does not have permissions to send as this sender", SETTINGS, CHANNEL, 0, "sender" },
  { STEP (COMMITTING), "554 5.2.252 SendAsDenied; ada@example.org not allowed to send as bob@example.org", SETTINGS, CHANNEL, 0, "sender" },
  { STEP (COMMITTING), "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.", SETTINGS, CHANNEL, 0, "connection" },
  { STEP (COMMITTING), "550 5.1.8 Access denied, bad outbound sender", SETTINGS, CHANNEL, 0, "sender" },
  { STEP (COMMITTING), "550 5.7.501 Access denied, spam abuse detected.", UNAUTHORIZED, CHANNEL, 0, "blocked" },
  { STEP (SENDER), "451 4.4.2 Timeout waiting for data from client.", BUSY, MESSAGE, 0, "later" },
  { STEP (LOGIN), "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending", BUSY, CHANNEL, 30, "programs" },
  { STEP (COMMITTING), "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", BUSY, CHANNEL, 30, "programs" },
  { STEP (RECIPIENT), "550 5.4.1 Recipient address rejected: Access denied.", REJECTED, MESSAGE, 0, "recipient" },
  { STEP (RECIPIENT), "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found", REJECTED, MESSAGE, 0, "recipient" },
  /* Yahoo and AOL */
  { STEP (LOGIN), "535 5.7.0 (#AUTH005) Too many bad auth attempts.", UNAUTHORIZED, CHANNEL, 0, "app password" },
  { STEP (COMMITTING), "554 5.7.9 Message not accepted for policy reasons.", REJECTED, MESSAGE, 0, "unwanted" },
  { STEP (SENDER), "550 Request failed; Mailbox unavailable, too many messages sent", BUSY, CHANNEL, 900, "fewer" },
  /* GMX, web.de */
  { STEP (LOGIN), "535 Authentication credentials invalid", UNAUTHORIZED, CHANNEL, 0, "password" },
  { STEP (LOGIN), "535 5.7.0 Account not enabled for SMTP", UNAUTHORIZED, CHANNEL, 0, "switched off" },
  { STEP (SENDER), "554 Account not enabled for SMTP", UNAUTHORIZED, CHANNEL, 0, "switched off" },
  { STEP (SENDER), "550 Requested action not taken: Sender address is not allowed.", SETTINGS, CHANNEL, 0, "sender" },
  { STEP (COMMITTING), "450 Requested mail action not taken: mail send limit exceeded", BUSY, CHANNEL, 3600, "day" },
  /* iCloud */
  { STEP (LOGIN), "535 5.7.0 Error: authentication failed, use an app-specific password", UNAUTHORIZED, CHANNEL, 0, "app password" },
  { STEP (RECIPIENT), "550 5.7.0 From address is not one of your addresses", SETTINGS, CHANNEL, 0, "sender" },
  /* Zoho */
  { STEP (RECIPIENT), "553 Relaying disallowed as ada@example.org", SETTINGS, CHANNEL, 0, "sender" },
  { STEP (LOGIN), "535 Authentication Failed", UNAUTHORIZED, CHANNEL, 0, "password" },
  { STEP (COMMITTING), "550 5.4.6 Unusual sending activity detected. Please try after sometime", UNAUTHORIZED, CHANNEL, 0, "blocked" },
  { STEP (SENDER), "554 5.1.8 Sender Address Blocked", UNAUTHORIZED, CHANNEL, 0, "blocked" },
  /* Fastmail, Proton, cPanel, Amazon */
  { STEP (LOGIN), "535 5.7.0 Incorrect username or password, use an app password", UNAUTHORIZED, CHANNEL, 0, "app password" },
  { STEP (COMMITTING), "551 5.7.1 Not authorised to send from this header address", SETTINGS, CHANNEL, 0, "sender" },
  { STEP (LOGIN), "454 4.7.0 too many login attempts, please try again later", BUSY, CHANNEL, 1800, "logins" },
  { STEP (COMMITTING), "550 Domain example.org has exceeded the max emails per hour (100/100) allowed.", BUSY, CHANNEL, 900, "fewer" },
  { STEP (COMMITTING), "454 Throttling failure: Maximum sending rate exceeded.", BUSY, CHANNEL, 900, "fewer" },
  { STEP (COMMITTING), "454 Throttling failure: Daily message quota exceeded.", BUSY, CHANNEL, 3600, "day" },
  { STEP (COMMITTING), "554 Message rejected: Email address is not verified.", SETTINGS, CHANNEL, 0, "sender" },
  /* Postfix, with postgrey */
  { STEP (LOGIN), "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6", UNAUTHORIZED, CHANNEL, 0, "password" },
  { STEP (LOGIN), "503 5.5.1 Error: authentication not enabled", UNAUTHORIZED, CHANNEL, 0, "no login" },
  { STEP (LOGIN), "454 4.7.0 Temporary authentication failure: Connection lost to authentication server", BUSY, CHANNEL, 0, "password" },
  { STEP (RECIPIENT), "554 5.7.1 <ben@example.org>: Relay access denied", SETTINGS, CHANNEL, 0, "log in" },
  { STEP (RECIPIENT), "454 4.7.1 <ben@example.org>: Relay access denied", SETTINGS, CHANNEL, 0, "log in" },
  { STEP (RECIPIENT), "553 5.7.1 <ada@example.org>: Sender address rejected: not owned by user ada", SETTINGS, CHANNEL, 0, "sender" },
  { STEP (RECIPIENT), "550 5.1.1 <x@dailymail.example>: Recipient address rejected: User unknown in virtual mailbox table", REJECTED, MESSAGE, 0, "mailbox" },
  { STEP (RECIPIENT), "504 5.5.2 <laptop>: Helo command rejected: need fully-qualified hostname", SETTINGS, CHANNEL, 0, "this computer" },
  { STEP (RECIPIENT), "450 4.2.0 <ben@example.org>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/example.org.html", BUSY, MESSAGE, 0, "second try" },
  { STEP (RECIPIENT), "450 4.2.0 <ben@example.org>: Recipient address rejected: Greylisted for 300 seconds", BUSY, MESSAGE, 300, "second try" },
  { STEP (COMMITTING), "451 4.7.1 Greylisting in action, please come back in 00:04:00", BUSY, MESSAGE, 240, "second try" },
  { STEP (RECIPIENT), "450 4.1.8 <ada@nowhere.example>: Sender address rejected: Domain not found", BUSY, CHANNEL, 0, "sender" },
  { STEP (RECIPIENT), "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.example.org", SETTINGS, CHANNEL, 0, "connection" },
  { STEP (SENDER), "452 4.3.1 Insufficient system storage", BUSY, CHANNEL, 300, "room" },
  { STEP (GREETING), "421 4.7.0 mx.example.org Error: too many connections from 192.0.2.1", BUSY, CHANNEL, 30, "programs" },
  { STEP (TLS), "454 4.7.0 TLS not available due to local problem", UNREACHABLE, CHANNEL, 0, "encrypt" },
  { STEP (RECIPIENT), "450 4.7.1 Client host rejected: cannot find your hostname", BUSY, MESSAGE, 0, "again" },
  { STEP (COMMITTING), "451 4.3.0 Error: queue file write error", BUSY, MESSAGE, 0, "cannot take" },
  /* Exim */
  { STEP (LOGIN), "535 Incorrect authentication data", UNAUTHORIZED, CHANNEL, 0, "password" },
  { STEP (LOGIN), "435 Unable to authenticate at present", BUSY, CHANNEL, 0, "password" },
  { STEP (RECIPIENT), "550 relay not permitted", SETTINGS, CHANNEL, 0, "log in" },
  { STEP (RECIPIENT), "550 Please turn on SMTP Authentication in your mail client", UNAUTHORIZED, CHANNEL, 0, "login" },
  { STEP (RECIPIENT), "553 5.7.1 <ada@example.org>: Sender address rejected: not logged in", UNAUTHORIZED, CHANNEL, 0, "login" },
  { STEP (RECIPIENT), "550 5.7.0 Log in first", UNAUTHORIZED, CHANNEL, 0, "login" },
  { STEP (RECIPIENT), "503 This mail server requires authentication when attempting to send", UNAUTHORIZED, CHANNEL, 0, "login" },
  { STEP (RECIPIENT), "550 Unrouteable address", REJECTED, MESSAGE, 0, "@" },
  { STEP (RECIPIENT), "550 Sender verify failed", SETTINGS, CHANNEL, 0, "sender" },
  { STEP (SENDER), "552 Message size exceeds maximum permitted", REJECTED, MESSAGE, 0, "large" },
  { STEP (SENDER), "452 space shortage, please try later", BUSY, CHANNEL, 300, "room" },
  { STEP (GREETING), "550 Administrative prohibition", UNREACHABLE, CHANNEL, 0, "refuses to talk" },
  { STEP (RECIPIENT), "451 Temporary local problem - please try later", BUSY, MESSAGE, 0, "again" },
  /* Dovecot */
  { STEP (SENDER), "530 5.7.0 Authentication required.", UNAUTHORIZED, CHANNEL, 0, "login" },
  { STEP (COMMITTING), "552 5.2.2 Quota exceeded (mailbox for user is full)", BUSY, MESSAGE, 3600, "full" },
  /* Nothing but a code */
  { STEP (RECIPIENT), "550", REJECTED, MESSAGE, 0, "recipient" },
  { STEP (RECIPIENT), "450", BUSY, MESSAGE, 0, "again" },
  { STEP (SENDER), "500", REJECTED, MESSAGE, 0, "sender" },
  { STEP (DATA), "554", REJECTED, MESSAGE, 0, "refused the message" },
  { STEP (COMMITTING), "421", BUSY, CHANNEL, 0, "closed" },
  { STEP (LOGIN), "500", UNAUTHORIZED, CHANNEL, 0, "password" },
  { STEP (TLS), "501", HERALD_ERROR_UNTRUSTED, CHANNEL, 0, "encrypt" },
};

static HeraldSmtpReply *
parse (const char *line)
{
  g_autoptr(HeraldSmtpParser) parser = herald_smtp_parser_new ();
  g_autofree char *bytes = g_strconcat (line, "\r\n", NULL);
  g_autoptr(GError) error = NULL;
  HeraldSmtpReply *reply = NULL;
  gsize used = 0;

  reply = herald_smtp_parser_feed (parser, bytes, strlen (bytes), &used, &error);
  g_assert_no_error (error);

  return reply;
}

static gboolean
has_code (const char *text)
{
  return g_regex_match_simple ("[0-9]{3}|[0-9]\\.[0-9]", text, 0, 0);
}

static void
test_what_servers_say (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(HeraldSmtpReply) reply = parse (rows[i].line);
      g_autoptr(GError) error = herald_smtp_verdict_on_reply (rows[i].step, reply);

      g_test_message ("%s: %s", rows[i].line, error->message);
      g_assert_error (error, HERALD_ERROR, (int) rows[i].error);
      g_assert_cmpint (herald_error_get_scope (error), ==, rows[i].scope);
      g_assert_cmpuint (herald_error_get_retry_after (error), ==, rows[i].retry_after_s);
      g_assert_cmpint (herald_error_get_reply_code (error), ==, reply->code);
      g_assert_nonnull (strstr (error->message, rows[i].word));
      g_assert_true (g_str_has_suffix (error->message, "."));
      g_assert_false (has_code (error->message));
    }
}

/* Whatever a server thinks of, there is an error that can be acted on. */
static void
test_no_code_is_without_a_verdict (void)
{
  for (int step = HERALD_SMTP_STEP_TLS; step <= HERALD_SMTP_STEP_COMMITTING; step++)
    for (int code = 200; code < 600; code++)
      {
        g_autofree char *line = g_strdup_printf ("%d x", code);
        g_autoptr(HeraldSmtpReply) reply = parse (line);
        g_autoptr(GError) error = herald_smtp_verdict_on_reply ((HeraldSmtpStep) step, reply);

        g_assert_cmpuint (strlen (error->message), >, 20);
        g_assert_false (has_code (error->message));
        /* Whoever asks to be left alone for a moment is asked again. */
        if (code / 100 == 4)
          g_assert_true (error->code == BUSY || error->code == UNREACHABLE);
      }
}

static void
test_each_failure_says_what_to_do (void)
{
  static const struct
  {
    HeraldSmtpStep step;
    int code;
    const char *word;
  } failures[] = {
    { STEP (CONNECT), G_IO_ERROR_HOST_NOT_FOUND, "not found" },
    { STEP (CONNECT), G_IO_ERROR_NETWORK_UNREACHABLE, "no network" },
    { STEP (CONNECT), G_IO_ERROR_HOST_UNREACHABLE, "no way" },
    { STEP (CONNECT), G_IO_ERROR_CONNECTION_REFUSED, "address and port" },
    { STEP (CONNECT), G_IO_ERROR_TIMED_OUT, "does not answer" },
    { STEP (TLS), G_IO_ERROR_TIMED_OUT, "starttls" },
    { STEP (GREETING), G_IO_ERROR_TIMED_OUT, "from the start" },
    { STEP (DATA), G_IO_ERROR_TIMED_OUT, "no longer" },
    { STEP (DATA), G_IO_ERROR_BROKEN_PIPE, "lost" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr(GError) failure = g_error_new_literal (G_IO_ERROR, failures[i].code, "x");
      g_autoptr(GError) error = herald_smtp_verdict_on_failure (failures[i].step, failure);

      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE);
      g_assert_cmpint (herald_error_get_scope (error), ==, CHANNEL);
      g_assert_nonnull (strstr (error->message, failures[i].word));
    }
}

static void
test_encryption_that_fails_sends_nothing (void)
{
  static const struct
  {
    int code;
    const char *word;
  } failures[] = {
    { G_TLS_ERROR_NOT_TLS, "starttls" },
    { G_TLS_ERROR_HANDSHAKE, "too old" },
    { G_TLS_ERROR_BAD_CERTIFICATE, "who it is" },
    { G_TLS_ERROR_MISC, "encrypted" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr(GError) failure = g_error_new_literal (G_TLS_ERROR, failures[i].code, "x");
      g_autoptr(GError) error = herald_smtp_verdict_on_failure (STEP (TLS), failure);

      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNTRUSTED);
      g_assert_nonnull (strstr (error->message, failures[i].word));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/smtp-verdict/said", test_what_servers_say);
  g_test_add_func ("/smtp-verdict/all", test_no_code_is_without_a_verdict);
  g_test_add_func ("/smtp-verdict/failures", test_each_failure_says_what_to_do);
  g_test_add_func ("/smtp-verdict/encryption", test_encryption_that_fails_sends_nothing);

  return g_test_run ();
}
