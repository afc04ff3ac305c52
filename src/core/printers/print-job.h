/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"
#include "core/events/event.h"
#include "core/printers/print-count.h"
#include "core/printers/progress-rule.h"

G_BEGIN_DECLS

/**
 * HeraldPrintJob:
 * @key: tells the print from every other print of this printer
 * @values: what is known of the file: `name path origin size user owner filament`
 * @started_ms: milliseconds since 1970, our clock
 * @seen_elapsed_s: seconds of printing when last seen; −1 if never
 * @seen_percent: how far it was when last seen; −1 if unknown
 * @base: the file’s counters when the print began; unknown for storages that do not count
 * @told: what was told of its progress
 * @paused: whether it was told that it is paused
 * @first_layer_told: whether that was told, or is past
 * @n_attentions: how often somebody was asked to come
 * @attention_ms: when that was told last, if nobody came yet; else 0
 * @attention_untold: whether it is still to be told that it is so again
 * @attention_repeats: whether the printer says so again and again as long as it waits
 * @pause_calls: whether the printer itself has paused the print, so that only going on ends it
 * @attention: (nullable): why: `reason` and `question`
 * @n_progresses: how often its progress was told
 * @over_ms: since when it is over as far as the state shows, and how it ended is not known; else 0
 *
 * A print that is under way, as far as we know; kept across restarts.
 */
typedef struct
{
  char *key;
  HeraldValues *values;
  gint64 started_ms;
  gint64 seen_elapsed_s;
  double seen_percent;
  HeraldPrintCount base;
  HeraldProgressMemory told;
  gboolean paused;
  gboolean first_layer_told;
  guint n_attentions;
  gint64 attention_ms;
  gboolean attention_untold;
  gboolean attention_repeats;
  gboolean pause_calls;
  HeraldValues *attention;
  guint n_progresses;
  gint64 over_ms;
} HeraldPrintJob;

HeraldPrintJob *herald_print_job_new           (HeraldValues         *values,
                                                gint64                started_ms);
void            herald_print_job_free          (HeraldPrintJob       *self);
/* @moment_ms: at which no other print of this file began */
void            herald_print_job_set_key       (HeraldPrintJob       *self,
                                                gint64                moment_ms);
gint64          herald_print_job_get_key_ms    (HeraldPrintJob       *self);

const char     *herald_print_job_get_path      (HeraldPrintJob       *self);
gboolean        herald_print_job_is_counted    (HeraldPrintJob       *self);
gboolean        herald_print_job_is_of         (HeraldPrintJob       *self,
                                                HeraldPrinterState   *state);
gboolean        herald_print_job_goes_on_in    (HeraldPrintJob       *self,
                                                HeraldPrinterState   *state);
void            herald_print_job_see           (HeraldPrintJob       *self,
                                                HeraldPrinterState   *state);

char           *herald_print_job_make_outcome_key (HeraldPrintJob    *self,
                                                   const char        *printer,
                                                   HeraldEventSource  source);
char           *herald_print_count_make_key       (const char              *printer,
                                                   const char              *path,
                                                   const HeraldPrintCount  *base,
                                                   gint64                   ordinal);

/* For keeping it: one line of JSON */
char           *herald_print_job_to_text       (HeraldPrintJob       *self);
HeraldPrintJob *herald_print_job_from_text     (const char           *key,
                                                const char           *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldPrintJob, herald_print_job_free)

G_END_DECLS
