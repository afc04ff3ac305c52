/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-progress-rule"

#include "core/printers/progress-rule.h"

/**
 * herald_progress_rule_cross:
 * @step_percent: tell every so many percent; 0 for never
 * @told_percent: the last mark that was told or passed over, 0 at the start of a print
 * @progress: how far the print is, 0 to 100
 *
 * A mark counts when it is crossed, not when it is hit: a server that reports
 * 19.8 and then 20.4 has crossed 20. Nothing is told at 0 and at 100, those
 * have messages of their own. A jump over several marks tells the last one.
 *
 * Returns: the mark to tell, 0 if none was crossed
 */
int
herald_progress_rule_cross (guint  step_percent,
                            int    told_percent,
                            double progress)
{
  int mark;

  if (step_percent == 0 || progress < 0 || progress >= 100)
    return 0;

  mark = (int) (progress / step_percent) * (int) step_percent;

  return mark > told_percent ? mark : 0;
}
