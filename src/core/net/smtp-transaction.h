/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/smtp-session.h"

G_BEGIN_DECLS

typedef struct _HeraldSmtpTransaction HeraldSmtpTransaction;

HeraldSmtpTransaction *herald_smtp_transaction_new        (HeraldSmtpSubmission   *submission,
                                                           GError                **error);
void                   herald_smtp_transaction_free       (HeraldSmtpTransaction  *self);

void                   herald_smtp_transaction_run_async  (HeraldSmtpTransaction  *self,
                                                           HeraldSmtpSession      *session,
                                                           GCancellable           *cancellable,
                                                           GAsyncReadyCallback     callback,
                                                           gpointer                user_data);
HeraldSmtpReply       *herald_smtp_transaction_run_finish (HeraldSmtpTransaction  *self,
                                                           GAsyncResult           *result,
                                                           gboolean               *let_down,
                                                           GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldSmtpTransaction, herald_smtp_transaction_free)

G_END_DECLS
