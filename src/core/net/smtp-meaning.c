/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-meaning"

#include "core/net/smtp-meaning.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BIT(step) (1u << HERALD_SMTP_STEP_##step)
#define LOGIN BIT (LOGIN)
#define OPENING (BIT (TLS) | BIT (GREETING))
#define ENVELOPE (BIT (SENDER) | BIT (RECIPIENT))
#define MAIL_AND_CONTENT (BIT (SENDER) | BIT (DATA) | BIT (COMMITTING))
#define CONTENT (BIT (DATA) | BIT (COMMITTING))
#define SENDING (ENVELOPE | CONTENT)

#define CHANNEL HERALD_ERROR_SCOPE_CHANNEL
#define MESSAGE HERALD_ERROR_SCOPE_MESSAGE

/* A daily limit is lifted bit by bit; asking more often only makes the provider angrier. */
#define DAILY_S (60 * 60)

/* A limit of the hour or the minute, and what a full disk or an overloaded server needs */
#define RATE_S (15 * 60)
#define ROOM_S (5 * 60)

/* Connections of other programs with the same account go away in seconds. */
#define CONNECTION_S 30

/* Somebody must tidy up. */
#define MAILBOX_S (60 * 60)

#define UNAUTHORIZED HERALD_ERROR_UNAUTHORIZED
#define SETTINGS HERALD_ERROR_SETTINGS
#define UNTRUSTED HERALD_ERROR_UNTRUSTED
#define REJECTED HERALD_ERROR_REJECTED
#define BUSY HERALD_ERROR_BUSY
#define UNREACHABLE HERALD_ERROR_UNREACHABLE

static const char wrong_password[] =
    N_("The mail server refused the user name or password. Enter both again. "
       "Many providers want an app password, created on their web page.");
static const char app_password[] =
    N_("The mail server wants an app password. Create one in the settings of your mail account.");
static const char no_password[] =
    N_("This provider no longer accepts passwords from programs. Use an account of your desktop, or another mail account.");
static const char login_wanted[] =
    N_("The mail server wants a login. Set the user name and the password of your mail account.");
static const char no_relay[] =
    N_("The mail server passes mail on only for those who log in. Set the user name and the password, "
       "and check that this is the outgoing server of your provider.");
static const char encryption_wanted[] =
    N_("The mail server wants an encrypted connection. Set the encryption to “starttls” or “tls”.");
static const char sender_refused[] =
    N_("The mail account may not send from this sender address. Set the sender to the address of the account.");
static const char account_blocked[] =
    N_("The provider has blocked sending by this account. Log in on its web page and see what it says.");
static const char address_blocked[] =
    N_("The mail server takes no mail from your internet connection. Use the outgoing server of your provider, "
       "with your user name and password.");
static const char not_enabled[] =
    N_("Sending by programs is switched off for this mail account. Switch it on in its settings on the web page; "
       "it may be called SMTP, POP3 or IMAP there.");
static const char daily_limit[] =
    N_("The mail account has sent as many messages as it may send in a day.");
static const char rate_limit[] =
    N_("The mail server wants fewer messages in a short time.");
static const char too_many_connections[] =
    N_("The mail account is used by too many programs at the same moment.");
static const char too_many_logins[] =
    N_("The mail server saw too many logins in a short time.");
static const char closing[] =
    N_("The mail server closed the connection. It may be overloaded or about to restart.");
static const char server_full[] =
    N_("The mail server has no room at the moment.");
static const char greylisted[] =
    N_("The recipient's mail server takes mail of a new sender only at the second try, some minutes later.");
static const char too_large[] =
    N_("The message is too large for the mail server.");
static const char mailbox_full[] =
    N_("The recipient's mailbox is full.");
static const char too_fast[] =
    N_("The recipient gets too many messages at the moment.");
static const char no_mailbox[] =
    N_("There is no mailbox of this address. Check the recipient.");
static const char no_domain[] =
    N_("The domain after the @ of the recipient takes no mail. Check the recipient.");
static const char bad_address[] =
    N_("The mail server does not understand the recipient's address. Check the recipient.");
static const char mailbox_closed[] =
    N_("The recipient's mailbox is switched off.");
static const char looks_like_spam[] =
    N_("The mail server takes the message for unwanted advertising. Other words, or no picture, may help.");
