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
  /* (nullable): where the nozzle was when the open print was last paused */
  char *pause_position;
  gint64 failure_due_ms;
  gint64 idle_due_ms;
  gint64 phase_due_ms;
  /* (nullable): when we were away, if that is when it must have happened */
  char *phase_away;
  gint64 key_ms;
  gint64 moment_ms;
  gboolean unannounced;
  /* When the start of the open print was told because a state showed it; 0 if an event said it */
  gint64 shown_ms;
  gboolean awaits_idle;
  /* Since when, if it was concluded that the print a state shows is over; 0 if its end was seen */
  gint64 awaits_since_ms;

  /* The print that was told to be over, while the printer is still busy with its end */
  HeraldPrintJob *ended;
  gint64 ended_ms;
};

/* job-machine.c */
void herald_job_machine_open_job     (HeraldJobMachine   *self,
                                      HeraldValues       *file_values,
                                      gint64              started_ms);
void herald_job_machine_close_job    (HeraldJobMachine   *self);
void herald_job_machine_end_job      (HeraldJobMachine   *self,
                                      gint64              now_ms);

/* job-machine.c, for job-machine-gap.c */
void     herald_job_machine_forget_expectations (HeraldJobMachine   *self);
gboolean herald_job_machine_is_on_card          (HeraldValues       *values);
gboolean herald_job_machine_join_job            (HeraldJobMachine   *self,
                                                 HeraldPrinterState *state,
                                                 gint64              now_ms);
gboolean herald_job_machine_shows_untold_phase  (HeraldJobMachine   *self);
void     herald_job_machine_watch_phase         (HeraldJobMachine   *self,
                                                 gint64              now_ms);
void     herald_job_machine_keep_state          (HeraldJobMachine   *self,
                                                 HeraldPrinterState *state);

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
void herald_job_machine_tell_phase   (HeraldJobMachine   *self,
                                      HeraldEventSource   source,
                                      HeraldValues       *said,
                                      gint64              now_ms,
                                      GPtrArray          *events);
void herald_job_machine_tell_loss    (HeraldJobMachine   *self,
                                      gint64              now_ms,
                                      GPtrArray          *events);
/* About the printer while it prints nothing */
void herald_job_machine_tell_printer (HeraldJobMachine   *self,
                                      HeraldEventKind     kind,
                                      HeraldValues       *values,
                                      gint64              now_ms,
                                      GPtrArray          *events);

G_END_DECLS
