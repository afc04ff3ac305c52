/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/attention.h"
#include "core/printers/cooling.h"
#include "core/printers/first-layer.h"
#include "core/printers/job-machine.h"
#include "core/printers/printer-watch.h"
#include "core/printers/transfer-watch.h"

G_BEGIN_DECLS

struct _HeraldPrinterWatch
{
  char *printer;
  HeraldWatchOptions options;
  HeraldJobMachine *machine;
  HeraldAttention attention;
  HeraldValues *attention_values;
  HeraldCooling cooling;
  HeraldFirstLayer first_layer;
  HeraldTransferWatch transfer;
  HeraldPrinterState *state;
  gint64 condition_told_ms;
  gint64 error_told_ms;
  HeraldPrinterSignal shown_signal;
  gint64 shown_ms;
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
HeraldValues *herald_printer_watch_make_job_values (HeraldPrinterWatch  *self,
                                                    gint64               now_ms);
void          herald_printer_watch_follow_events   (HeraldPrinterWatch  *self,
                                                    GPtrArray           *events);

/* printer-watch-side.c: what goes on beside the life of a print; each appends to @events */
void          herald_printer_watch_need_attention  (HeraldPrinterWatch  *self,
                                                    GPtrArray           *events,
                                                    HeraldValues        *said,
                                                    gint64               now_ms);
void          herald_printer_watch_repeat_attention (HeraldPrinterWatch *self,
                                                    GPtrArray           *events,
                                                    HeraldValues        *said,
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
