/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-job-machine-gap"

#include "core/printers/job-machine-private.h"

#include "core/printers/job-values.h"

/* What happened while nobody listened: another part of #HeraldJobMachine. */

/* A state that shows a print that is over is late by no more than this, unless it says that the
 * printer is finishing. */
#define LATE_STATE_MS (60 * 1000)

/* After so short a gap the first state can be from before it: the next one will tell. */
#define SHORT_GAP_MS (2 * 1000)

void
herald_job_machine_open_gap (HeraldJobMachine *self)
{
  /* If it was one, the state will show it. */
  if (self->job != NULL && self->unannounced && herald_job_machine_is_on_card (self->job->values))
    herald_job_machine_close_job (self);
  herald_job_machine_forget_expectations (self);
}

/**
 * herald_job_machine_conclude:
 * @kind: how it ended
 * @values: what is known of the end
 * @occurred_ms: when it was; 0 if unknown
 */
void
herald_job_machine_conclude (HeraldJobMachine  *self,
                             HeraldEventKind    kind,
                             HeraldEventSource  source,
                             HeraldValues      *values,
                             gint64             occurred_ms,
                             gint64             now_ms,
                             GPtrArray         *events)
{
  g_return_if_fail (self->job != NULL);

  herald_job_machine_tell_outcome (self, kind, source, values, now_ms, events);
  self->awaits_idle = FALSE;
  herald_event_set_occurred (g_ptr_array_index (events, events->len - 1), occurred_ms);
}

/* Whether a gap ends in the end of a print that was told before it. */
static gboolean
is_end_of_ended (HeraldJobMachine   *self,
                 HeraldPrinterState *state,
                 gint64              now_ms)
{
  return self->awaits_idle && self->ended != NULL && herald_print_job_goes_on_in (self->ended, state) &&
         (state->id == HERALD_STATE_FINISHING || now_ms - self->ended_ms < LATE_STATE_MS);
}

void
herald_job_machine_close_gap (HeraldJobMachine   *self,
                              HeraldPrinterState *state,
                              gint64              since_ms,
                              const char         *away,
                              gint64              now_ms,
                              GPtrArray          *events)
{
  g_autoptr(HeraldValues) said = herald_values_new ();
  gboolean has_job = herald_state_id_has_job (state->id);

  herald_values_set (said, "away", away);
  self->awaits_idle = is_end_of_ended (self, state, now_ms);
  self->awaits_since_ms = 0;
  if (has_job && self->job == NULL && !self->awaits_idle && herald_job_machine_join_job (self, state, now_ms))
    {
      /* Old marks are old news; and so is a print that began before anybody watched. */
      herald_progress_memory_skip (&self->job->told, state);
      self->job->first_layer_told = state->progress > 5;
      self->unannounced = since_ms != 0 && self->job->started_ms >= since_ms;
      self->job->paused = !self->unannounced && state->id == HERALD_STATE_PAUSED;
    }

  herald_job_machine_keep_state (self, state);
  if (self->job != NULL && has_job && !self->unannounced && now_ms - since_ms < SHORT_GAP_MS)
    {
      herald_job_machine_watch_phase (self, now_ms);
      self->phase_away = g_strdup (self->phase_due_ms != 0 ? away : NULL);
    }
  else if (self->job != NULL && has_job && herald_job_machine_shows_untold_phase (self))
    herald_job_machine_tell_phase (self, HERALD_SOURCE_RECONCILED, said, now_ms, events);
  else if (self->job != NULL && !has_job)
    herald_job_machine_take_state (self, state, now_ms, events);
}

void
herald_job_machine_await_idle (HeraldJobMachine   *self,
                               HeraldPrinterState *state,
                               gint64              now_ms)
{
  self->awaits_idle = TRUE;
  self->awaits_since_ms = now_ms;
  herald_job_machine_keep_state (self, state);
}
