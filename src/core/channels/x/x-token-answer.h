/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "core/channels/x/x-tokens.h"

G_BEGIN_DECLS

/* What OctoHerald asks leave for: to post, with pictures, to name the account, and without asking again. X wants the first
 * three for one post (docs.x.com, "OAuth 2.0", August 2026). */
#define HERALD_X_SCOPES "tweet.read tweet.write users.read media.write offline.access"

/**
 * HeraldXTokenAnswer:
 * @server: as in its settings
 * @client_id: of the app
 * @before: (nullable): what is renewed; %NULL if a code is exchanged
 * @headers: of the answer
 * @now_s: when it came, seconds since 1970
 *
 * What X said when it was asked for tokens. Borrowed.
 */
typedef struct
{
  const char *server;
  const char *client_id;
  const HeraldXTokens *before;
  guint status;
  SoupMessageHeaders *headers;
  GBytes *body;
  gint64 now_s;
} HeraldXTokenAnswer;

HeraldXTokens *herald_x_token_answer_read (const HeraldXTokenAnswer  *answer,
                                           GError                   **error);

/* (transfer full): HERALD_ERROR_UNAUTHORIZED that tells how to sign in again: nobody else can help */
GError        *herald_x_token_answer_make_ended (void);

G_END_DECLS
