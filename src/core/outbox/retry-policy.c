/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-retry-policy"

#include "core/outbox/retry-policy.h"

#include "core/base/error.h"

/* Reliability note 2.5: a Wi-Fi that was gone for a moment goes unnoticed, a server that is down
 * for a day is asked a hundred times. */
#define FLOOR_MS (5 * 1000)
#define FIRST_MS (10 * 1000)
#define BASE_MS (15 * 1000)
#define CAP_MS (15 * 60 * 1000)
#define DOUBLINGS_MAX 10

/* X counts in days, and a quarter of an hour on top of it for clocks that differ. */
#define ASKED_FOR_MIN_MS 1000
#define ASKED_FOR_MAX_MS ((24 * 60 + 15) * 60 * 1000)

/* Those who asked us to come back at one moment shall not all come in the same second. */
#define ASKED_FOR_SPREAD_MS 4000

/* A second copy is worth it once: after a network break the first may well be lost. */
#define N_AMBIGUOUS_RESENDS 1

typedef enum
{
  VERDICT_AGAIN,
  VERDICT_HOLD,
  VERDICT_REJECT,
  VERDICT_AMBIGUOUS,
} Verdict;

/* By error: before the point of no return, and after it. Only what is an answer of the other side
 * still says for certain, after it, that the message was not taken. */
static const struct
{
  Verdict before;
  Verdict after;
} verdicts[] = {
  [HERALD_ERROR_UNREACHABLE] = { VERDICT_AGAIN, VERDICT_AMBIGUOUS },
  [HERALD_ERROR_BUSY] = { VERDICT_AGAIN, VERDICT_AGAIN },
  [HERALD_ERROR_UNAUTHORIZED] = { VERDICT_HOLD, VERDICT_HOLD },
  [HERALD_ERROR_NO_CREDIT] = { VERDICT_HOLD, VERDICT_HOLD },
  [HERALD_ERROR_REJECTED] = { VERDICT_REJECT, VERDICT_REJECT },
  [HERALD_ERROR_PROTOCOL] = { VERDICT_AGAIN, VERDICT_AMBIGUOUS },
  [HERALD_ERROR_SETTINGS] = { VERDICT_HOLD, VERDICT_HOLD },
  [HERALD_ERROR_UNTRUSTED] = { VERDICT_HOLD, VERDICT_HOLD },
  [HERALD_ERROR_AMBIGUOUS] = { VERDICT_AMBIGUOUS, VERDICT_AMBIGUOUS },
};

static Verdict
judge (const HeraldFailure *failure)
{
  const GError *error = failure->error;

  /* Cancelled, a full disk, or a defect of a channel's: nothing is known but how far it came. */
  if (error->domain != HERALD_ERROR || error->code < 0 ||
      error->code >= (int) G_N_ELEMENTS (verdicts))
    return failure->is_committed ? VERDICT_AMBIGUOUS : VERDICT_AGAIN;

  return failure->is_committed ? verdicts[error->code].after : verdicts[error->code].before;
}

/* Full jitter, so that what failed together does not come back together */
static gint64
back_off (const HeraldFailure *failure)
{
  guint retry_after_s = herald_error_get_retry_after (failure->error);
  guint doublings = MIN (failure->n_attempts, DOUBLINGS_MAX);
  gint64 delay_ms;

  if (retry_after_s > 0)
    {
      delay_ms = (gint64) retry_after_s * 1000 + (gint64) (failure->luck * ASKED_FOR_SPREAD_MS);
      return CLAMP (delay_ms, ASKED_FOR_MIN_MS, ASKED_FOR_MAX_MS);
    }
  if (failure->n_attempts <= 1)
    return FLOOR_MS + (gint64) (failure->luck * (FIRST_MS - FLOOR_MS));

  delay_ms = MIN ((gint64) BASE_MS << doublings, CAP_MS);
  return MAX (FLOOR_MS, (gint64) (failure->luck * (double) delay_ms));
}

/**
 * herald_retry_policy_decide:
 * @failure: how an attempt failed
 *
 * Decides what becomes of a delivery that failed, and of its channel
 * (reliability note 2.5). Pure: no clock, no chance of its own.
 */
HeraldDecision
herald_retry_policy_decide (const HeraldFailure *failure)
{
  HeraldDecision decision = { .state = HERALD_DELIVERY_DEFERRED };

  switch (judge (failure))
    {
    case VERDICT_AGAIN:
      decision.delay_ms = back_off (failure);
      break;
    case VERDICT_HOLD:
      decision.holds_channel = TRUE;
      break;
    case VERDICT_REJECT:
      decision.state = HERALD_DELIVERY_REJECTED;
      break;
    case VERDICT_AMBIGUOUS:
      decision.is_ambiguous = TRUE;
      if (failure->n_ambiguous < N_AMBIGUOUS_RESENDS)
        decision.delay_ms = back_off (failure);
      else
        decision.state = HERALD_DELIVERY_PROBABLE;
      break;
    default:
      g_assert_not_reached ();
    }

  /* Nothing is gained by waiting longer than the news lives. */
  decision.delay_ms = CLAMP (decision.delay_ms, 0, MAX (failure->remaining_ms, 0));

  return decision;
}
