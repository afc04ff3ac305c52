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

/* A server that takes strangers only on their second visit (greylisting) wants to see some minutes
 * between the two, and learns nothing from being asked sooner. Postgrey begins at 300 s. */
#define LATER_BASE_MS (60 * 1000)

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

/**
 * herald_retry_policy_back_off:
 * @n_failures: in a row, at least 1
 * @retry_after_s: how long the other side asked us to wait; 0 if it did not say
 * @luck: a random number in [0, 1)
 *
 * How long to leave somebody alone who does not answer. Full jitter, so that
 * what failed together does not come back together.
 *
 * Returns: milliseconds
 */
gint64
herald_retry_policy_back_off (guint  n_failures,
                              guint  retry_after_s,
                              double luck)
{
  guint doublings = MIN (n_failures, DOUBLINGS_MAX);
  gint64 delay_ms;

  if (retry_after_s > 0)
    {
      delay_ms = (gint64) retry_after_s * 1000 + (gint64) (luck * ASKED_FOR_SPREAD_MS);
      return CLAMP (delay_ms, ASKED_FOR_MIN_MS, ASKED_FOR_MAX_MS);
    }
  if (n_failures <= 1)
    return FLOOR_MS + (gint64) (luck * (FIRST_MS - FLOOR_MS));

  delay_ms = MIN ((gint64) BASE_MS << doublings, CAP_MS);
  return MAX (FLOOR_MS, (gint64) (luck * (double) delay_ms));
}

/* Never before the time, and a little after it, as others come back then, too */
static gint64
come_later (guint  n_attempts,
            double luck)
{
  guint doublings = CLAMP (n_attempts, 1, DOUBLINGS_MAX) - 1;
  gint64 delay_ms = MIN ((gint64) LATER_BASE_MS << doublings, CAP_MS);

  return delay_ms + (gint64) (luck * ASKED_FOR_SPREAD_MS);
}

static gint64
get_delay (const HeraldFailure *failure)
{
  guint retry_after_s = herald_error_get_retry_after (failure->error);

  if (retry_after_s == 0 && g_error_matches (failure->error, HERALD_ERROR, HERALD_ERROR_BUSY) &&
      herald_error_get_scope (failure->error) == HERALD_ERROR_SCOPE_MESSAGE)
    return come_later (failure->n_attempts, failure->luck);

  return herald_retry_policy_back_off (failure->n_attempts, retry_after_s, failure->luck);
}

/* What is no HERALD_ERROR is a defect here or a full disk: the next message has no better chance. */
static gboolean
concerns_channel (const GError *error)
{
  return error->domain != HERALD_ERROR || herald_error_get_scope (error) == HERALD_ERROR_SCOPE_CHANNEL;
}

/**
 * herald_retry_policy_decide:
 * @failure: how an attempt failed
 *
 * Decides what becomes of a delivery that failed, and of its channel. Pure: no clock, no chance of its own.
 */
HeraldDecision
herald_retry_policy_decide (const HeraldFailure *failure)
{
  HeraldDecision decision = { .state = HERALD_DELIVERY_DEFERRED };

  switch (judge (failure))
    {
    case VERDICT_AGAIN:
      decision.delay_ms = get_delay (failure);
      decision.stops_channel = concerns_channel (failure->error);
      break;
    case VERDICT_HOLD:
      /* What a person must put right about one message only ends it: nobody edits a message. */
      decision.holds_channel = concerns_channel (failure->error);
      if (!decision.holds_channel)
        decision.state = HERALD_DELIVERY_REJECTED;
      break;
    case VERDICT_REJECT:
      decision.state = HERALD_DELIVERY_REJECTED;
      break;
    case VERDICT_AMBIGUOUS:
      decision.is_ambiguous = TRUE;
      decision.stops_channel = TRUE;
      if (failure->n_ambiguous < failure->n_resends_max)
        decision.delay_ms = get_delay (failure);
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
