/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/attachment.h"
#include "core/events/event.h"
#include "core/outbox/draft.h"

G_BEGIN_DECLS

/**
 * HeraldDeliveryState:
 * @HERALD_DELIVERY_PENDING: waits for its first attempt
 * @HERALD_DELIVERY_SENDING: an attempt is under way, nothing has left for good
 * @HERALD_DELIVERY_COMMITTING: the point of no return is passed, the answer is awaited
 * @HERALD_DELIVERY_DEFERRED: waits for another attempt
 * @HERALD_DELIVERY_DELIVERED: accepted by the other side
 * @HERALD_DELIVERY_PROBABLE: probably arrived, not sent again
 * @HERALD_DELIVERY_EXPIRED: too old to be told
 * @HERALD_DELIVERY_SUPERSEDED: newer news made it pointless
 * @HERALD_DELIVERY_DIGESTED: told as part of a summary
 * @HERALD_DELIVERY_REJECTED: refused for good
 * @HERALD_DELIVERY_QUARANTINED: the program died of it repeatedly; a person must look
 * @HERALD_DELIVERY_CANCELLED: discarded by the user, or not told because of quiet hours or as it was muted
 */
typedef enum
{
  HERALD_DELIVERY_PENDING,
  HERALD_DELIVERY_SENDING,
  HERALD_DELIVERY_COMMITTING,
  HERALD_DELIVERY_DEFERRED,
  HERALD_DELIVERY_DELIVERED,
  HERALD_DELIVERY_PROBABLE,
  HERALD_DELIVERY_EXPIRED,
  HERALD_DELIVERY_SUPERSEDED,
  HERALD_DELIVERY_DIGESTED,
  HERALD_DELIVERY_REJECTED,
  HERALD_DELIVERY_QUARANTINED,
  HERALD_DELIVERY_CANCELLED,
} HeraldDeliveryState;

/**
 * HeraldDelivery:
 * @id: grows with time; the order in which messages were accepted
 * @reason: (nullable): why it is in this state, for a person
 * @attempts: how often it was tried
 * @ambiguous: how often an attempt ended without anyone knowing whether it arrived
 * @expires_boot_ms: the same on the clock of this boot, which does not jump
 * @due_ms: while it waits, not before; it may be tried sooner or later with its channel
 * @begun_ms: of one that is claimed: when the first attempt began that may have arrived, be it this one
 * @finished_ms: 0 while it is not over
 * @note: (nullable): what a person may want to know about it, e.g. why it has no picture
 * @picture_kind: (nullable): what @picture is: `snapshot`, `thumbnail`, `timelapse` or `file`
 * @picture: (nullable): what goes with it, without its bytes
 * @cost: microdollars: what it costs or has cost; 0 for one that is not sent
 * @waits_for_desk: while it waits, whether it goes only if nobody is at this computer, which is not known yet
 * @is_left_out: whether it is over because no more could be sent by the channel
 *
 * A row of the history: one message on its way to one destination.
 */
typedef struct
{
  gint64 id;
  gint64 event;
  HeraldEventSource source;
  char *channel;
  char *channel_type;
  char *destination;
  char *key;
  HeraldMessage *message;
  HeraldDeliveryState state;
  char *reason;
  guint attempts;
  guint ambiguous;
  gint64 created_ms;
  gint64 expires_ms;
  gint64 expires_boot_ms;
  gint64 due_ms;
  gint64 begun_ms;
  gint64 finished_ms;
  char *remote_id;
  char *note;
  char *picture_kind;
  HeraldAttachment *picture;
  gint64 cost;
  gboolean waits_for_desk;
  gboolean is_left_out;
} HeraldDelivery;

HeraldDelivery *herald_delivery_new             (void);
void            herald_delivery_free            (HeraldDelivery      *self);

const char     *herald_delivery_state_to_id     (HeraldDeliveryState  state);
gboolean        herald_delivery_state_from_id   (const char          *id,
                                                 HeraldDeliveryState *state);
gboolean        herald_delivery_state_is_final  (HeraldDeliveryState  state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldDelivery, herald_delivery_free)

G_END_DECLS
