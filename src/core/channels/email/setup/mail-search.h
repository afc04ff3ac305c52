/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/email/setup/mail-setup.h"
#include "core/net/http-client.h"

G_BEGIN_DECLS

void             herald_mail_search_async  (HeraldHttpClient     *http,
                                            const char           *address,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
HeraldMailSetup *herald_mail_search_finish (GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
