/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/smtp-account.h"
#include "core/net/smtp-capabilities.h"
#include "core/net/smtp-connection.h"

G_BEGIN_DECLS

void     herald_smtp_login_async  (HeraldSmtpConnection         *connection,
                                   HeraldSmtpAccount            *account,
                                   const HeraldSmtpCapabilities *capabilities,
                                   GCancellable                 *cancellable,
                                   GAsyncReadyCallback           callback,
                                   gpointer                      user_data);
gboolean herald_smtp_login_finish (HeraldSmtpConnection         *connection,
                                   GAsyncResult                 *result,
                                   GError                      **error);

G_END_DECLS
