/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-settings"

#include "core/channels/email/email-settings.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/channels/email/email-channel.h"
#include "core/channels/email/email-recipients.h"
#include "core/net/certificate.h"

static const char *const security_choices[] = { "tls", "starttls", "plain", NULL };

static const char *const auth_choices[] = {
  "auto", "none", "plain", "login", "cram-md5", "scram-sha-256", "xoauth2", "oauthbearer", NULL
};

static const char *const subject_choices[] = { "event", "print", NULL };

static const char *const security_labels[] = {
  N_("Encrypted from the start (TLS)"), N_("Encrypted after a greeting (STARTTLS)"), N_("Not encrypted"), NULL
};

/* The others are names that people read in the help of a mail server. */
static const char *const auth_labels[] = {
  N_("Automatic"), N_("No login"), "PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256", "XOAUTH2", "OAUTHBEARER", NULL
};

static const char *const subject_labels[] = { N_("What happened"), N_("The same for a whole print"), NULL };

static const HeraldChannelField fields[] = {
  { "account", HERALD_FIELD_TEXT, HERALD_FIELD_PLAIN, N_("Account of this desktop"),
    N_("An account of the desktop's settings (GNOME Online Accounts). It brings server and login with it."), NULL,
    NULL },
  { "host", HERALD_FIELD_HOST, HERALD_FIELD_PLAIN, N_("Outgoing mail server"),
    N_("Your provider names it in its help, often smtp. and a name."), NULL, NULL },
  { "port", HERALD_FIELD_PORT, HERALD_FIELD_PLAIN, N_("Port"),
    N_("Empty for the usual one: 465 for TLS, 587 for STARTTLS."), NULL, NULL },
  { "security", HERALD_FIELD_CHOICE, HERALD_FIELD_PLAIN, N_("Encryption"),
    N_("Without encryption (plain) everybody on the way can read what is sent; only for a server on this computer."),
    "tls", security_choices, security_labels },
  { "certificate", HERALD_FIELD_TEXT, HERALD_FIELD_PLAIN, N_("Trusted certificate"),
    N_("The fingerprint of a server whose certificate nobody vouches for, like one of your own."), NULL, NULL },
  { "auth", HERALD_FIELD_CHOICE, HERALD_FIELD_PLAIN, N_("Login"),
    N_("The strongest way that your server offers (auto) is right, unless it takes only one of the others."), "auto",
    auth_choices, auth_labels },
  { "user", HERALD_FIELD_TEXT, HERALD_FIELD_PLAIN, N_("User name"),
    N_("Mostly your e-mail address. Empty if the server wants no login."), NULL, NULL },
  { HERALD_EMAIL_PASSWORD_FIELD, HERALD_FIELD_TEXT, HERALD_FIELD_SECRET, N_("Password"),
    N_("Many providers want an app password, which you create on their web page."), NULL, NULL },
  { "from", HERALD_FIELD_ADDRESS, HERALD_FIELD_PLAIN, N_("Sender address"), NULL, NULL, NULL },
  { "from-name", HERALD_FIELD_TEXT, HERALD_FIELD_PLAIN, N_("Sender name"),
    N_("Empty for the name of the printer."), NULL, NULL },
  { "to", HERALD_FIELD_ADDRESSES, HERALD_FIELD_PLAIN, N_("Recipients"),
    N_("Addresses, separated by commas."), NULL, NULL },
  { "cc", HERALD_FIELD_ADDRESSES, HERALD_FIELD_PLAIN, N_("Copies to"), NULL, NULL, NULL },
  { "bcc", HERALD_FIELD_ADDRESSES, HERALD_FIELD_PLAIN, N_("Hidden copies to"), NULL, NULL, NULL },
  { "subject", HERALD_FIELD_CHOICE, HERALD_FIELD_PLAIN, N_("Subject"),
    N_("With the same for a whole print (print) Gmail shows its messages as one conversation."), "event",
    subject_choices, subject_labels },
  { "html", HERALD_FIELD_BOOLEAN, HERALD_FIELD_PLAIN, N_("Formatted text"),
    N_("In addition to the plain text, for programs that show it."), "false", NULL },
  { "inline-picture", HERALD_FIELD_BOOLEAN, HERALD_FIELD_PLAIN, N_("Picture within the text"),
    N_("Instead of as an attachment. Needs a program that shows formatted text."), "false", NULL },
  { "sms", HERALD_FIELD_BOOLEAN, HERALD_FIELD_PLAIN, N_("Recipients are phones behind a mail-to-SMS gateway"),
    N_("They get the text alone, cut to what fits into one SMS."), "false", NULL },
  { "phone", HERALD_FIELD_TEXT, HERALD_FIELD_PLAIN, N_("Phone numbers"),
    N_("Separated by commas."), NULL, NULL },
  { "gateway", HERALD_FIELD_TEXT, HERALD_FIELD_PLAIN, N_("Carrier"),
    N_("Its name in the list of carriers, or what comes after the number in the address of a phone, like sms.example.net."),
    NULL, NULL },
  { "mms", HERALD_FIELD_BOOLEAN, HERALD_FIELD_PLAIN, N_("Pictures to phones"),
    N_("Only where the carrier's gateway takes pictures (MMS)."), "false", NULL },
  { HERALD_EMAIL_MESSAGES_PER_DAY, HERALD_FIELD_COUNT, HERALD_FIELD_PLAIN, N_("Messages in a day to each recipient"),
    N_("Empty for no limit; to phones, empty means 10. The last fifth is kept for failures; what is more is put together in "
       "one message or left out."),
    NULL, NULL },
};

