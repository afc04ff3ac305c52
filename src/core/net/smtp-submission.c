/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-submission"

#include "core/net/smtp-submission.h"

/**
 * herald_smtp_submission_new:
 *
 * Returns: (transfer full): an empty submission, to be filled
 */
HeraldSmtpSubmission *
herald_smtp_submission_new (void)
{
  return g_new0 (HeraldSmtpSubmission, 1);
}

void
herald_smtp_submission_free (HeraldSmtpSubmission *self)
{
  g_clear_pointer (&self->account, herald_smtp_account_unref);
  g_free (self->sender);
  g_free (self->recipient);
  g_clear_pointer (&self->message, g_bytes_unref);
  g_free (self);
}

/**
 * herald_smtp_submission_enter_step:
 *
 * Tells whoever wants to know how far it has come.
 */
void
herald_smtp_submission_enter_step (HeraldSmtpSubmission *self,
                                   HeraldSmtpStep        step)
{
  if (self->enter_step != NULL)
    self->enter_step (step, self->user_data);
}
