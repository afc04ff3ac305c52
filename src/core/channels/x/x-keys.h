/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"
#include "core/net/oauth1.h"

G_BEGIN_DECLS

/**
 * HeraldXKeys:
 * @oauth1: the four credentials of an app of one's own; all %NULL where @bearer is set
 * @bearer: (nullable): an OAuth 2.0 access token
 *
 * What a request to X is authorized with. Secrets: wiped when they are freed.
 */
typedef struct
{
  HeraldOauth1Keys oauth1;
  char *bearer;
} HeraldXKeys;

void         herald_x_keys_free        (HeraldXKeys          *self);

/* Looks up what the channel's setting `login` asks for. Fails with HERALD_ERROR_SETTINGS that names what is missing. */
void         herald_x_keys_find_async  (HeraldChannel        *channel,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
HeraldXKeys *herald_x_keys_find_finish (HeraldChannel        *channel,
                                        GAsyncResult         *result,
                                        GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldXKeys, herald_x_keys_free)

G_END_DECLS
