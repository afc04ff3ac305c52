/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/smtp-capabilities.h"
#include "core/net/smtp-connection.h"
#include "core/net/smtp-data.h"
#include "core/net/smtp-submission.h"

G_BEGIN_DECLS

typedef enum
{
  HERALD_SMTP_PHASE_GREETING,
  HERALD_SMTP_PHASE_EHLO,
  HERALD_SMTP_PHASE_HELO,
  HERALD_SMTP_PHASE_STARTTLS,
  HERALD_SMTP_PHASE_MAIL,
  HERALD_SMTP_PHASE_RCPT,
  HERALD_SMTP_PHASE_DATA,
  HERALD_SMTP_PHASE_INTERRUPTED,
  HERALD_SMTP_PHASE_END,
} HeraldSmtpPhase;

/**
 * HeraldSmtpTalk:
 * @sender: as it goes over the wire
 * @recipient: as it goes over the wire
 * @phase: what the next reply is an answer to
 *
 * A conversation with a mail server so far.
 */
typedef struct
{
  HeraldSmtpSubmission *submission;
  GSocketConnection *socket;
  HeraldSmtpConnection *connection;
  HeraldSmtpCapabilities capabilities;
  HeraldSmtpData data;
  char *sender;
  char *recipient;
  HeraldSmtpStep step;
  HeraldSmtpPhase phase;
} HeraldSmtpTalk;

HeraldSmtpTalk *herald_smtp_talk_new              (HeraldSmtpSubmission *submission,
                                                   GError              **error);
void            herald_smtp_talk_free             (HeraldSmtpTalk       *self);
void            herald_smtp_talk_enter            (HeraldSmtpTalk       *self,
                                                   HeraldSmtpStep        step);
gboolean        herald_smtp_talk_is_international (HeraldSmtpTalk       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldSmtpTalk, herald_smtp_talk_free)

G_END_DECLS
