/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/job-machine.h"

G_BEGIN_DECLS

struct _HeraldJobMachine
{
  char *printer;
  HeraldPrintJob *job;
  HeraldPrinterState *state;

  char *pending_error;
  gint64 failure_due_ms;
  gint64 idle_due_ms;
  gint64 phase_due_ms;
  gint64 phase_told_ms;
  gboolean unannounced;
  gboolean awaits_idle;
};

/* job-machine.c */
void herald_job_machine_open_job     (HeraldJobMachine   *self,
                                      HeraldValues       *file_values,
                                      gint64              started_ms);
void herald_job_machine_close_job    (HeraldJobMachine   *self);

/* job-machine-tell.c: append events about the open job */
void herald_job_machine_tell_start   (HeraldJobMachine   *self,
                                      HeraldEventSource   source,
                                      HeraldValues       *said,
                                      gint64              now_ms,
                                      GPtrArray          *events);
void herald_job_machine_tell_pause   (HeraldJobMachine   *self,
                                      gboolean            paused,
                                      HeraldEventSource   source,
                                      HeraldValues       *said,
                                      gint64              now_ms,
                                      GPtrArray          *events);
void herald_job_machine_tell_outcome (HeraldJobMachine   *self,
                                      HeraldEventKind     kind,
                                      HeraldEventSource   source,
                                      HeraldValues       *said,
                                      gint64              now_ms,
                                      GPtrArray          *events);
/* About the printer while it prints nothing */
void herald_job_machine_tell_printer (HeraldJobMachine   *self,
                                      HeraldEventKind     kind,
                                      HeraldValues       *values,
                                      gint64              now_ms,
                                      GPtrArray          *events);

G_END_DECLS
