/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/smtp-account.h"
#include "core/net/smtp-verdict.h"

G_BEGIN_DECLS

/**
 * HeraldSmtpSubmission:
 * @account: what to send it by
 * @sender: address of the envelope
 * @recipient: address of the envelope
 * @message: a whole message (RFC 5322)
 * @enter_step: (nullable): told how far it has come
 * @commit: called once, right before the byte after which nobody can take the message back;
 *   if it fails, that byte is not sent
 *
 * One message on its way to one recipient. Several recipients are several submissions, so that
 * each has its own result; a client keeps its connection for them.
 */
typedef struct
{
  HeraldSmtpAccount *account;
  char *sender;
  char *recipient;
  GBytes *message;
  void (*enter_step) (HeraldSmtpStep step,
                      gpointer       user_data);
  gboolean (*commit) (gpointer   user_data,
                      GError   **error);
  gpointer user_data;
} HeraldSmtpSubmission;

HeraldSmtpSubmission *herald_smtp_submission_new        (void);
void                  herald_smtp_submission_free       (HeraldSmtpSubmission *self);
void                  herald_smtp_submission_enter_step (HeraldSmtpSubmission *self,
                                                         HeraldSmtpStep        step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldSmtpSubmission, herald_smtp_submission_free)

G_END_DECLS
