/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/base/clock.h"
#include "core/channels/channel.h"
#include "core/outbox/allowance-use.h"
#include "core/outbox/attempt-record.h"
#include "core/outbox/delivery.h"
#include "core/outbox/history-filter.h"
#include "core/outbox/illustration.h"
#include "core/store/database.h"

G_BEGIN_DECLS

/**
 * HeraldDigestFunc:
 * @parts: (element-type HeraldDelivery): at least two that wait, the oldest first
 *
 * Returns: (transfer full) (nullable): what tells them all in one message
 */
typedef HeraldDraft *(*HeraldDigestFunc) (HeraldChannel *channel,
                                          const char    *destination,
                                          GPtrArray     *parts,
                                          gpointer       user_data);

/**
 * HeraldLedger:
 * @total: the sum of those waiting, held and finished
 * @put_off: of those waiting: how many a person wants to see later, and not yet
 *
 * How many rows there are in which condition.
 */
typedef struct
{
  guint64 total;
  guint64 waiting;
  guint64 held;
  guint64 finished;
  guint64 put_off;
} HeraldLedger;

#define HERALD_TYPE_OUTBOX (herald_outbox_get_type ())
G_DECLARE_FINAL_TYPE (HeraldOutbox, herald_outbox, HERALD, OUTBOX, GObject)

/* @channels: a list of #HeraldChannel, watched for changes.
 * Signal: delivery-changed (gint64 id). */
HeraldOutbox *herald_outbox_new           (const char                 *path,
                                           GListModel                 *channels,
                                           HeraldClock                *clock,
                                           GError                    **error);
/* Others may keep what they must remember in it, too; there is one file and one connection. */
HeraldDatabase *herald_outbox_get_database (HeraldOutbox              *self);
/* How long what is over is kept, in days; 0 for ever. Looked at once a day. */
void          herald_outbox_set_kept_days (HeraldOutbox               *self,
                                           guint                       days);
/* Without it, what is more than a channel may send is left out. */
void          herald_outbox_set_digest    (HeraldOutbox               *self,
                                           HeraldDigestFunc            digest,
                                           gpointer                    user_data);
void          herald_outbox_start         (HeraldOutbox               *self);
void          herald_outbox_stop          (HeraldOutbox               *self);

/* All or nothing; *event_id is 0 if the same event was accepted before. */
gboolean      herald_outbox_accept        (HeraldOutbox               *self,
                                           HeraldEvent                *event,
                                           GPtrArray                  *drafts,
                                           gint64                     *event_id,
                                           GError                    **error);

GPtrArray    *herald_outbox_query_history (HeraldOutbox               *self,
                                           const HeraldHistoryFilter  *filter,
                                           GError                    **error);
/* How the last attempt of a delivery ended; %NULL if none has */
HeraldAttemptRecord *herald_outbox_query_attempt (HeraldOutbox        *self,
                                           gint64                      delivery);
GPtrArray    *herald_outbox_list_attempts (HeraldOutbox               *self,
                                           gint64                      delivery,
                                           GError                    **error);
gboolean      herald_outbox_retry         (HeraldOutbox               *self,
                                           gint64                      delivery,
                                           GError                    **error);
/* The message of the newest delivery with @key by @channel once more, not before @at_ms (milliseconds since 1970), if it
 * is still true then; %FALSE with HERALD_ERROR_SETTINGS if there is none */
gboolean      herald_outbox_repeat        (HeraldOutbox               *self,
                                           const char                 *channel,
                                           const char                 *key,
                                           gint64                      at_ms,
                                           GError                    **error);
gboolean      herald_outbox_discard       (HeraldOutbox               *self,
                                           gint64                      delivery,
                                           GError                    **error);
gboolean      herald_outbox_restore       (HeraldOutbox               *self,
                                           gint64                      delivery,
                                           GError                    **error);
/* Whether a channel of this id has ever had something to send, as far as the history reaches */
gboolean      herald_outbox_knows_channel (HeraldOutbox               *self,
                                           const char                 *channel);
void          herald_outbox_get_ledger    (HeraldOutbox               *self,
                                           HeraldLedger               *ledger);
/* What @channel may send and has; %FALSE if it has no bounds and has cost nothing, or if nothing can be read */
gboolean      herald_outbox_query_allowance (HeraldOutbox             *self,
                                           HeraldChannel              *channel,
                                           HeraldAllowanceReport      *report);
void          herald_outbox_resume        (HeraldOutbox               *self,
                                           const char                 *channel);
void          herald_outbox_run           (HeraldOutbox               *self);
void          herald_outbox_hold_back     (HeraldOutbox               *self,
                                           gboolean                    hold_back);

G_END_DECLS
