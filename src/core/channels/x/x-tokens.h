/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldXTokens:
 * @server: where they are good for
 * @client_id: the app they were given to
 * @access: what a request is authorized with
 * @refresh: what the next pair is fetched with; good for one time
 * @expires_s: when @access ends, seconds since 1970, by our clock
 *
 * What X gives for a login in the browser. Secrets: wiped when they are freed.
 */
typedef struct
{
  char *server;
  char *client_id;
  char *access;
  char *refresh;
  gint64 expires_s;
} HeraldXTokens;

void           herald_x_tokens_free      (HeraldXTokens        *self);
HeraldXTokens *herald_x_tokens_copy      (const HeraldXTokens  *self);

/* Whether they were given by @server to @client_id */
gboolean       herald_x_tokens_fit       (const HeraldXTokens  *self,
                                          const char           *server,
                                          const char           *client_id);

/* One text of all, as it lies in the keyring: a pair is stored whole or not at all */
char          *herald_x_tokens_to_text   (const HeraldXTokens  *self);
HeraldXTokens *herald_x_tokens_from_text (const char           *text);

/* Whether @token can be one: a header is made of it */
gboolean       herald_x_tokens_is_token  (const char           *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldXTokens, herald_x_tokens_free)

G_END_DECLS
