/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event.h"
#include "core/printers/gap.h"
#include "core/printers/printer-signal.h"
#include "core/printers/printer-state.h"
#include "core/printers/watch-options.h"

G_BEGIN_DECLS

typedef struct _HeraldPrinterWatch HeraldPrinterWatch;

HeraldPrinterWatch *herald_printer_watch_new         (const char               *printer);
void                herald_printer_watch_free        (HeraldPrinterWatch       *self);

void                herald_printer_watch_set_options (HeraldPrinterWatch       *self,
                                                      const HeraldWatchOptions *options);

/* (nullable): the print that is under way */
HeraldPrintJob     *herald_printer_watch_get_job     (HeraldPrinterWatch       *self);
void                herald_printer_watch_take_job    (HeraldPrinterWatch       *self,
                                                      HeraldPrintJob           *job);

/* Each returns (transfer full) (element-type HeraldEvent): what is to be told, often nothing.
 * @now_ms is milliseconds since 1970. */
GPtrArray          *herald_printer_watch_take_signal (HeraldPrinterWatch       *self,
                                                      HeraldPrinterSignal       signal,
                                                      HeraldValues             *values,
                                                      gint64                    now_ms);
GPtrArray          *herald_printer_watch_take_state  (HeraldPrinterWatch       *self,
                                                      HeraldPrinterState       *state,
                                                      gint64                    now_ms);
GPtrArray          *herald_printer_watch_take_time   (HeraldPrinterWatch       *self,
                                                      gint64                    now_ms);
gint64              herald_printer_watch_get_due_ms  (HeraldPrinterWatch       *self);
/* Whether what is due is the end of the print, which nobody told us */
gboolean            herald_printer_watch_is_end_due  (HeraldPrinterWatch       *self,
                                                      gint64                    now_ms);

/* Returns: (transfer full) (nullable): why somebody has to come, one sentence; %NULL if nobody has */
char               *herald_printer_watch_dup_attention (HeraldPrinterWatch     *self);

/* Between the two nothing else may be called. */
void                herald_printer_watch_open_gap    (HeraldPrinterWatch       *self);
GPtrArray          *herald_printer_watch_close_gap   (HeraldPrinterWatch       *self,
                                                      HeraldGap                *gap,
                                                      gint64                    now_ms);

/* What ended beside the print that is under way, and was counted only after we had asked: @gap has its files. */
GPtrArray          *herald_printer_watch_tell_missed (HeraldPrinterWatch       *self,
                                                      const HeraldGap          *gap,
                                                      gint64                    now_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldPrinterWatch, herald_printer_watch_free)

G_END_DECLS
