/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-backoff"

#include "core/base/backoff.h"

#define DOUBLINGS_MAX 30

/**
 * herald_backoff_delay_ms:
 * @n_failures: failures in a row so far, at least 1
 * @base_ms: the longest wait after the first failure
 * @cap_ms: the longest wait ever
 * @luck: a random number in [0, 1)
 *
 * How long to wait before the next try: doubling, and a random half of it, so
 * that many clients of one server do not come back in step.
 *
 * Returns: milliseconds, between half of the current wait and all of it
 */
gint64
herald_backoff_delay_ms (guint  n_failures,
                         gint64 base_ms,
                         gint64 cap_ms,
                         double luck)
{
  gint64 wait_ms = base_ms;

  for (guint i = 1; i < MIN (n_failures, DOUBLINGS_MAX) && wait_ms < cap_ms; i++)
    wait_ms *= 2;
  wait_ms = MIN (wait_ms, cap_ms);

  return wait_ms / 2 + (gint64) (luck * (double) (wait_ms - wait_ms / 2));
}
