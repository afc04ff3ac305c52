/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-recipients"

#include "core/channels/email/email-recipients.h"

#include "core/channels/email/email-message.h"
#include "core/channels/email/email-settings.h"

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
 * herald_email_recipients_dup_destinations:
 *
 * Returns: (transfer full) (array zero-terminated=1): each bare address once
 */
char **
herald_email_recipients_dup_destinations (HeraldChannel *channel)
{
  const char *to = herald_channel_get_setting (channel, "to");
  const char *cc = herald_channel_get_setting (channel, "cc");
  const char *bcc = herald_channel_get_setting (channel, "bcc");
  g_autofree char *all = g_strdup_printf ("%s, %s, %s", to != NULL ? to : "", cc != NULL ? cc : "",
                                          bcc != NULL ? bcc : "");

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
  return herald_email_recipients_are_phones (channel) ? NULL : &herald_email_picture_form;
}
