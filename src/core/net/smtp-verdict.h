/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/net/smtp-reply.h"

G_BEGIN_DECLS

/**
 * HeraldSmtpStep:
 *
 * How far a submission has come. From HERALD_SMTP_STEP_COMMITTING on nobody can take it back.
 */
typedef enum
{
  HERALD_SMTP_STEP_CONNECT,
  HERALD_SMTP_STEP_TLS,
  HERALD_SMTP_STEP_GREETING,
  HERALD_SMTP_STEP_LOGIN,
  HERALD_SMTP_STEP_SENDER,
  HERALD_SMTP_STEP_RECIPIENT,
  HERALD_SMTP_STEP_DATA,
  HERALD_SMTP_STEP_COMMITTING,
} HeraldSmtpStep;

const char *herald_smtp_step_get_name           (HeraldSmtpStep         step);

GError     *herald_smtp_verdict_on_reply        (HeraldSmtpStep         step,
                                                 const HeraldSmtpReply *reply);
GError     *herald_smtp_verdict_on_failure      (HeraldSmtpStep         step,
                                                 const GError          *failure);
GError     *herald_smtp_verdict_on_certificate  (GTlsCertificateFlags   problems);

G_END_DECLS
