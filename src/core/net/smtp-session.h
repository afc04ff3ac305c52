/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/smtp-capabilities.h"
#include "core/net/smtp-connection.h"
#include "core/net/smtp-submission.h"

G_BEGIN_DECLS

/**
 * HeraldSmtpSessionState:
 * @HERALD_SMTP_SESSION_READY: for the next message
 * @HERALD_SMTP_SESSION_UNFINISHED: for the next message, after the last one has been called off (RSET)
 * @HERALD_SMTP_SESSION_BROKEN: for nothing any more
 */
typedef enum
{
  HERALD_SMTP_SESSION_READY,
  HERALD_SMTP_SESSION_UNFINISHED,
  HERALD_SMTP_SESSION_BROKEN,
} HeraldSmtpSessionState;

#define HERALD_TYPE_SMTP_SESSION (herald_smtp_session_get_type ())
G_DECLARE_FINAL_TYPE (HeraldSmtpSession, herald_smtp_session, HERALD, SMTP_SESSION, GObject)

HeraldSmtpSession            *herald_smtp_session_new              (HeraldSmtpAccount      *account);

void                          herald_smtp_session_open_async       (HeraldSmtpSession      *self,
                                                                    HeraldSmtpSubmission   *submission,
                                                                    GCancellable           *cancellable,
                                                                    GAsyncReadyCallback     callback,
                                                                    gpointer                user_data);
gboolean                      herald_smtp_session_open_finish      (HeraldSmtpSession      *self,
                                                                    GAsyncResult           *result,
                                                                    GError                **error);

HeraldSmtpAccount            *herald_smtp_session_get_account      (HeraldSmtpSession      *self);
HeraldSmtpConnection         *herald_smtp_session_get_connection   (HeraldSmtpSession      *self);
const HeraldSmtpCapabilities *herald_smtp_session_get_capabilities (HeraldSmtpSession      *self);
HeraldSmtpStep                herald_smtp_session_get_step         (HeraldSmtpSession      *self);
HeraldSmtpSessionState        herald_smtp_session_get_state        (HeraldSmtpSession      *self);
void                          herald_smtp_session_set_state        (HeraldSmtpSession      *self,
                                                                    HeraldSmtpSessionState  state);

void                          herald_smtp_session_rest             (HeraldSmtpSession      *self);
guint                         herald_smtp_session_get_rested_ms    (HeraldSmtpSession      *self);
void                          herald_smtp_session_quit             (HeraldSmtpSession      *self);

G_END_DECLS