static const char own_name[] =
    N_("The mail server does not accept the name of this computer. Use the outgoing server of your provider.");
static const char foreign_letters[] =
    N_("The mail server cannot handle the letters of this address.");

/* What is listed first wins. First by what is said, where a code means several things; then by the
 * enhanced code (RFC 3463), then by the code alone. The words are those of Gmail, Microsoft, Yahoo,
 * GMX, iCloud, Zoho, Fastmail, cPanel, Amazon and of Postfix, Exim and Dovecot as of 2026. */
static const HeraldSmtpMeaning meanings[] = {
  /* The password, by words */
  { LOGIN, 0, NULL, "credentials were incorrect", UNAUTHORIZED, 0, 0, wrong_password },
  { LOGIN, 0, NULL, "security defaults", UNAUTHORIZED, 0, 0, not_enabled },
  { 0, 0, NULL, "basic authentication", UNAUTHORIZED, 0, 0, no_password },
  { 0, 0, NULL, "smtpclientauthentication is disabled", UNAUTHORIZED, 0, 0, not_enabled },
  { 0, 0, NULL, "not enabled for smtp", UNAUTHORIZED, 0, 0, not_enabled },
  { LOGIN, 0, NULL, "account not enabled", UNAUTHORIZED, 0, 0, not_enabled },
  { LOGIN, 0, NULL, "pop3", UNAUTHORIZED, 0, 0, not_enabled },
  { 0, 0, NULL, "application-specific password", UNAUTHORIZED, 0, 0, app_password },
  { LOGIN, 0, NULL, "app password", UNAUTHORIZED, 0, 0, app_password },
  { LOGIN, 0, NULL, "app-specific password", UNAUTHORIZED, 0, 0, app_password },
  { LOGIN, 0, NULL, "#auth005", UNAUTHORIZED, 0, 0, app_password },
  { LOGIN, 535, NULL, "too many", UNAUTHORIZED, 0, 0, wrong_password },
  { LOGIN, 454, NULL, "too many", BUSY, CHANNEL, 2 * RATE_S, too_many_logins },
  { LOGIN, 421, NULL, "too many", BUSY, CHANNEL, 2 * RATE_S, too_many_logins },
  { LOGIN, 0, NULL, "too many login attempts", BUSY, CHANNEL, 2 * RATE_S, too_many_logins },
  { LOGIN, 0, NULL, "web browser", UNAUTHORIZED, 0, 0, account_blocked },

  /* Somebody's mailbox, before limits of ours that sound alike */
  { SENDING, 0, NULL, "submission quota", BUSY, CHANNEL, DAILY_S, daily_limit },
  { SENDING, 0, ".2.2", NULL, BUSY, MESSAGE, MAILBOX_S, mailbox_full },
  { SENDING, 0, NULL, "mailbox full", BUSY, MESSAGE, MAILBOX_S, mailbox_full },
  { SENDING, 0, NULL, "mailbox is full", BUSY, MESSAGE, MAILBOX_S, mailbox_full },
  { SENDING, 0, NULL, "over quota", BUSY, MESSAGE, MAILBOX_S, mailbox_full },

  /* Limits, by words */
  { 0, 0, NULL, "concurrent connection", BUSY, CHANNEL, CONNECTION_S, too_many_connections },
  { 0, 0, NULL, "sender thread limit", BUSY, CHANNEL, CONNECTION_S, too_many_connections },
  { 0, 0, NULL, "too many connections", BUSY, CHANNEL, CONNECTION_S, too_many_connections },
  { 0, 0, NULL, "too many concurrent", BUSY, CHANNEL, CONNECTION_S, too_many_connections },
  { 0, 0, NULL, "daily user sending", BUSY, CHANNEL, DAILY_S, daily_limit },
  { 0, 0, NULL, "daily smtp relay", BUSY, CHANNEL, DAILY_S, daily_limit },
  { 0, 0, NULL, "daily sending", BUSY, CHANNEL, DAILY_S, daily_limit },
  { 0, 0, NULL, "daily message", BUSY, CHANNEL, DAILY_S, daily_limit },
  { 0, 0, NULL, "daily limit", BUSY, CHANNEL, DAILY_S, daily_limit },
  { 0, 0, NULL, "daily quota", BUSY, CHANNEL, DAILY_S, daily_limit },
  { 0, 0, NULL, "per day", BUSY, CHANNEL, DAILY_S, daily_limit },
  { 0, 0, NULL, "emails per hour", BUSY, CHANNEL, RATE_S, rate_limit },
  { 0, 0, NULL, "maximum sending rate", BUSY, CHANNEL, RATE_S, rate_limit },
  { 0, 0, NULL, "sending limit", BUSY, CHANNEL, DAILY_S, daily_limit },
  { 0, 0, NULL, "send limit", BUSY, CHANNEL, DAILY_S, daily_limit },
  { MAIL_AND_CONTENT, 0, NULL, "quota exceeded", BUSY, CHANNEL, DAILY_S, daily_limit },
  { MAIL_AND_CONTENT, 0, NULL, "credits exceeded", BUSY, CHANNEL, DAILY_S, daily_limit },
  { 0, 0, NULL, "too many messages", BUSY, CHANNEL, RATE_S, rate_limit },
  { 0, 0, NULL, "too many emails", BUSY, CHANNEL, RATE_S, rate_limit },
  { 0, 0, NULL, "rate limit", BUSY, CHANNEL, RATE_S, rate_limit },
  { 0, 0, NULL, "unusual rate", BUSY, CHANNEL, RATE_S, rate_limit },
  { 0, 0, NULL, "throttl", BUSY, CHANNEL, RATE_S, rate_limit },
  { SENDING, 0, NULL, "greylist", BUSY, MESSAGE, 0, greylisted },
  { SENDING, 0, NULL, "graylist", BUSY, MESSAGE, 0, greylisted },

  /* The account, by words */
  { 0, 0, NULL, "unusual sending activity", UNAUTHORIZED, 0, 0, account_blocked },
  { 0, 0, NULL, "outgoing blocked", UNAUTHORIZED, 0, 0, account_blocked },
  { 0, 0, NULL, "sender address blocked", UNAUTHORIZED, 0, 0, account_blocked },
  { 0, 0, NULL, "spam abuse detected", UNAUTHORIZED, 0, 0, account_blocked },
  { SENDING, 0, NULL, "sendasdenied", SETTINGS, 0, 0, sender_refused },
  { SENDING, 0, NULL, "not allowed to send as", SETTINGS, 0, 0, sender_refused },
  { SENDING, 0, NULL, "send as this sender", SETTINGS, 0, 0, sender_refused },
  { SENDING, 0, NULL, "not owned by user", SETTINGS, 0, 0, sender_refused },
  { SENDING, 0, NULL, "not one of your addresses", SETTINGS, 0, 0, sender_refused },
  { SENDING, 0, NULL, "header address", SETTINGS, 0, 0, sender_refused },
  { SENDING, 0, NULL, "address is not verified", SETTINGS, 0, 0, sender_refused },
  { SENDING, 0, NULL, "verified sender", SETTINGS, 0, 0, sender_refused },
  { SENDING, 0, NULL, "sender address is not allowed", SETTINGS, 0, 0, sender_refused },
  { SENDING, 0, NULL, "sender verify failed", SETTINGS, 0, 0, sender_refused },
  { ENVELOPE, 553, NULL, "relaying disallowed as", SETTINGS, 0, 0, sender_refused },
  { ENVELOPE, 0, NULL, "helo command rejected", SETTINGS, 0, 0, own_name },
  { BIT (GREETING), 0, NULL, "helo", SETTINGS, 0, 0, own_name },
  { SENDING, 0, NULL, "block list", SETTINGS, 0, 0, address_blocked },
  { SENDING, 0, NULL, "blocklist", SETTINGS, 0, 0, address_blocked },
  { SENDING, 0, NULL, "blacklist", SETTINGS, 0, 0, address_blocked },
  { SENDING, 0, NULL, "blocked using", SETTINGS, 0, 0, address_blocked },
  { SENDING, 0, NULL, "traffic not accepted from this ip", SETTINGS, 0, 0, address_blocked },
  { ENVELOPE, 0, NULL, "relay access denied", SETTINGS, 0, 0, no_relay },
  { ENVELOPE, 0, NULL, "relay not permitted", SETTINGS, 0, 0, no_relay },
  { ENVELOPE, 0, NULL, "relaying", SETTINGS, 0, 0, no_relay },
  { ENVELOPE, 0, NULL, "unable to relay", SETTINGS, 0, 0, no_relay },
  { ENVELOPE, 0, NULL, "must be authenticated", UNAUTHORIZED, 0, 0, login_wanted },
  { ENVELOPE, 0, NULL, "authentication required", UNAUTHORIZED, 0, 0, login_wanted },
  { ENVELOPE, 0, NULL, "authentication is required", UNAUTHORIZED, 0, 0, login_wanted },
  { ENVELOPE, 0, NULL, "requires authentication", UNAUTHORIZED, 0, 0, login_wanted },
  { ENVELOPE, 0, NULL, "turn on smtp authentication", UNAUTHORIZED, 0, 0, login_wanted },
  { ENVELOPE, 0, NULL, "not authenticated", UNAUTHORIZED, 0, 0, login_wanted },
  { ENVELOPE, 0, NULL, "not logged in", UNAUTHORIZED, 0, 0, login_wanted },
  { ENVELOPE, 0, NULL, "log in first", UNAUTHORIZED, 0, 0, login_wanted },
  { 0, 0, NULL, "must issue a starttls", SETTINGS, 0, 0, encryption_wanted },

  /* By enhanced code */
  { 0, 0, "5.7.139", NULL, UNAUTHORIZED, 0, 0, no_password },
  { 0, 0, "5.7.30", NULL, UNAUTHORIZED, 0, 0, no_password },
  { LOGIN, 0, "5.7.9", NULL, UNAUTHORIZED, 0, 0, app_password },
  { 0, 0, "5.7.11", NULL, SETTINGS, 0, 0, encryption_wanted },
  { 0, 0, "5.7.57", NULL, UNAUTHORIZED, 0, 0, login_wanted },
  { SENDING, 0, "5.7.60", NULL, SETTINGS, 0, 0, sender_refused },
  { SENDING, 0, "5.2.252", NULL, SETTINGS, 0, 0, sender_refused },
  { BIT (SENDER), 0, "5.7.1", NULL, SETTINGS, 0, 0, sender_refused },
  { BIT (SENDER), 0, "5.1.7", NULL, SETTINGS, 0, 0, sender_refused },
  { SENDING, 0, "5.1.8", NULL, SETTINGS, 0, 0, sender_refused },
  { SENDING, 0, "4.1.8", NULL, BUSY, CHANNEL, 0, N_("The mail server cannot check the sender address at the moment.") },
  { SENDING, 0, "5.7.501", NULL, UNAUTHORIZED, 0, 0, account_blocked },
  { SENDING, 0, "5.7.502", NULL, UNAUTHORIZED, 0, 0, account_blocked },
  { SENDING, 0, "5.7.503", NULL, UNAUTHORIZED, 0, 0, account_blocked },
  { SENDING, 0, "5.7.705", NULL, UNAUTHORIZED, 0, 0, account_blocked },
  { SENDING, 0, "5.7.708", NULL, SETTINGS, 0, 0, address_blocked },
  { 0, 0, "5.4.5", NULL, BUSY, CHANNEL, DAILY_S, daily_limit },
  { 0, 0, ".7.28", NULL, BUSY, CHANNEL, RATE_S, rate_limit },
  { SENDING, 0, "4.2.1", NULL, BUSY, MESSAGE, RATE_S, too_fast },
  { SENDING, 0, "5.2.1", NULL, REJECTED, 0, 0, mailbox_closed },
  { 0, 0, "5.2.3", NULL, REJECTED, 0, 0, too_large },
  { 0, 0, "5.3.4", NULL, REJECTED, 0, 0, too_large },
  { 0, 0, "4.3.1", NULL, BUSY, CHANNEL, ROOM_S, server_full },
  { BIT (RECIPIENT), 0, "4.2.0", NULL, BUSY, MESSAGE, 0, greylisted },
  { BIT (RECIPIENT), 0, "5.1.1", NULL, REJECTED, 0, 0, no_mailbox },
  { BIT (RECIPIENT), 0, "5.1.6", NULL, REJECTED, 0, 0, no_mailbox },
  { BIT (RECIPIENT), 0, "5.1.2", NULL, REJECTED, 0, 0, no_domain },
  { BIT (RECIPIENT), 0, "5.1.10", NULL, REJECTED, 0, 0, no_domain },
  { BIT (RECIPIENT), 0, "5.4.4", NULL, REJECTED, 0, 0, no_domain },
  { BIT (RECIPIENT), 0, "5.1.3", NULL, REJECTED, 0, 0, bad_address },
  { SENDING, 0, "5.6.7", NULL, REJECTED, 0, 0, foreign_letters },
  { SENDING, 0, "5.6.9", NULL, REJECTED, 0, 0, foreign_letters },
  { CONTENT, 0, "5.7.1", NULL, REJECTED, 0, 0, looks_like_spam },
  { CONTENT, 0, "5.7.9", NULL, REJECTED, 0, 0, looks_like_spam },

  /* By code; what says no more than that, by words that are used everywhere */
  { BIT (RECIPIENT), 550, NULL, "no such user", REJECTED, 0, 0, no_mailbox },
  { BIT (RECIPIENT), 550, NULL, "user unknown", REJECTED, 0, 0, no_mailbox },
  { BIT (RECIPIENT), 550, NULL, "unknown user", REJECTED, 0, 0, no_mailbox },
  { BIT (RECIPIENT), 550, NULL, "unrouteable", REJECTED, 0, 0, no_domain },
  { CONTENT, 0, NULL, "spam", REJECTED, 0, 0, looks_like_spam },
  { BIT (RECIPIENT), 552, NULL, NULL, BUSY, MESSAGE, MAILBOX_S, mailbox_full },
  { SENDING, 552, NULL, NULL, REJECTED, 0, 0, too_large },
  { MAIL_AND_CONTENT, 452, NULL, NULL, BUSY, CHANNEL, ROOM_S, server_full },
  { BIT (SENDER), 553, NULL, NULL, SETTINGS, 0, 0, sender_refused },
  { 0, 432, NULL, NULL, BUSY, CHANNEL, CONNECTION_S, too_many_connections },
  { BIT (COMMITTING), 421, NULL, NULL, BUSY, CHANNEL, 0, closing },
  { 0, 421, NULL, NULL, UNREACHABLE, 0, 0, closing },
  { 0, 534, NULL, NULL, UNAUTHORIZED, 0, 0, app_password },
  { 0, 535, NULL, NULL, UNAUTHORIZED, 0, 0, wrong_password },
  { OPENING, 530, NULL, NULL, SETTINGS, 0, 0, encryption_wanted },
  { 0, 530, NULL, NULL, UNAUTHORIZED, 0, 0, login_wanted },
  { 0, 538, NULL, NULL, SETTINGS, 0, 0, encryption_wanted },
  { LOGIN, 503, NULL, NULL, UNAUTHORIZED, 0, 0,
    N_("The mail server offers no login on this connection. Check the port and the encryption.") },
};

