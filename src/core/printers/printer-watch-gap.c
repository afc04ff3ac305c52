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
  herald_event_set_occurred (event, conclusion->occurred_ms);
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

/* A print that failed of it, or the error itself, was told, and the printer was not well again since. */
static gboolean
is_known_trouble (HeraldPrinterWatch *self,
                  const HeraldGap    *gap)
{
  if (self->condition_told != HERALD_KIND_PRINTER_ERROR && self->condition_told != HERALD_KIND_PRINT_FAILED)
    return FALSE;

  return self->state->id != HERALD_STATE_OPERATIONAL ||
         gap->from_ms - self->condition_told_ms < HERALD_SAME_NEWS_MS;
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
  g_autofree char *moment = NULL;
  g_autofree char *dedupe = NULL;

  if (events->len > 0 || self->state == NULL || self->state->id == HERALD_STATE_ERROR ||
      gap->state->id != HERALD_STATE_ERROR || herald_printer_watch_get_job (self) != NULL || is_known_trouble (self, gap))
    return;

  values = herald_values_new ();
  herald_values_set (values, "state", gap->state->text);
  herald_values_set (values, "error", gap->state->error);
  herald_values_set (values, "away", away);
  moment = herald_printer_watch_make_moment (self, now_ms);
  dedupe = g_strdup_printf ("%s|printer-error|%s", self->printer, moment);
  g_ptr_array_add (events, herald_event_new (HERALD_KIND_PRINTER_ERROR, HERALD_SOURCE_RECONCILED,
                                             self->printer, NULL, dedupe, now_ms, values));
}

/* It stopped and went on before anybody was told, and we were not there when it did. */
static void
forget_short_stop (HeraldPrinterWatch *self,
                   const HeraldGap    *gap)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (self);

  if (!self->pause_untold || job == NULL || gap->state->id != HERALD_STATE_PRINTING)
    return;

  job->paused = FALSE;
  herald_printer_watch_end_attention (self);
}

/* Nobody could hear it repeated; it has its time to be heard again before it counts as over. So has what was told and is no
 * pause: an end that nobody heard would never come. */
static void
listen_for_repeats (HeraldPrinterWatch *self,
                    const HeraldGap    *gap,
                    gint64              now_ms)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (self);
  gboolean is_paused =
    gap->state->id == HERALD_STATE_PAUSED || gap->state->id == HERALD_STATE_PAUSING || (job != NULL && job->paused);

  if (!self->attention.open)
    return;
  if (!is_paused && self->attention.held_until_ms == 0)
    self->attention_repeats = TRUE;
  if (self->attention_repeats)
    self->attention.said_ms = now_ms;
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
  forget_short_stop (self, gap);
  listen_for_repeats (self, gap, now_ms);
  g_clear_pointer (&self->state_words, g_free);
  g_clear_pointer (&self->state, herald_printer_state_unref);
  self->state = herald_printer_state_ref (gap->state);
  if (herald_printer_watch_get_job (self) == NULL && herald_gap_shows_past (gap, conclusions, job_path))
    herald_job_machine_await_idle (self->machine, gap->state, now_ms);
  else if (gap->state->id != HERALD_STATE_TRANSFERRING)
    herald_job_machine_close_gap (self->machine, gap->state, gap->from_ms, away, now_ms, events);

  return herald_printer_watch_end_events (self, events, now_ms);
}

GPtrArray *
herald_printer_watch_tell_missed (HeraldPrinterWatch *self,
                                  const HeraldGap    *gap,
                                  gint64              now_ms)
{
  GPtrArray *events = herald_printer_watch_new_events ();
  g_autoptr(GPtrArray) conclusions = herald_gap_judge (gap);

  for (guint i = 0; i < conclusions->len; i++)
    tell_conclusion (self, events, g_ptr_array_index (conclusions, i), NULL, now_ms);

  return herald_printer_watch_end_events (self, events, now_ms);
}
