/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-envelope"

#include "core/net/smtp-envelope.h"

#include "core/base/error.h"
#include "core/net/smtp-address.h"

/**
 * herald_smtp_envelope_init:
 *
 * Returns: whether both addresses are fit to be put before a server; if not, @error is a HERALD_ERROR
 */
gboolean
herald_smtp_envelope_init (HeraldSmtpEnvelope  *self,
                           const char          *sender,
                           const char          *recipient,
                           GError             **error)
{
  self->sender = herald_smtp_address_normalize (sender, error);
  if (self->sender == NULL)
    return FALSE;

  self->recipient = herald_smtp_address_normalize (recipient, error);

  /* The other recipients may be right. */
  if (self->recipient == NULL && error != NULL)
    herald_error_set_scope (*error, HERALD_ERROR_SCOPE_MESSAGE);

  return self->recipient != NULL;
}

void
herald_smtp_envelope_clear (HeraldSmtpEnvelope *self)
{
  g_clear_pointer (&self->sender, g_free);
  g_clear_pointer (&self->recipient, g_free);
}

/**
 * herald_smtp_envelope_is_international:
 *
 * Returns: whether an address is more than ASCII, which needs SMTPUTF8 (RFC 6531)
 */
gboolean
herald_smtp_envelope_is_international (const HeraldSmtpEnvelope *self)
{
  return !g_str_is_ascii (self->sender) || !g_str_is_ascii (self->recipient);
}

/**
 * herald_smtp_envelope_append_sender:
 * @data: the message, measured
 *
 * Appends MAIL with what the server must know of the message before it comes (RFC 1870, RFC 6152,
 * RFC 6531).
 */
void
herald_smtp_envelope_append_sender (const HeraldSmtpEnvelope     *self,
                                    const HeraldSmtpData         *data,
                                    const HeraldSmtpCapabilities *capabilities,
                                    GString                      *command)
{
  g_string_append_printf (command, "MAIL FROM:<%s>", self->sender);
  if (capabilities->size)
    g_string_append_printf (command, " SIZE=%" G_GSIZE_FORMAT, data->size_bytes);
  if (capabilities->eight_bit_mime && data->eight_bit)
    g_string_append (command, " BODY=8BITMIME");
  if (herald_smtp_envelope_is_international (self))
    g_string_append (command, " SMTPUTF8");
  g_string_append (command, "\r\n");
}

void
herald_smtp_envelope_append_recipient (const HeraldSmtpEnvelope *self,
                                       GString                  *command)
{
  g_string_append_printf (command, "RCPT TO:<%s>\r\n", self->recipient);
}
