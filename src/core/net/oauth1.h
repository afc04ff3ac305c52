/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldOauth1Keys:
 * @consumer_key: of the application; X calls it API key
 * @consumer_secret: X calls it API key secret
 * @token: of the account; empty before there is one
 * @token_secret: empty before there is one
 *
 * What a request is signed with (RFC 5849). Borrowed.
 */
typedef struct
{
  const char *consumer_key;
  const char *consumer_secret;
  const char *token;
  const char *token_secret;
} HeraldOauth1Keys;

char *herald_oauth1_sign        (const char              *method,
                                 const char              *url,
                                 const char *const       *parameters,
                                 const HeraldOauth1Keys  *keys);
char *herald_oauth1_make_header (const char              *method,
                                 const char              *url,
                                 const HeraldOauth1Keys  *keys,
                                 const char              *nonce,
                                 gint64                   timestamp_s);
char *herald_oauth1_make_nonce  (void);

G_END_DECLS
