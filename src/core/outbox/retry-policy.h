/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/delivery.h"

G_BEGIN_DECLS

/**
 * HeraldFailure:
 * @error: how the attempt ended
 * @is_committed: whether the point of no return was passed
 * @n_attempts: attempts so far, this one included
 * @n_ambiguous: earlier attempts of which nobody knows whether they arrived
 * @n_resends_max: how many such attempts are followed by another; 0 where nobody collapses two copies
 * @remaining_ms: until the message is too old to be told
 * @luck: a random number in [0, 1)
 */
typedef struct
{
  const GError *error;
  gboolean is_committed;
  guint n_attempts;
  guint n_ambiguous;
  guint n_resends_max;
  gint64 remaining_ms;
  double luck;
} HeraldFailure;

/**
 * HeraldDecision:
 * @state: deferred, rejected or probable
 * @delay_ms: until the next attempt, if it is deferred
 * @is_ambiguous: whether this attempt may have arrived
 * @holds_channel: whether nothing shall be tried on the channel until a person has acted
 * @stops_channel: whether nothing else is likely to come through now either; for #HeraldChannelBreaker
 */
typedef struct
{
  HeraldDeliveryState state;
  gint64 delay_ms;
  gboolean is_ambiguous;
  gboolean holds_channel;
  gboolean stops_channel;
} HeraldDecision;

HeraldDecision herald_retry_policy_decide   (const HeraldFailure *failure);
gint64         herald_retry_policy_back_off (guint                n_failures,
                                             guint                retry_after_s,
                                             double               luck);

G_END_DECLS