/* What mailboxes take without a second thought: 25 MB with the 37 % that base64 adds is the usual end. */
const HeraldPictureForm herald_email_picture_form = {
  .max_bytes = 2 * 1024 * 1024,
  .max_side = 1920,
  .film_max_bytes = 15 * 1024 * 1024,
};

/* An account of the desktop may be Microsoft's, whose Graph takes 4 MB, twice in base64: of 2 MB become 3.7. */
const HeraldPictureForm herald_email_account_picture_form = {
  .max_bytes = 2 * 1024 * 1024,
  .max_side = 1920,
  .film_max_bytes = 2 * 1024 * 1024,
};

const HeraldChannelType herald_email_channel_type = {
  .id = "email",
  .name = N_("E-mail"),
  .reach = HERALD_REACH_MAIL,
  .form = "email",
  .picture = &herald_email_picture_form,
  .get_gtype = herald_email_channel_get_type,
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .check = herald_email_settings_check,
  .dup_doubt = herald_email_recipients_dup_doubt,
};

HeraldSmtpSecurity
herald_email_settings_get_security (HeraldChannel *channel)
{
  const char *value = herald_channel_get_setting (channel, "security");

  if (g_strcmp0 (value, "plain") == 0)
    return HERALD_SMTP_PLAIN;
  if (g_strcmp0 (value, "starttls") == 0)
    return HERALD_SMTP_STARTTLS;

  return HERALD_SMTP_TLS;
}

guint16
herald_email_settings_get_port (HeraldChannel *channel)
{
  static const guint16 usual[] = {
    [HERALD_SMTP_TLS] = 465,
    [HERALD_SMTP_STARTTLS] = 587,
    [HERALD_SMTP_PLAIN] = 25,
  };

  return (guint16) herald_values_get_int (herald_channel_get_settings (channel), "port",
                                          usual[herald_email_settings_get_security (channel)]);
}

gboolean
herald_email_settings_get_boolean (HeraldChannel *channel,
                                   const char    *name)
{
  return g_strcmp0 (herald_channel_get_setting (channel, name), "true") == 0;
}

static gboolean
has (HeraldValues *settings,
     const char   *name)
{
  const char *value = herald_values_get (settings, name);

  return value != NULL && *value != '\0';
}

static gboolean
require (HeraldValues  *settings,
         const char    *name,
         GError       **error)
{
  if (has (settings, name))
    return TRUE;

  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
               /* Translators: the name of a setting, then its label */
               _("“%s” is missing: %s"), name,
               _(herald_channel_type_get_field (&herald_email_channel_type, name)->label));
  return FALSE;
}

static gboolean
check_certificate (HeraldValues  *settings,
                   GError       **error)
{
  g_autofree char *fingerprint = NULL;

  if (!has (settings, "certificate"))
    return TRUE;

  fingerprint = herald_certificate_check_fingerprint (herald_values_get (settings, "certificate"), error);
  if (fingerprint == NULL)
    return FALSE;

  herald_values_set (settings, "certificate", fingerprint);
  return TRUE;
}

/**
 * herald_email_settings_check:
 * @settings: each field is right by itself; the fingerprint is put into its normal form here
 *
 * Returns: whether they are enough to send by; if not, @error is HERALD_ERROR_SETTINGS
 */
gboolean
herald_email_settings_check (HeraldValues  *settings,
                             GError       **error)
{
  if (!has (settings, "account") && (!require (settings, "host", error) || !require (settings, "from", error)))
    return FALSE;
  if (!check_certificate (settings, error))
    return FALSE;

  return herald_email_recipients_check (settings, error);
}
