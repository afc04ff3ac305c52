/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"
#include "core/channels/x/x-tokens.h"

G_BEGIN_DECLS

/* What posts are authorized with. Several may wait; the tokens are renewed once for all of them, and are in the keyring
 * before anybody gets one. Returns (transfer full): an access token, to be wiped; NULL with UNAUTHORIZED if somebody has to
 * sign in, SETTINGS if the keyring is closed, or why X gave none. */
void  herald_x_token_keeper_find_async  (HeraldChannel        *channel,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
char *herald_x_token_keeper_find_finish (HeraldChannel        *channel,
                                         GAsyncResult         *result,
                                         GError              **error);

/* X has refused @access before its time: who asks next gets another. */
void  herald_x_token_keeper_refuse      (HeraldChannel        *channel,
                                         const char           *access);

/* From a login. Whoever asks next gets these, as soon as they are in the keyring. */
void  herald_x_token_keeper_take        (HeraldChannel        *channel,
                                         HeraldXTokens        *taken_tokens);

/* For good: nothing is renewed or stored any more, for the channel is removed. */
void  herald_x_token_keeper_close       (HeraldChannel        *channel);

G_END_DECLS
