/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-print-count"

#include "core/printers/print-count.h"

/* More cannot have happened in any gap; it is a server that counts wrongly or lies. */
#define MORE_MAX 1000

/**
 * herald_print_count_compare:
 * @before: what we expect: the counters as we read them, and the outcomes that were told since
 * @after: what the server says now
 *
 * Returns: what happened between them; for %HERALD_COUNT_MORE both counters are
 *   at least what they were, and their differences are the outcomes nobody told us
 */
HeraldCountChange
herald_print_count_compare (const HeraldPrintCount *before,
                            const HeraldPrintCount *after)
{
  gint64 n_done = after->n_done - before->n_done;
  gint64 n_failed = after->n_failed - before->n_failed;

  if (!before->known || !after->known || before->date_s != after->date_s)
    return HERALD_COUNT_RESET;
  if (n_done == 0 && n_failed == 0)
    return HERALD_COUNT_SAME;
  if (n_done + n_failed == -1 && (n_done == 0 || n_failed == 0))
    return HERALD_COUNT_LATE;
  if (n_done < 0 || n_failed < 0 || n_done + n_failed > MORE_MAX)
    return HERALD_COUNT_RESET;

  return HERALD_COUNT_MORE;
}

/**
 * herald_print_count_before:
 * @started_ms: when a print of the file began, milliseconds since 1970 by our clock
 *
 * A print that was short may be counted before we have asked how often the file was printed before it.
 *
 * Returns: @self without a print that ended after @started_ms; of the one before it nothing more is known
 */
HeraldPrintCount
herald_print_count_before (const HeraldPrintCount *self,
                           gint64                  started_ms)
{
  HeraldPrintCount before = *self;

  if (self->last_ms <= started_ms)
    return before;

  if (self->last_done)
    before.n_done = MAX (before.n_done - 1, 0);
  else
    before.n_failed = MAX (before.n_failed - 1, 0);
  before.last_ms = 0;
  before.last_duration_s = -1;

  return before;
}
