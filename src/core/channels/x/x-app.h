/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"

G_BEGIN_DECLS

/**
 * HeraldXApp:
 * @server: as in its settings
 * @client_id: of the app
 * @client_secret: (nullable): %NULL for a public client (RFC 6749 section 2.1)
 *
 * The app of a channel that is signed in in the browser.
 */
typedef struct
{
  char *server;
  char *client_id;
  char *client_secret;
} HeraldXApp;

void        herald_x_app_free            (HeraldXApp           *self);

/* Reads settings and keyring. Fails with HERALD_ERROR_SETTINGS if the channel has no such login, or the keyring is closed. */
void        herald_x_app_find_async      (HeraldChannel        *channel,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
HeraldXApp *herald_x_app_find_finish     (HeraldChannel        *channel,
                                          GAsyncResult         *result,
                                          GError              **error);

/* The page on which a person allows it, and where tokens are fetched */
char       *herald_x_app_dup_page        (const HeraldXApp     *self,
                                          const char           *redirect_uri,
                                          const char           *state,
                                          const char           *challenge);
char       *herald_x_app_dup_token_url   (const HeraldXApp     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldXApp, herald_x_app_free)

G_END_DECLS
