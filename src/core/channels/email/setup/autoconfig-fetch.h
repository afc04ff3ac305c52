/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/email/setup/mail-setup.h"
#include "core/net/http-client.h"

G_BEGIN_DECLS

/* Fetches a description of @address's mail server. @url is https; it is followed to other places only by https. */
void             herald_autoconfig_fetch_async  (HeraldHttpClient     *http,
                                                 const char           *url,
                                                 const char           *address,
                                                 guint                 limit_ms,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
/* Returns (transfer full): a set-up without a source; NULL with any error */
HeraldMailSetup *herald_autoconfig_fetch_finish (GAsyncResult         *result,
                                                 GError              **error);

G_END_DECLS
