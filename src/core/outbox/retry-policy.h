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
 * @remaining_ms: until the message is too old to be told
 * @luck: a random number in [0, 1)
 */
typedef struct
{
  const GError *error;
  gboolean is_committed;
  guint n_attempts;
  guint n_ambiguous;
  gint64 remaining_ms;
  double luck;
} HeraldFailure;

/**
 * HeraldDecision:
 * @state: deferred, rejected or probable
 * @delay_ms: until the next attempt, if it is deferred
 * @is_ambiguous: whether this attempt may have arrived
 * @holds_channel: whether nothing shall be tried on the channel until a person has acted
 */
typedef struct
{
  HeraldDeliveryState state;
  gint64 delay_ms;
  gboolean is_ambiguous;
  gboolean holds_channel;
} HeraldDecision;

HeraldDecision herald_retry_policy_decide (const HeraldFailure *failure);

G_END_DECLS
