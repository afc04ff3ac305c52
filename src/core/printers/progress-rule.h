/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer-state.h"

G_BEGIN_DECLS

/**
 * HeraldProgressRule:
 * @step_percent: every so many percent
 * @minutes: every so many minutes of printing
 * @estimate_step_percent: every so many percent of the estimated total time
 * @height_mm: every so many mm of height
 * @layers: every so many layers
 * @at_least_minutes: when nothing else was told for so many minutes of printing
 * @spacing_s: never sooner than so many seconds after the message before
 * @min_print_minutes: nothing for prints that are estimated shorter
 *
 * When the progress of a print is told. 0 switches a part off; whatever comes first counts.
 * @height_mm counts from 0.1 mm on.
 */
typedef struct
{
  guint step_percent;
  guint minutes;
  guint estimate_step_percent;
  double height_mm;
  guint layers;
  guint at_least_minutes;
  guint spacing_s;
  guint min_print_minutes;
} HeraldProgressRule;

/**
 * HeraldProgressMemory:
 * @percent: how far the print was at most when something was told; marks up to there are old news
 * @estimate_percent: the same, in percent of the estimated time
 * @elapsed_s: the same, in seconds of printing
 * @height_mm: the same, in height; −1 until the nozzle was seen at the bottom
 * @layer: the same, in layers
 * @told_elapsed_s: seconds of printing at the last message; −1 if there was none
 * @told_ms: when that was, milliseconds since 1970; 0 if there was none
 * @seen_height_mm: height at the last call, −1 if unknown; not kept in the text
 *
 * What was told of one print. Begins with herald_progress_memory_init().
 */
typedef struct
{
  int percent;
  int estimate_percent;
  gint64 elapsed_s;
  double height_mm;
  gint64 layer;
  gint64 told_elapsed_s;
  gint64 told_ms;
  double seen_height_mm;
} HeraldProgressMemory;

/**
 * HeraldProgressMark:
 * @percent: how far the print is, 1 to 99: the mark itself where percent were crossed; 0 if the
 *   server does not say how far it is
 * @reason: (transfer none): `percent`, `time`, `estimate`, `height`, `layer` or `quiet`
 *
 * A mark that was crossed and is to be told.
 */
typedef struct
{
  int percent;
  const char *reason;
} HeraldProgressMark;

void      herald_progress_memory_init      (HeraldProgressMemory      *self);
void      herald_progress_memory_skip      (HeraldProgressMemory      *self,
                                            HeraldPrinterState        *state);
char     *herald_progress_memory_to_text   (const HeraldProgressMemory *self);
gboolean  herald_progress_memory_from_text (HeraldProgressMemory      *self,
                                            const char                *text);

gboolean  herald_progress_rule_cross       (const HeraldProgressRule  *self,
                                            HeraldProgressMemory      *memory,
                                            HeraldPrinterState        *state,
                                            gint64                     now_ms,
                                            HeraldProgressMark        *mark);

G_END_DECLS
