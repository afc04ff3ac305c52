/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/smtp-submission.h"

G_BEGIN_DECLS

#define HERALD_TYPE_SMTP_CLIENT (herald_smtp_client_get_type ())
G_DECLARE_FINAL_TYPE (HeraldSmtpClient, herald_smtp_client, HERALD, SMTP_CLIENT, GObject)

HeraldSmtpClient *herald_smtp_client_new           (void);

void              herald_smtp_client_submit_async  (HeraldSmtpClient      *self,
                                                    HeraldSmtpSubmission  *submission,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
HeraldSmtpReply  *herald_smtp_client_submit_finish (HeraldSmtpClient      *self,
                                                    GAsyncResult          *result,
                                                    GError               **error);

G_END_DECLS
