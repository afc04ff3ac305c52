/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-job-machine-tell"

#include "core/printers/job-machine-private.h"

#include <glib/gi18n-lib.h>

#include "core/printers/event-values.h"
#include "core/printers/job-values.h"

/* What the job machine says: the other half of #HeraldJobMachine. */

static void
add_event (HeraldJobMachine  *self,
           HeraldEventKind    kind,
           HeraldEventSource  source,
           const char        *dedupe,
           HeraldValues      *values,
           gint64             now_ms,
           GPtrArray         *events)
{
  g_ptr_array_add (events, herald_event_new (kind, source, self->printer,
                                             self->job != NULL ? self->job->key : NULL, dedupe,
                                             now_ms, values));
}

/* @detail tells events of one kind and one print apart; a print has one start. */
static char *
make_dedupe (HeraldJobMachine *self,
             HeraldEventKind   kind,
             gint64            detail)
{
  return g_strdup_printf ("%s|%s|%s|%" G_GINT64_FORMAT, self->printer,
                          self->job != NULL ? self->job->key : "",
                          herald_event_kind_get_info (kind)->id, detail);
}

/* What the server said, on top of what we know of the file and the print. A state without a print
 * tells nothing of how far it was; what was last seen does. */
static HeraldValues *
make_values (HeraldJobMachine *self,
             HeraldValues     *said,
             gint64            now_ms)
{
  HeraldPrintJob *job = self->job;
  HeraldValues *values = herald_values_copy (job->values);

  herald_values_merge (values, said);
  herald_event_values_add_job (values, job, self->state, now_ms);

  return values;
}

void
herald_job_machine_tell_printer (HeraldJobMachine *self,
                                 HeraldEventKind   kind,
                                 HeraldValues     *values,
                                 gint64            now_ms,
                                 GPtrArray        *events)
{
  g_autofree char *dedupe = make_dedupe (self, kind, herald_job_machine_take_moment (self, now_ms));

  add_event (self, kind, HERALD_SOURCE_LIVE, dedupe, values, now_ms, events);
}

void
herald_job_machine_tell_start (HeraldJobMachine  *self,
                               HeraldEventSource  source,
                               HeraldValues      *said,
                               gint64             now_ms,
                               GPtrArray         *events)
{
  g_autoptr(HeraldValues) values = make_values (self, said, now_ms);
  g_autofree char *dedupe = make_dedupe (self, HERALD_KIND_PRINT_STARTED, 0);

  self->unannounced = FALSE;
  add_event (self, HERALD_KIND_PRINT_STARTED, source, dedupe, values, now_ms, events);
}

void
herald_job_machine_tell_pause (HeraldJobMachine  *self,
                               gboolean           paused,
                               HeraldEventSource  source,
                               HeraldValues      *said,
                               gint64             now_ms,
                               GPtrArray         *events)
{
  HeraldEventKind kind = paused ? HERALD_KIND_PRINT_PAUSED : HERALD_KIND_PRINT_RESUMED;
  g_autoptr(HeraldValues) values = make_values (self, said, now_ms);
  g_autofree char *dedupe = make_dedupe (self, kind, herald_job_machine_take_moment (self, now_ms));

  /* OctoPrint says where the nozzle is when it pauses; there it goes on. */
  if (paused)
    {
      g_free (self->pause_position);
      self->pause_position = g_strdup (herald_values_get (said, "position"));
    }
  else if (herald_values_get (values, "position") == NULL)
    herald_values_set (values, "position", self->pause_position);
  self->job->paused = paused;
  self->phase_due_ms = 0;
  g_clear_pointer (&self->phase_away, g_free);
  add_event (self, kind, source, dedupe, values, now_ms, events);
}

void
herald_job_machine_tell_outcome (HeraldJobMachine  *self,
                                 HeraldEventKind    kind,
                                 HeraldEventSource  source,
                                 HeraldValues      *said,
                                 gint64             now_ms,
                                 GPtrArray         *events)
{
  g_autoptr(HeraldValues) values = make_values (self, said, now_ms);
  g_autofree char *dedupe = herald_print_job_make_outcome_key (self->job, self->printer, source);
  gint64 time_s = herald_values_get_int (values, "time", herald_values_get_int (values, "spent", 0));

  herald_job_values_set_duration (values, "time", time_s);
  herald_job_values_set_duration (values, "spent", time_s);
  herald_values_set (values, "eta", NULL);
  if (kind == HERALD_KIND_PRINT_DONE)
    {
      herald_values_set (values, "progress", "100");
      herald_job_values_set_duration (values, "remaining", 0);
    }
  /* The firmware's own words came before; OctoPrint 2.0 does not repeat them. */
  if (kind == HERALD_KIND_PRINT_FAILED && self->pending_error != NULL)
    herald_values_set (values, "error", self->pending_error);
  else if (kind == HERALD_KIND_PRINT_FAILED && self->failure_due_ms != 0 &&
           herald_values_get (values, "error") == NULL)
    herald_values_set (values, "error", _("The connection to the printer was lost."));

  add_event (self, kind, source, dedupe, values, now_ms, events);
  herald_job_machine_end_job (self, now_ms);
}

/* The print we knew is over, and nobody told us how: what can be concluded from the state? */
void
herald_job_machine_tell_loss (HeraldJobMachine *self,
                              gint64            now_ms,
                              GPtrArray        *events)
{
  HeraldPrinterState *state = self->state;
  g_autoptr(HeraldValues) said = herald_values_new ();

  /* After a finished print OctoPrint stays at 100 % with the file selected until the next one. */
  if (state != NULL && herald_print_job_is_of (self->job, state) &&
      state->id == HERALD_STATE_OPERATIONAL && state->progress >= 100)
    {
      herald_job_machine_tell_outcome (self, HERALD_KIND_PRINT_DONE, HERALD_SOURCE_RECONCILED, said, now_ms, events);
      return;
    }

  if (state != NULL && state->error != NULL)
    herald_values_set (said, "error", state->error);
  else if (self->failure_due_ms == 0)
    herald_values_set (said, "error", _("It did not finish; whether it failed or was cancelled is not known."));
  herald_values_set (said, "reason", "error");
  herald_job_machine_tell_outcome (self, HERALD_KIND_PRINT_FAILED, HERALD_SOURCE_INFERRED, said, now_ms, events);
}

/* What the state shows and nobody told */
void
herald_job_machine_tell_phase (HeraldJobMachine  *self,
                               HeraldEventSource  source,
                               HeraldValues      *said,
                               gint64             now_ms,
                               GPtrArray         *events)
{
  HeraldStateId id = self->state != NULL ? self->state->id : HERALD_STATE_UNKNOWN;

  self->phase_due_ms = 0;
  if (self->unannounced)
    {
      herald_job_machine_tell_start (self, source, said, now_ms, events);
      self->shown_ms = now_ms;
    }
  if (id == HERALD_STATE_PAUSED && !self->job->paused)
    herald_job_machine_tell_pause (self, TRUE, source, said, now_ms, events);
  else if (id == HERALD_STATE_PRINTING && self->job->paused)
    herald_job_machine_tell_pause (self, FALSE, source, said, now_ms, events);
}
