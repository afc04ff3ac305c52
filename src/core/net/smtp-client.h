/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/smtp-submission.h"

G_BEGIN_DECLS

void             herald_smtp_client_submit_async  (HeraldSmtpSubmission *submission,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
HeraldSmtpReply *herald_smtp_client_submit_finish (GAsyncResult         *result,
                                                   GError              **error);

G_END_DECLS
