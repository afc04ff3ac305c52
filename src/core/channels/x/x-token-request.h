/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/x/x-app.h"
#include "core/channels/x/x-tokens.h"

G_BEGIN_DECLS

/* Both end within 90 seconds. What is given is borrowed until they return. */
void           herald_x_token_request_exchange_async (const HeraldXApp      *app,
                                                      const char            *code,
                                                      const char            *verifier,
                                                      const char            *redirect_uri,
                                                      GCancellable          *cancellable,
                                                      GAsyncReadyCallback    callback,
                                                      gpointer               user_data);
void           herald_x_token_request_refresh_async  (const HeraldXApp      *app,
                                                      const HeraldXTokens   *before,
                                                      GCancellable          *cancellable,
                                                      GAsyncReadyCallback    callback,
                                                      gpointer               user_data);
HeraldXTokens *herald_x_token_request_finish         (GAsyncResult          *result,
                                                      GError               **error);

G_END_DECLS
