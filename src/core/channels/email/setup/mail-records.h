/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/email/setup/mail-setup.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Who takes the mail of @domain (MX, RFC 5321 section 5.1) */
void             herald_mail_records_find_mx_async   (const char           *domain,
                                                      guint                 limit_ms,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
/* Returns (transfer full): the first server's name; NULL with any error */
char            *herald_mail_records_find_mx_finish  (GAsyncResult         *result,
                                                      GError              **error);

/* Who sends for the people of @address's domain (SRV, RFC 6186 section 3.1 and RFC 8314 section 5.1) */
void             herald_mail_records_find_srv_async  (const char           *address,
                                                      HeraldSmtpSecurity    security,
                                                      guint                 limit_ms,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
/* Returns (transfer full): a set-up without a source; NULL with any error */
HeraldMailSetup *herald_mail_records_find_srv_finish (GAsyncResult         *result,
                                                      GError              **error);

G_END_DECLS
