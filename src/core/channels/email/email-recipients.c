/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-recipients"

#include "core/channels/email/email-recipients.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/channels/email/email-message.h"
#include "core/channels/email/email-settings.h"
#include "core/channels/email/sms-gateway.h"

/* What carriers let through as MMS; more pixels than that no phone shows. */
static const HeraldPictureForm mms_picture_form = {
  .max_bytes = 300 * 1024,
  .max_side = 1024,
};

static const char *
get (HeraldValues *settings,
     const char   *name)
{
  const char *value = herald_values_get (settings, name);

  return value != NULL ? value : "";
}

static gboolean
is_on (HeraldValues *settings,
       const char   *name)
{
  return g_str_equal (get (settings, name), "true");
}

static gboolean
fail (GError     **error,
      const char  *sentence)
{
  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, sentence);

  return FALSE;
}

/* People part addresses by commas, but also by semicolons, blanks and new lines (F83). Where names are among them, a
 * blank may belong to one. */
static char *
part_by_commas (const char *list)
{
  gboolean has_names = strpbrk (list, "<\"") != NULL;

  return g_strdelimit (g_strdup (list), has_names ? ";\r\n" : "; \t\r\n", ',');
}

static const HeraldSmsGateway *
find_gateway (const char *gateway)
{
  return strchr (gateway, '.') != NULL ? herald_sms_gateway_find_domain (gateway) : herald_sms_gateway_find (gateway);
}

/* A domain that was typed is used as it is, whatever is known of it. */
static const char *
get_gateway_domain (HeraldValues *settings)
{
  const char *typed = get (settings, "gateway");
  const HeraldSmsGateway *gateway = find_gateway (typed);

  if (strchr (typed, '.') != NULL || gateway == NULL)
    return typed;

  return is_on (settings, "mms") && gateway->mms_domain != NULL ? gateway->mms_domain : gateway->sms_domain;
}

/* Returns: (nullable): an address for each number of the setting `phone`; %NULL with HERALD_ERROR_SETTINGS */
static char **
make_phone_addresses (HeraldValues  *settings,
                      GError       **error)
{
  const HeraldSmsGateway *gateway = find_gateway (get (settings, "gateway"));
  const char *domain = get_gateway_domain (settings);
  g_auto(GStrv) phones = g_strsplit_set (get (settings, "phone"), ",;\r\n", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (char **phone = phones; *phone != NULL; phone++)
    {
      g_autofree char *number = NULL;
      g_autofree char *address = NULL;

      if (*g_strstrip (*phone) == '\0')
        continue;

      number = herald_sms_gateway_dup_number (gateway, *phone, error);
      if (number == NULL)
        return NULL;

      address = g_strconcat (number, "@", domain, NULL);
      g_strv_builder_add (builder, address);
    }

  return g_strv_builder_end (builder);
}

/**
 * herald_email_recipients_are_phones:
 *
 * Returns: whether its messages become SMS behind a gateway: short, and without a subject
 */
gboolean
herald_email_recipients_are_phones (HeraldChannel *channel)
{
  return herald_email_settings_get_boolean (channel, "sms");
}

/**
 * herald_email_recipients_get_pictures:
 *
 * Returns: whether they are phones that get pictures (MMS)
 */
gboolean
herald_email_recipients_get_pictures (HeraldChannel *channel)
{
  return herald_email_recipients_are_phones (channel) && herald_email_settings_get_boolean (channel, "mms");
}

/**
 * herald_email_recipients_dup_list:
 * @name: `to`, `cc` or `bcc`
 *
 * Returns: (transfer full): the addresses of that setting, separated by commas
 */
char *
herald_email_recipients_dup_list (HeraldChannel *channel,
                                  const char    *name)
{
  return part_by_commas (get (herald_channel_get_settings (channel), name));
}

/**
 * herald_email_recipients_dup_destinations:
 *
 * Returns: (transfer full) (array zero-terminated=1): each bare address once
 */
char **
herald_email_recipients_dup_destinations (HeraldChannel *channel)
{
  g_autofree char *to = herald_email_recipients_dup_list (channel, "to");
  g_autofree char *cc = herald_email_recipients_dup_list (channel, "cc");
  g_autofree char *bcc = herald_email_recipients_dup_list (channel, "bcc");
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) phones = NULL;
  g_autofree char *list = NULL;
  g_autofree char *all = NULL;

  if (herald_email_recipients_are_phones (channel))
    phones = make_phone_addresses (herald_channel_get_settings (channel), &error);
  if (error != NULL)
    g_debug ("%s: %s", herald_channel_get_id (channel), error->message);

  list = phones != NULL ? g_strjoinv (",", phones) : g_strdup ("");
  all = g_strjoin (",", list, to, cc, bcc, NULL);

  return herald_email_message_dup_addresses (all);
}