static gboolean
fits_enhanced (const char *wanted,
               const char *enhanced)
{
  if (wanted == NULL)
    return TRUE;
  if (enhanced == NULL)
    return FALSE;

  return g_str_equal (wanted, *wanted == '.' ? enhanced + 1 : enhanced);
}

/* Servers repeat addresses and names of others, and point to pages; what those are called says nothing. */
static char *
dup_words (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, " ", -1);
  GString *words = g_string_new (NULL);

  for (char **part = parts; *part != NULL; part++)
    if (strpbrk (*part, "@<>") == NULL && strstr (*part, "://") == NULL)
      g_string_append_printf (words, "%s ", *part);
  g_string_ascii_down (words);

  return g_string_free (words, FALSE);
}

/**
 * herald_smtp_meaning_find:
 * @text: what @reply says, on one line
 *
 * Returns: (nullable): what the refusal means; %NULL if only its class is known
 */
const HeraldSmtpMeaning *
herald_smtp_meaning_find (HeraldSmtpStep         step,
                          const HeraldSmtpReply *reply,
                          const char            *text)
{
  g_autofree char *words = dup_words (text);

  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      const HeraldSmtpMeaning *meaning = &meanings[i];

      if ((meaning->steps == 0 || (meaning->steps & (1u << step)) != 0) &&
          (meaning->code == 0 || meaning->code == reply->code) &&
          fits_enhanced (meaning->enhanced, reply->enhanced) &&
          (meaning->words == NULL || strstr (words, meaning->words) != NULL))
        return meaning;
    }

  return NULL;
}
