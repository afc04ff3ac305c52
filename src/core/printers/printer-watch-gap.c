/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-watch-gap"

#include "core/printers/printer-watch-private.h"

#include "core/printers/job-values.h"

/* What is told after a time in which nobody told us anything: another part of #HeraldPrinterWatch. */

void
herald_printer_watch_open_gap (HeraldPrinterWatch *self)
{
  herald_job_machine_open_gap (self->machine);
  herald_transfer_watch_clear (&self->transfer);
}

static void
tell_unseen_print (HeraldPrinterWatch     *self,
                   GPtrArray              *events,
                   const HeraldConclusion *conclusion,
                   HeraldValues           *values,
                   gint64                  now_ms)
{
  const HeraldFileRecord *file = conclusion->file;
  g_autofree char *dedupe = herald_print_count_make_key (self->printer, file->path, &file->after, conclusion->ordinal);
  HeraldEvent *event;

  herald_values_set (values, "name", file->name);
  herald_values_set (values, "path", file->path);
  herald_values_set (values, "origin", "local");
  herald_job_values_set_file (values);
  event = herald_event_new (conclusion->kind, conclusion->source, self->printer, NULL, dedupe, now_ms, values);
  event->occurred_ms = conclusion->occurred_ms;
  g_ptr_array_add (events, event);
}

static void
tell_conclusion (HeraldPrinterWatch     *self,
                 GPtrArray              *events,
                 const HeraldConclusion *conclusion,
                 const char             *away,
                 gint64                  now_ms)
{
  g_autoptr(HeraldValues) values = herald_values_new ();

  herald_values_set (values, "away", away);
  herald_values_set (values, "error", conclusion->error);
  if (conclusion->kind != HERALD_KIND_PRINT_DONE)
    herald_values_set (values, "reason",
                       conclusion->kind == HERALD_KIND_PRINT_CANCELLED ? "cancelled" : "error");
  if (conclusion->duration_s >= 0)
    herald_job_values_set_duration (values, "time", conclusion->duration_s);

  if (conclusion->file == NULL)
    herald_job_machine_conclude (self->machine, conclusion->kind, conclusion->source, values,
                                 conclusion->occurred_ms, now_ms, events);
  else
    tell_unseen_print (self, events, conclusion, values, now_ms);
}

/* The printer is in trouble, and was not when we last looked. */
static void
tell_trouble (HeraldPrinterWatch *self,
              GPtrArray          *events,
              const HeraldGap    *gap,
              const char         *away,
              gint64              now_ms)
{
  g_autoptr(HeraldValues) values = NULL;
  g_autofree char *dedupe = NULL;

  if (events->len > 0 || self->state == NULL || self->state->id == HERALD_STATE_ERROR ||
      gap->state->id != HERALD_STATE_ERROR || herald_printer_watch_get_job (self) != NULL)
    return;

  values = herald_values_new ();
  herald_values_set (values, "state", gap->state->text);
  herald_values_set (values, "error", gap->state->error);
  herald_values_set (values, "away", away);
  dedupe = g_strdup_printf ("%s|printer-error|%" G_GINT64_FORMAT, self->printer, now_ms);
  g_ptr_array_add (events, herald_event_new (HERALD_KIND_PRINTER_ERROR, HERALD_SOURCE_RECONCILED,
                                             self->printer, NULL, dedupe, now_ms, values));
}

/* The counters are asked after the state was: what it shows being printed may have ended in between. A print
 * that ends later than the one we see began is that one, as a printer has one at a time. */
static gboolean
is_outdated (const HeraldGap *gap,
             GPtrArray       *conclusions,
             const char      *job_path)
{
  HeraldPrinterState *state = gap->state;
  const char *path = state->path != NULL ? state->path : state->name;
  gint64 begin_ms = gap->to_ms - MAX (state->elapsed_s, 0) * 1000;

  for (guint i = 0; herald_state_id_has_job (state->id) && i < conclusions->len; i++)
    {
      const HeraldConclusion *conclusion = g_ptr_array_index (conclusions, i);
      const char *ended_path = conclusion->file != NULL ? conclusion->file->path : job_path;

      if (conclusion->occurred_ms >= begin_ms && g_strcmp0 (ended_path, path) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * herald_printer_watch_close_gap:
 *
 * Tells what must have happened, in its order, and goes on with what the
 * printer is doing now. A printer we never watched before has no past.
 */
GPtrArray *
herald_printer_watch_close_gap (HeraldPrinterWatch *self,
                                HeraldGap          *gap,
                                gint64              now_ms)
{
  GPtrArray *events = herald_printer_watch_new_events ();
  g_autoptr(GPtrArray) conclusions = NULL;
  g_autofree char *away = herald_gap_describe_absence (gap);
  g_autofree char *job_path = NULL;

  gap->job = herald_printer_watch_get_job (self);
  if (gap->job != NULL)
    job_path = g_strdup (herald_print_job_get_path (gap->job));
  conclusions = herald_gap_judge (gap);
  gap->job = NULL;
  for (guint i = 0; i < conclusions->len; i++)
    tell_conclusion (self, events, g_ptr_array_index (conclusions, i), away, now_ms);

  tell_trouble (self, events, gap, away, now_ms);
  g_clear_pointer (&self->state, herald_printer_state_unref);
  self->state = herald_printer_state_ref (gap->state);
  if (is_outdated (gap, conclusions, job_path))
    herald_job_machine_await_idle (self->machine);
  else if (gap->state->id != HERALD_STATE_TRANSFERRING)
    herald_job_machine_close_gap (self->machine, gap->state, gap->from_ms, away, now_ms, events);
  herald_printer_watch_follow_events (self, events);

  return events;
}
