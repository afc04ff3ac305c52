/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-talk"

#include "core/net/smtp-talk.h"

#include "core/net/smtp-address.h"

/**
 * herald_smtp_talk_new:
 * @submission: must outlive the conversation
 *
 * Returns: (transfer full): a conversation about to begin; %NULL with a HERALD_ERROR
 *   if an address is not fit to be put before a server
 */
HeraldSmtpTalk *
herald_smtp_talk_new (HeraldSmtpSubmission  *submission,
                      GError               **error)
{
  g_autoptr(HeraldSmtpTalk) self = g_new0 (HeraldSmtpTalk, 1);
  gsize length;
  const char *message = g_bytes_get_data (submission->message, &length);

  self->submission = submission;
  self->sender = herald_smtp_address_normalize (submission->sender, error);
  if (self->sender == NULL)
    return NULL;
  self->recipient = herald_smtp_address_normalize (submission->recipient, error);
  if (self->recipient == NULL)
    return NULL;

  herald_smtp_data_init (&self->data, message, length);

  return g_steal_pointer (&self);
}

void
herald_smtp_talk_free (HeraldSmtpTalk *self)
{
  if (self->connection != NULL)
    herald_smtp_connection_close (self->connection);
  g_clear_object (&self->connection);
  g_clear_object (&self->socket);
  herald_smtp_capabilities_clear (&self->capabilities);
  herald_smtp_data_clear (&self->data);
  g_free (self->sender);
  g_free (self->recipient);
  g_free (self);
}

/**
 * herald_smtp_talk_enter:
 *
 * Notes how far it has come, and tells whoever wants to know.
 */
void
herald_smtp_talk_enter (HeraldSmtpTalk *self,
                        HeraldSmtpStep  step)
{
  self->step = step;
  if (self->submission->enter_step != NULL)
    self->submission->enter_step (step, self->submission->user_data);
}

/**
 * herald_smtp_talk_is_international:
 *
 * Returns: whether an address is more than ASCII, which needs SMTPUTF8 (RFC 6531)
 */
gboolean
herald_smtp_talk_is_international (HeraldSmtpTalk *self)
{
  return !g_str_is_ascii (self->sender) || !g_str_is_ascii (self->recipient);
}
