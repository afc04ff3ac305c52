/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event.h"
#include "core/printers/print-job.h"
#include "core/printers/printer-signal.h"
#include "core/printers/printer-state.h"

G_BEGIN_DECLS

typedef struct _HeraldJobMachine HeraldJobMachine;

HeraldJobMachine *herald_job_machine_new            (const char         *printer);
void              herald_job_machine_free           (HeraldJobMachine   *self);

/* (nullable): the print that is under way, to be kept and changed */
HeraldPrintJob   *herald_job_machine_get_job        (HeraldJobMachine   *self);
void              herald_job_machine_take_job       (HeraldJobMachine   *self,
                                                     HeraldPrintJob     *job);

/* Each appends to @events (element-type HeraldEvent) what is to be told, often nothing.
 * @now_ms is milliseconds since 1970. */
void              herald_job_machine_take_signal    (HeraldJobMachine   *self,
                                                     HeraldPrinterSignal signal,
                                                     HeraldValues       *values,
                                                     gint64              now_ms,
                                                     GPtrArray          *events);
void              herald_job_machine_take_copying   (HeraldJobMachine   *self,
                                                     HeraldValues       *values);
void              herald_job_machine_take_state     (HeraldJobMachine   *self,
                                                     HeraldPrinterState *state,
                                                     gint64              now_ms,
                                                     GPtrArray          *events);
void              herald_job_machine_take_time      (HeraldJobMachine   *self,
                                                     gint64              now_ms,
                                                     GPtrArray          *events);
gint64            herald_job_machine_get_due_ms     (HeraldJobMachine   *self);
/* @now_ms, or a bit later if there was news at that moment already: no two have the same */
gint64            herald_job_machine_take_moment    (HeraldJobMachine   *self,
                                                     gint64              now_ms);

/* Whether what is due is the end of the print, which nobody told us */
gboolean          herald_job_machine_is_end_due     (HeraldJobMachine   *self,
                                                     gint64              now_ms);

/* From now on nobody tells us anything … */
void              herald_job_machine_open_gap       (HeraldJobMachine   *self);
/* … until it is found out how the print ended meanwhile, … */
void              herald_job_machine_conclude       (HeraldJobMachine   *self,
                                                     HeraldEventKind     kind,
                                                     HeraldEventSource   source,
                                                     HeraldValues       *values,
                                                     gint64              occurred_ms,
                                                     gint64              now_ms,
                                                     GPtrArray          *events);
/* … and what is being printed now. @since_ms: a print that began later is news; 0 if none is.
 * @away: (nullable): the sentence that says when we were not there */
void              herald_job_machine_close_gap      (HeraldJobMachine   *self,
                                                     HeraldPrinterState *state,
                                                     gint64              since_ms,
                                                     const char         *away,
                                                     gint64              now_ms,
                                                     GPtrArray          *events);
/* … or instead of it: what @state shows is a print that was concluded, unless it goes on being shown. */
void              herald_job_machine_await_idle     (HeraldJobMachine   *self,
                                                     HeraldPrinterState *state,
                                                     gint64              now_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldJobMachine, herald_job_machine_free)

G_END_DECLS
