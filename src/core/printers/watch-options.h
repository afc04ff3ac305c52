/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "core/printers/progress-rule.h"

G_BEGIN_DECLS

/**
 * HeraldWatchOptions:
 * @progress: when the progress of a print is told
 * @transfer_step_percent: tell the progress of a transfer every so many percent; 0 for never
 * @attention_told: whether anybody is told when the printer needs somebody
 * @attention_lock_s: what asks for the user again within so many seconds is not told again
 * @attention_remind_minutes: tell again every so many minutes as long as nobody came; 0 for never
 * @cooled_bed: °C below which the bed has cooled down after a print; 0 for never
 * @cooled_tool: °C below which the hotend has; 0 for never
 *
 * What the user wants to be told about a printer, as far as the watcher must know it.
 */
typedef struct
{
  HeraldProgressRule progress;
  guint transfer_step_percent;
  gboolean attention_told;
  guint attention_lock_s;
  guint attention_remind_minutes;
  double cooled_bed;
  double cooled_tool;
} HeraldWatchOptions;

G_END_DECLS
