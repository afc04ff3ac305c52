/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/delivery.h"

G_BEGIN_DECLS

/**
 * HeraldOutcome:
 * @state: what the delivery becomes: deferred or a final state
 * @delay_ms: until it is due again, if it is deferred
 * @reason: (nullable): for a person
 * @step: how far the attempt came; static
 * @code: the other side's status code, 0 if there was none
 * @words: (nullable): the other side's own words
 *
 * How an attempt ended.
 */
typedef struct
{
  HeraldDeliveryState state;
  gint64 delay_ms;
  gboolean is_ambiguous;
  char *reason;
  char *remote_id;
  const char *step;
  int code;
  char *words;
} HeraldOutcome;

void herald_outcome_clear (HeraldOutcome *self);

G_END_DECLS
