/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/attention.h"
#include "core/printers/cooling.h"
#include "core/printers/first-layer.h"
#include "core/printers/job-machine.h"
#include "core/printers/printer-watch.h"
#include "core/printers/transfer-watch.h"

G_BEGIN_DECLS

/* The news that the printer is there or has an error and the state that shows it are one thing. */
#define HERALD_SAME_NEWS_MS (30 * 1000)

struct _HeraldPrinterWatch
{
  char *printer;
  HeraldWatchOptions options;
  HeraldJobMachine *machine;
  HeraldAttention attention;
  HeraldAttention attention_before;
  HeraldValues *attention_values;
  gint64 attention_due_ms;
  gboolean pause_untold;
  gboolean pause_calls;
  HeraldCooling cooling;
  HeraldFirstLayer first_layer;
  HeraldTransferWatch transfer;
  HeraldPrinterState *state;
  /* (nullable): what the server calls a state that it has not shown yet */
  char *state_words;
  HeraldEventKind condition_told;
  gint64 condition_told_ms;
  gint64 condition_due_ms;
  gint64 calm_ms;
  gboolean attention_repeats;
};

/* printer-watch.c */
GPtrArray    *herald_printer_watch_new_events      (void);
void          herald_printer_watch_add_event       (HeraldPrinterWatch  *self,
                                                    GPtrArray           *events,
                                                    HeraldEventKind      kind,
                                                    HeraldValues        *values,
                                                    const char          *what,
                                                    gint64               now_ms);
char         *herald_printer_watch_make_moment     (HeraldPrinterWatch  *self,
                                                    gint64               now_ms);
HeraldValues *herald_printer_watch_make_job_values (HeraldPrinterWatch  *self,
                                                    gint64               now_ms);
/* Returns: (transfer none): @events */
GPtrArray    *herald_printer_watch_end_events      (HeraldPrinterWatch  *self,
                                                    GPtrArray           *events,
                                                    gint64               now_ms);

/* printer-watch-condition.c: whether the printer is there */
gboolean      herald_printer_watch_is_same_news    (HeraldPrinterWatch  *self,
                                                    HeraldPrinterSignal  signal,
                                                    gint64               now_ms);
void          herald_printer_watch_see_condition   (HeraldPrinterWatch  *self,
                                                    GPtrArray           *events,
                                                    HeraldStateId        before,
                                                    gint64               now_ms);
void          herald_printer_watch_take_condition_time (HeraldPrinterWatch *self,
                                                    GPtrArray           *events,
                                                    gint64               now_ms);

/* printer-watch-side.c: what goes on beside the life of a print; each appends to @events */
void          herald_printer_watch_need_attention  (HeraldPrinterWatch  *self,
                                                    HeraldValues        *said,
                                                    gint64               now_ms);
void          herald_printer_watch_add_reason      (HeraldPrinterWatch  *self,
                                                    HeraldValues        *said);
void          herald_printer_watch_end_attention   (HeraldPrinterWatch  *self);
void          herald_printer_watch_drop_question   (HeraldPrinterWatch  *self);
void          herald_printer_watch_note_call       (HeraldPrinterWatch  *self,
                                                    gint64               now_ms);
void          herald_printer_watch_keep_attention  (HeraldPrinterWatch  *self);
void          herald_printer_watch_restore_attention (HeraldPrinterWatch *self);
void          herald_printer_watch_repeat_attention (HeraldPrinterWatch *self,
                                                    HeraldValues        *said,
                                                    gint64               now_ms);
void          herald_printer_watch_follow_clock    (HeraldPrinterWatch  *self,
                                                    gint64               now_ms);
void          herald_printer_watch_tell_attention  (HeraldPrinterWatch  *self,
                                                    GPtrArray           *events,
                                                    gint64               now_ms);
void          herald_printer_watch_tell_transfer   (HeraldPrinterWatch  *self,
                                                    GPtrArray           *events,
                                                    HeraldPrinterSignal  signal,
                                                    HeraldValues        *said,
                                                    gint64               now_ms);
void          herald_printer_watch_tell_file       (HeraldPrinterWatch  *self,
                                                    GPtrArray           *events,
                                                    HeraldEventKind      kind,
                                                    HeraldValues        *said,
                                                    gint64               now_ms);
void          herald_printer_watch_see_progress    (HeraldPrinterWatch  *self,
                                                    GPtrArray           *events,
                                                    gint64               now_ms);
void          herald_printer_watch_see_cooling     (HeraldPrinterWatch  *self,
                                                    GPtrArray           *events,
                                                    gint64               now_ms);
void          herald_printer_watch_see_transfer    (HeraldPrinterWatch  *self,
                                                    GPtrArray           *events,
                                                    gint64               now_ms);

G_END_DECLS
