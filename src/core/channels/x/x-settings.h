/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"

G_BEGIN_DECLS

/* The four credentials of an app of one's own, as X's console names them */
#define HERALD_X_API_KEY_FIELD "api-key"
#define HERALD_X_API_SECRET_FIELD "api-secret"
#define HERALD_X_ACCESS_TOKEN_FIELD "access-token"
#define HERALD_X_ACCESS_SECRET_FIELD "access-token-secret"

/* Only for apps with a secret (“Web App, Automated App or Bot”) */
#define HERALD_X_CLIENT_SECRET_FIELD "client-secret"

/* How much may be posted */
#define HERALD_X_POSTS_PER_DAY "posts-per-day"
#define HERALD_X_BUDGET_DAY "budget-day"
#define HERALD_X_BUDGET_MONTH "budget-month"

/* No field: kept in the keyring by the login itself. One item, so that a pair of tokens is stored whole or not at all. */
#define HERALD_X_TOKENS_SECRET "browser-tokens"

extern const HeraldChannelType herald_x_channel_type;

const char *herald_x_settings_get_server  (HeraldChannel  *channel);
gboolean    herald_x_settings_uses_oauth2 (HeraldChannel  *channel);
gboolean    herald_x_settings_get_boolean (HeraldChannel  *channel,
                                           const char     *name);

/* Describing a picture costs something. */
const HeraldPictureForm *herald_x_settings_get_picture_form (HeraldChannel *channel);

gboolean    herald_x_settings_check       (HeraldValues   *settings,
                                           GError        **error);

G_END_DECLS
