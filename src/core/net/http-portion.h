/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/http-client.h"

G_BEGIN_DECLS

/**
 * HeraldHttpPortion:
 * @offset: first byte wanted; if negative, how many from the end
 * @max_bytes: what is more is not fetched
 * @whole: what is more is refused, instead
 * @ranged: asked for by Range (RFC 9110 section 14), which a server may ignore
 * @limit_ms: from start to end
 * @enough: (nullable): called with what has come so far; %TRUE ends the transfer, which was a success then
 *
 * How much of an answer is wanted.
 */
typedef struct
{
  gint64 offset;
  gsize max_bytes;
  gboolean whole;
  gboolean ranged;
  guint limit_ms;
  gboolean (*enough) (GByteArray *bytes,
                      gpointer    user_data);
  gpointer enough_data;
} HeraldHttpPortion;

/* Sends @message and reads as much of the answer as is wanted; nothing if its status is neither 200 nor 206.
 * Follows no redirect and unpacks nothing.
 * @allowed: (nullable): HeraldAddresses, where it may go; NULL for a server that the user has chosen */
void    herald_http_portion_read_async  (HeraldHttpClient         *http,
                                         SoupMessage              *message,
                                         const HeraldHttpPortion  *portion,
                                         const guint              *allowed,
                                         GCancellable             *cancellable,
                                         GAsyncReadyCallback       callback,
                                         gpointer                  user_data);
/* Returns (transfer full): the bytes; the status is in the message. NULL with REJECTED (too large, nothing from the
 * end to be had, an address that is not allowed), UNREACHABLE (took too long), cancellation, or what libsoup says */
GBytes *herald_http_portion_read_finish (GAsyncResult             *result,
                                         GError                  **error);

G_END_DECLS
