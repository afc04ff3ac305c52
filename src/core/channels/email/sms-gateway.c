/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-sms-gateway"

#include "core/channels/email/sms-gateway.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

/* ITU-T E.164: the longest number with its country code; no mobile network has numbers shorter than this. */
#define DIGITS_MIN 6
#define DIGITS_MAX 15

/* Those of the North American Numbering Plan all have as many digits. */
#define NORTH_AMERICAN_CODE "1"
#define NORTH_AMERICAN_DIGITS 10

/* By country, the largest markets first. A row says no more than its source: most carriers never announce anything.
 * What is over stays here, so that who finds it in an old list hears of it. */
static const HeraldSmsGateway gateways[] = {
  { "att", "AT&T", "US", "1", "txt.att.net", "mms.att.net", HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_ENDED, "2025-06-17", "2026-06", "AT&T's article KM1061254" },
  { "boost", "Boost Mobile", "US", "1", "sms.myboostmobile.com", "myboostmobile.com", HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-06", "TextMagic's table" },
  { "c-spire", "C Spire", "US", "1", "cspire1.com", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "cellcom", "Cellcom", "US", "1", "cellcom.quiktxt.com", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "consumer-cellular", "Consumer Cellular", "US", "1", "mailmymobile.net", "mailmymobile.net", HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-06", "TextMagic's table" },
  { "cricket", "Cricket", "US", "1", "sms.cricketwireless.net", "mms.cricketwireless.net", HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-06", "TextMagic's table; it runs on AT&T's network" },
  { "gci", "GCI (Alaska)", "US", "1", "mobile.gci.net", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "google-fi", "Google Fi", "US", "1", "msg.fi.google.com", "msg.fi.google.com", HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_WORKS, NULL, "2026-06", "Sigspan's and TextMagic's tables" },
  { "metro", "Metro by T-Mobile", "US", "1", "mymetropcs.com", "mymetropcs.com", HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_ENDED, "2024-12", "2026-06", "Sigspan's and TextMagic's tables" },
  { "mint", "Mint Mobile", "US", "1", "tmomail.net", "tmomail.net", HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_ENDED, "2024-12", "2026-06", "Sigspan's and TextMagic's tables" },
  { "republic", "Republic Wireless", "US", "1", "text.republicwireless.com", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "programs that use it, undated" },
  { "spectrum", "Spectrum Mobile", "US", "1", "vtext.com", "vzwpix.com", HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_ENDING, "2027-03-31", "2026-06", "Sigspan's and TextMagic's tables" },
  { "sprint", "Sprint", "US", "1", "messaging.sprintpcs.com", "pm.sprint.com", HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_ENDED, NULL, "2025-04-08", "no mail server in the DNS (VuFind 4327)" },
  { "straight-talk", "Straight Talk (Verizon's network)", "US", "1", "vtext.com", "vzwpix.com", HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_ENDING, "2027-03-31", "2026-06", "Sigspan's and TextMagic's tables" },
  { "t-mobile", "T-Mobile", "US", "1", "tmomail.net", "tmomail.net", HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_ENDED, "2024-12", "2026-06", "Sigspan's and TextMagic's tables" },
  { "ting", "Ting", "US", "1", "message.ting.com", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2021-06-29", "Ting's help: not supported" },
  { "tracfone", "Tracfone", "US", "1", "mmst5.tracfone.com", "mmst5.tracfone.com", HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "programs that use it, undated" },
  { "us-cellular", "US Cellular", "US", "1", "email.uscc.net", "mms.uscc.net", HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-06", "TextMagic's table" },
  { "verizon", "Verizon", "US", "1", "vtext.com", "vzwpix.com", HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_ENDING, "2027-03-31", "2026-06", "Sigspan's and TextMagic's tables" },
  { "visible", "Visible", "US", "1", "vtext.com", "vzwpix.com", HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_ENDING, "2027-03-31", "2026-06", "Sigspan's and TextMagic's tables" },
  { "xfinity", "Xfinity Mobile", "US", "1", "vtext.com", "vzwpix.com", HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_ENDING, "2027-03-31", "2026-06", "Sigspan's and TextMagic's tables" },
  { "alltel", "Alltel", "US", "1", "message.alltel.com", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_ENDED, NULL, "2025-04-08", "no mail server in the DNS (VuFind 4327)" },
  { "nextel", "Nextel", "US", "1", "messaging.nextel.com", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_ENDED, NULL, "2025-04-08", "no mail server in the DNS (VuFind 4327)" },
  { "claro-pr", "Claro (Puerto Rico)", "PR", "1", "vtexto.com", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "bell", "Bell", "CA", "1", "txt.bell.ca", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_ENDING, NULL, "2025-10-28", "Bell's notice, reported to the list of mfitzp" },
  { "chatr", "Chatr", "CA", "1", "pcs.rogers.com", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_ENDED, "2023-07", "2024-02-17", "Rogers' support, reported to the list of mfitzp" },
  { "fido", "Fido", "CA", "1", "fido.ca", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_ENDED, "2023-07", "2024-02-17", "Rogers' support, reported to the list of mfitzp" },
  { "freedom", "Freedom Mobile", "CA", "1", "txt.freedommobile.ca", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "programs that use it, undated" },
  { "koodo", "Koodo", "CA", "1", "msg.koodomobile.com", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "programs that use it, undated" },
  { "lucky", "Lucky Mobile", "CA", "1", "txt.bell.ca", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_ENDING, NULL, "2025-10-28", "Bell's notice, reported to the list of mfitzp" },
  { "public-mobile", "Public Mobile", "CA", "1", "msg.telus.com", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "programs that use it, undated" },
  { "rogers", "Rogers", "CA", "1", "pcs.rogers.com", "mms.rogers.com", HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_ENDED, "2023-07", "2024-02-17", "Rogers' support, reported to the list of mfitzp" },
  { "sasktel", "SaskTel", "CA", "1", "sms.sasktel.com", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "telus", "Telus", "CA", "1", "msg.telus.com", "mms.telusmobility.com", HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "virgin-plus", "Virgin Plus", "CA", "1", "vmobile.ca", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "telcel", "Telcel", "MX", "52", "itelcel.com", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "a1-bg", "A1 (once Mtel)", "BG", "359", "sms.mtel.net", NULL, HERALD_SMS_INTERNATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "sunrise", "Sunrise", "CH", "41", "gsm.sunrise.ch", NULL, HERALD_SMS_TRUNK, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated; needs a contract" },
  { "o2-de", "o2", "DE", "49", "o2online.de", NULL, HERALD_SMS_TRUNK, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "e-plus", "E-Plus", "DE", "49", "smsmail.eplus.de", NULL, HERALD_SMS_TRUNK, 0,
    HERALD_SMS_ENDED, "2016-05", "2016-05", "the public list of mfitzp" },
  { "telekom-de", "Telekom", "DE", "49", "t-mobile-sms.de", NULL, HERALD_SMS_TRUNK, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "vodafone-de", "Vodafone", "DE", "49", "vodafone-sms.de", NULL, HERALD_SMS_TRUNK, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "bouygues", "Bouygues Telecom", "FR", "33", "mms.bouyguestelecom.fr", "mms.bouyguestelecom.fr", HERALD_SMS_TRUNK, 0,
    HERALD_SMS_ENDED, "2017-09", "2017-09", "the public list of mfitzp" },
  { "ee-orange", "Orange (now EE)", "GB", "44", "orange.net", NULL, HERALD_SMS_TRUNK, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "t-hr", "T-Mobile", "HR", "385", "sms.t-mobile.hr", NULL, HERALD_SMS_INTERNATIONAL, 100,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "eir", "eir (once Meteor)", "IE", "353", "sms.mymeteor.ie", "mms.mymeteor.ie", HERALD_SMS_TRUNK, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "vodafone-is", "Vodafone", "IS", "354", "sms.is", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "vodafone-it", "Vodafone", "IT", "39", "sms.vodafone.it", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "plus", "Plus", "PL", "48", "text.plusgsm.pl", NULL, HERALD_SMS_PLUS, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "tele2-se", "Tele2", "SE", "46", "sms.tele2.se", NULL, HERALD_SMS_TRUNK, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "m1", "M1", "SG", "65", "m1.com.sg", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "emtel", "Emtel", "MU", "230", "emtelworld.net", NULL, HERALD_SMS_NATIONAL, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "mtn-za", "MTN", "ZA", "27", "sms.co.za", NULL, HERALD_SMS_TRUNK, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
  { "vodacom", "Vodacom", "ZA", "27", "voda.co.za", NULL, HERALD_SMS_TRUNK, 0,
    HERALD_SMS_UNKNOWN, NULL, "2026-11", "the public list of mfitzp, undated" },
};

/**
 * herald_sms_gateway_get_all:
 * @n_gateways: (out): how many there are
 *
 * Returns: (array length=n_gateways) (transfer none): all that are known
 */
const HeraldSmsGateway *
herald_sms_gateway_get_all (guint *n_gateways)
{
  *n_gateways = G_N_ELEMENTS (gateways);

  return gateways;
}

const HeraldSmsGateway *
herald_sms_gateway_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (gateways); i++)
    {
      if (g_ascii_strcasecmp (gateways[i].id, id) == 0)
        return &gateways[i];
    }

  return NULL;
}

/**
 * herald_sms_gateway_find_domain:
 *
 * Returns: (nullable): the first carrier whose messages go by @domain
 */
const HeraldSmsGateway *
herald_sms_gateway_find_domain (const char *domain)
{
  for (guint i = 0; i < G_N_ELEMENTS (gateways); i++)
    {
      const HeraldSmsGateway *gateway = &gateways[i];

      if (g_ascii_strcasecmp (gateway->sms_domain, domain) == 0 ||
          (gateway->mms_domain != NULL && g_ascii_strcasecmp (gateway->mms_domain, domain) == 0))
        return gateway;
    }

  return NULL;
}

const char *
herald_sms_status_to_id (HeraldSmsStatus status)
{
  static const char *const ids[] = {
    [HERALD_SMS_UNKNOWN] = "unknown",
    [HERALD_SMS_WORKS] = "works",
    [HERALD_SMS_ENDING] = "ending",
    [HERALD_SMS_ENDED] = "ended",
  };

  return ids[status];
}

/* Letters stand for digits as on the keys of a telephone (ITU-T E.161): 1-800-OCTOPUS. */
static char
to_digit (char character)
{
  static const char keys[] = "22233344455566677778889999";

  if (g_ascii_isalpha (character))
    return keys[g_ascii_tolower (character) - 'a'];

  return g_ascii_isdigit (character) ? character : '\0';
}

static char *
read_digits (const char *phone)
{
  GString *digits = g_string_new (NULL);
  gboolean is_plain = TRUE;

  for (const char *p = phone; *p != '\0'; p++)
    {
      char digit = to_digit (*p);

      if (digit != '\0')
        g_string_append_c (digits, digit);
      else if (strchr (" +-./()", *p) == NULL || (*p == '+' && digits->len > 0))
        is_plain = FALSE;
    }
  if (!is_plain || digits->len < DIGITS_MIN || digits->len > DIGITS_MAX)
    g_string_truncate (digits, 0);

  return g_string_free (digits, FALSE);
}

/* Returns: (nullable): the number within the country, without country code and leading zero; %NULL if it is of another */
static const char *
skip_country (const HeraldSmsGateway *self,
              const char             *phone,
              const char             *digits)
{
  gsize code_length = strlen (self->calling_code);
  gboolean is_american = g_str_equal (self->calling_code, NORTH_AMERICAN_CODE);
  /* Nothing but a bracket can stand before it. */
  gboolean has_plus = strchr (phone, '+') != NULL;

  if (has_plus || (!is_american && g_str_has_prefix (digits, "00")))
    {
      digits += has_plus ? 0 : 2;
      if (!g_str_has_prefix (digits, self->calling_code))
        return NULL;
      digits += code_length;
    }
  else if (is_american && strlen (digits) == NORTH_AMERICAN_DIGITS + 1 && *digits == '1')
    digits++;

  /* Also for “+49 (0) 171 …” */
  if (!is_american && *digits == '0')
    digits++;
  if (is_american && strlen (digits) != NORTH_AMERICAN_DIGITS)
    return NULL;

  return digits;
}

/**
 * herald_sms_gateway_dup_number:
 * @self: (nullable): %NULL for a gateway nobody knows: it gets the digits as they were typed
 * @phone: a number as people write it, with blanks, dashes, brackets and letters
 *
 * Returns: (transfer full): as the gateway wants it before its “@”; %NULL with HERALD_ERROR_SETTINGS if it is no
 *   telephone number, or none of the gateway's country
 */
char *
herald_sms_gateway_dup_number (const HeraldSmsGateway  *self,
                               const char              *phone,
                               GError                 **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (phone));
  g_autofree char *digits = read_digits (trimmed);
  const char *national = digits;

  if (*digits == '\0')
    {
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                   _("“%s” is not a telephone number. Write it with its digits, like 555 123 4567."), trimmed);
      return NULL;
    }
  if (self == NULL)
    return g_steal_pointer (&digits);

  national = skip_country (self, trimmed, digits);
  if (national == NULL)
    {
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                   /* Translators: a telephone number, a carrier, a country's calling code */
                   _("“%s” is not a number that %s has: those begin with +%s and have all their digits."), trimmed,
                   self->name, self->calling_code);
      return NULL;
    }

  switch (self->number)
    {
    case HERALD_SMS_TRUNK:
      return g_strconcat ("0", national, NULL);
    case HERALD_SMS_INTERNATIONAL:
      return g_strconcat (self->calling_code, national, NULL);
    case HERALD_SMS_PLUS:
      return g_strconcat ("+", self->calling_code, national, NULL);
    case HERALD_SMS_NATIONAL:
    default:
      return g_strdup (national);
    }
}
