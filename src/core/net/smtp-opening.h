/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/smtp-capabilities.h"
#include "core/net/smtp-connection.h"
#include "core/net/smtp-submission.h"

G_BEGIN_DECLS

void                  herald_smtp_opening_run_async  (HeraldSmtpAccount       *account,
                                                      HeraldSmtpSubmission    *submission,
                                                      GCancellable            *cancellable,
                                                      GAsyncReadyCallback      callback,
                                                      gpointer                 user_data);
HeraldSmtpConnection *herald_smtp_opening_run_finish (GAsyncResult            *result,
                                                      HeraldSmtpStep          *step,
                                                      HeraldSmtpCapabilities  *capabilities,
                                                      GError                 **error);

G_END_DECLS
