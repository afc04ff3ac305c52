/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-job-machine-tell"

#include "core/printers/job-machine-private.h"

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

/* What the server said, on top of what we know of the file and the print. */
static HeraldValues *
make_values (HeraldJobMachine *self,
             HeraldValues     *said,
             gint64            now_ms)
{
  HeraldValues *values = herald_values_copy (self->job->values);

  herald_values_merge (values, said);
  herald_job_values_add_progress (values, self->state, self->job->started_ms, now_ms);

  return values;
}

void
herald_job_machine_tell_printer (HeraldJobMachine *self,
                                 HeraldEventKind   kind,
                                 HeraldValues     *values,
                                 gint64            now_ms,
                                 GPtrArray        *events)
{
  g_autofree char *dedupe = make_dedupe (self, kind, now_ms);

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
  g_autofree char *dedupe = NULL;

  /* What the server has held back comes all at once. */
  self->phase_told_ms = MAX (now_ms, self->phase_told_ms + 1);
  dedupe = make_dedupe (self, kind, self->phase_told_ms);
  self->job->paused = paused;
  self->phase_due_ms = 0;
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
  if (kind == HERALD_KIND_PRINT_DONE)
    herald_values_set (values, "progress", "100");
  /* The firmware's own words came before; OctoPrint 2.0 repeats them as "unknown". */
  if (kind == HERALD_KIND_PRINT_FAILED && self->pending_error != NULL)
    herald_values_set (values, "error", self->pending_error);

  add_event (self, kind, source, dedupe, values, now_ms, events);
  herald_job_machine_close_job (self);
  self->awaits_idle = TRUE;
}