/**
 * herald_email_recipients_get_picture_form:
 *
 * Returns: (nullable): what their pictures must look like; %NULL if they take none
 */
const HeraldPictureForm *
herald_email_recipients_get_picture_form (HeraldChannel *channel)
{
  if (!herald_email_recipients_are_phones (channel))
    return herald_channel_get_setting (channel, "account") != NULL ? &herald_email_account_picture_form
                                                                   : &herald_email_picture_form;

  return herald_email_recipients_get_pictures (channel) ? &mms_picture_form : NULL;
}

static gboolean
check_gateway (HeraldValues  *settings,
               GError       **error)
{
  const char *typed = get (settings, "gateway");
  const HeraldSmsGateway *gateway = find_gateway (typed);
  gboolean is_domain = strchr (typed, '.') != NULL;

  if (*typed == '\0')
    return fail (error, _("“gateway” is missing: the carrier of the phone, by its name in the list of carriers, or by a "
                          "domain like sms.example.org."));
  if (strpbrk (typed, " @/,<>\"") != NULL || (gateway == NULL && !is_domain))
    {
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                   _("“gateway” cannot be “%s”. It must be a carrier of the list of carriers, or a domain like "
                     "sms.example.org."), typed);
      return FALSE;
    }
  if (gateway != NULL && !is_domain && gateway->status == HERALD_SMS_ENDED)
    {
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                   /* Translators: a carrier, a domain */
                   _("%s makes no SMS of mail any more, so nothing would arrive. If you know better, say gateway=%s."),
                   gateway->name, gateway->sms_domain);
      return FALSE;
    }
  if (is_on (settings, "mms") && gateway != NULL && !is_domain && gateway->mms_domain == NULL)
    {
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                   _("%s takes no pictures by mail, as far as is known. Set “mms” to false."), gateway->name);
      return FALSE;
    }

  return TRUE;
}

/**
 * herald_email_recipients_check:
 *
 * Returns: whether there is somebody who can get the messages; if not, @error is HERALD_ERROR_SETTINGS
 */
gboolean
herald_email_recipients_check (HeraldValues  *settings,
                               GError       **error)
{
  gboolean has_phone = *get (settings, "phone") != '\0';
  gboolean has_gateway = *get (settings, "gateway") != '\0';
  g_autofree char *to = part_by_commas (get (settings, "to"));
  g_auto(GStrv) addresses = herald_email_message_dup_addresses (to);
  g_auto(GStrv) phones = NULL;

  if (!is_on (settings, "sms") && (has_phone || has_gateway || is_on (settings, "mms")))
    return fail (error, _("“phone”, “gateway” and “mms” are for SMS. Say sms=true with them."));
  if (!has_phone && has_gateway)
    return fail (error, _("“phone” is missing: the number to send to."));
  if (has_phone && !check_gateway (settings, error))
    return FALSE;
  if (has_phone)
    {
      phones = make_phone_addresses (settings, error);
      if (phones == NULL)
        return FALSE;
    }
  if (*addresses == NULL && (phones == NULL || *phones == NULL))
    return fail (error, _("“to” is missing: name at least one recipient there."));

  return TRUE;
}

/**
 * herald_email_recipients_dup_doubt:
 *
 * Returns: (transfer full) (nullable): one sentence about a carrier whose messages may not arrive; %NULL if nothing
 *   speaks against it
 */
char *
herald_email_recipients_dup_doubt (HeraldValues *settings)
{
  const HeraldSmsGateway *gateway = is_on (settings, "sms") ? find_gateway (get (settings, "gateway")) : NULL;

  if (gateway == NULL)
    return NULL;

  switch (gateway->status)
    {
    case HERALD_SMS_ENDED:
      return g_strdup_printf (_("%s makes no SMS of mail any more, as far as is known. Most likely nothing arrives."),
                              gateway->name);
    case HERALD_SMS_ENDING:
      return gateway->ended != NULL
               /* Translators: a carrier, a date */
               ? g_strdup_printf (_("%s makes SMS of mail only until %s."), gateway->name, gateway->ended)
               : g_strdup_printf (_("%s has said that it will stop making SMS of mail."), gateway->name);
    case HERALD_SMS_UNKNOWN:
      return g_strdup_printf (_("Whether %s still makes SMS of mail is not known. Send a test and look at the phone."),
                              gateway->name);
    case HERALD_SMS_WORKS:
    default:
      return NULL;
    }
}
