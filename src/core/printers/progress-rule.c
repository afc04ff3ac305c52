/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-progress-rule"

#include "core/printers/progress-rule.h"

void
herald_progress_memory_init (HeraldProgressMemory *self)
{
  *self = (HeraldProgressMemory) { .told_elapsed_s = -1 };
}

/**
 * herald_progress_memory_skip:
 *
 * We come to a print that is already under way: its marks so far are old news.
 */
void
herald_progress_memory_skip (HeraldProgressMemory *self,
                             HeraldPrinterState   *state)
{
  if (state->progress > 0)
    self->percent = (int) state->progress;
}

gboolean
herald_progress_rule_cross (const HeraldProgressRule *self,
                            HeraldProgressMemory     *memory,
                            HeraldPrinterState       *state,
                            gint64                    now_ms,
                            HeraldProgressMark       *mark)
{
  int percent;

  if (self->step_percent == 0 || state->progress < 0 || state->progress >= 100)
    return FALSE;

  percent = (int) (state->progress / self->step_percent) * (int) self->step_percent;
  if (percent <= memory->percent)
    return FALSE;

  memory->percent = percent;
  *mark = (HeraldProgressMark) { percent, "percent" };
  return TRUE;
}
