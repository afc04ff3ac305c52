/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/attempt.h"
#include "core/net/http-client.h"

G_BEGIN_DECLS

#define HERALD_GRAPH_MAIL_URL "https://graph.microsoft.com/v1.0/me/sendMail"

HeraldHttpClient *herald_graph_mail_new_client  (void);
void              herald_graph_mail_send_async  (HeraldHttpClient     *client,
                                                 const char           *token,
                                                 GBytes               *message,
                                                 HeraldAttempt        *attempt,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean          herald_graph_mail_send_finish (HeraldHttpClient     *client,
                                                 GAsyncResult         *result,
                                                 GError              **error);

G_END_DECLS
