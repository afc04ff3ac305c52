/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * HeraldXAction:
 * @HERALD_X_READ_ACCOUNT: GET /2/users/me
 * @HERALD_X_UPLOAD: any request for a picture or a film; nothing is public after it
 * @HERALD_X_DESCRIBE: POST /2/media/metadata
 * @HERALD_X_POST: POST /2/tweets; the only one with a point of no return
 */
typedef enum
{
  HERALD_X_READ_ACCOUNT,
  HERALD_X_UPLOAD,
  HERALD_X_DESCRIBE,
  HERALD_X_POST,
} HeraldXAction;

/**
 * HeraldXAnswer:
 * @status: of HTTP
 * @headers: of the answer
 * @body: (nullable): %NULL if it was not read to its end
 * @may_have_arrived: an earlier attempt of the same post is in doubt
 * @now_s: our clock, seconds since 1970
 *
 * What X said. Borrowed.
 */
typedef struct
{
  HeraldXAction action;
  guint status;
  SoupMessageHeaders *headers;
  GBytes *body;
  gboolean may_have_arrived;
  gint64 now_s;
} HeraldXAnswer;

/* (nullable) (transfer full): what an answer other than 2xx means, as a HERALD_ERROR with scope, wait and X's own words;
 * %NULL if it says that the earlier attempt in doubt has arrived */
GError *herald_x_verdict_on_answer   (const HeraldXAnswer  *answer);

/* (transfer full): the same of one of 2xx in which something is missing */
GError *herald_x_verdict_on_nonsense (HeraldXAction         action,
                                      guint                 status);

/* Seconds by which our clock is ahead of X's; 0 if @headers do not tell or it is within @tolerance_s */
gint64  herald_x_verdict_get_skew    (SoupMessageHeaders   *headers,
                                      gint64                now_s,
                                      gint64                tolerance_s);

G_END_DECLS
