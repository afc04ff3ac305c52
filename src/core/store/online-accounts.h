/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/store/online-account.h"

G_BEGIN_DECLS

/**
 * HeraldOnlineEffort:
 * @HERALD_ONLINE_LOOK: see whether there is such an account; ask for no secret
 * @HERALD_ONLINE_AS_IS: take the token that the desktop has
 * @HERALD_ONLINE_RENEW: the one it had was refused: have it look for a new one first
 */
typedef enum
{
  HERALD_ONLINE_LOOK,
  HERALD_ONLINE_AS_IS,
  HERALD_ONLINE_RENEW,
} HeraldOnlineEffort;

void                 herald_online_accounts_list_async     (GCancellable         *cancellable,
                                                            GAsyncReadyCallback   callback,
                                                            gpointer              user_data);
GPtrArray           *herald_online_accounts_list_finish    (GAsyncResult         *result,
                                                            GError              **error);

void                 herald_online_accounts_sign_in_async  (const char           *words,
                                                            HeraldOnlineEffort    effort,
                                                            GCancellable         *cancellable,
                                                            GAsyncReadyCallback   callback,
                                                            gpointer              user_data);
HeraldOnlineAccount *herald_online_accounts_sign_in_finish (GAsyncResult         *result,
                                                            char                **secret,
                                                            GError              **error);

G_END_DECLS
