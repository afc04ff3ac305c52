/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-watch-side"

#include "core/printers/printer-watch-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "core/printers/job-values.h"

/* Terminal lines come with the states, so up to two seconds after what happened since; on a slow line later. */
#define LATE_CALL_MS (5 * 1000)

/* What goes on beside the life of a print: another part of #HeraldPrinterWatch. */

/* One call comes in several messages within milliseconds, and the one that says why is not the first. */
#define GATHER_MS 1000

/* Somebody has to come */

static const char *
get_reason (HeraldPrinterWatch *self)
{
  const char *reason = self->attention_values != NULL ? herald_values_get (self->attention_values, "reason") : NULL;

  return reason != NULL ? reason : _("The printer itself has paused the print.");
}

void
herald_printer_watch_tell_attention (HeraldPrinterWatch *self,
                                     GPtrArray          *events,
                                     gint64              now_ms)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (self);
  g_autoptr(HeraldValues) values = herald_printer_watch_make_job_values (self, now_ms);
  g_autofree char *what = job != NULL ? g_strdup_printf ("%u", ++job->n_attentions)
                                      : herald_printer_watch_make_moment (self, now_ms);

  self->attention_due_ms = 0;
  self->pause_untold = FALSE;
  if (self->attention_values != NULL)
    herald_values_merge (values, self->attention_values);
  herald_values_set (values, "reason", get_reason (self));
  herald_printer_watch_add_event (self, events, HERALD_KIND_ATTENTION_NEEDED, values, what, now_ms);
}

/* The first to say why is believed; the others say it again in other words. */
void
herald_printer_watch_add_reason (HeraldPrinterWatch *self,
                                 HeraldValues       *said)
{
  static const char *const names[] = { "reason", "question", "progress" };

  if (!self->attention.open)
    return;

  /* Of a call from before a restart nothing is kept but that it was one. */
  if (self->attention_values == NULL)
    self->attention_values = herald_values_new ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *text = herald_values_get (said, names[i]);

      if (text != NULL && herald_values_get (self->attention_values, names[i]) == NULL)
        herald_values_set (self->attention_values, names[i], text);
    }
}

void
herald_printer_watch_need_attention (HeraldPrinterWatch *self,
                                     HeraldValues       *said,
                                     gint64              now_ms)
{
  const HeraldAttention before = self->attention;

  if (!before.open || self->attention_values == NULL)
    {
      g_clear_pointer (&self->attention_values, g_hash_table_unref);
      self->attention_values = herald_values_copy (said);
    }
  else
    {
      herald_printer_watch_add_reason (self, said);
    }

  self->attention_repeats = FALSE;
  if (herald_attention_need (&self->attention, self->options.attention_lock_s, now_ms))
    {
      self->attention_before = before;
      self->attention_due_ms = now_ms + GATHER_MS;
    }
}

void
herald_printer_watch_follow_clock (HeraldPrinterWatch *self,
                                   gint64              now_ms)
{
  if (self->attention_due_ms > now_ms + GATHER_MS)
    self->attention_due_ms = now_ms + GATHER_MS;
  /* A clock that was put back: what is still so is looked at with the next state. */
  if (self->condition_told_ms > now_ms)
    self->condition_due_ms = MIN (self->condition_due_ms, now_ms);
  herald_attention_follow_clock (&self->attention, now_ms);
}

/* Somebody came. Who came before anybody was called needs no message, and is not the last call. */
void
herald_printer_watch_end_attention (HeraldPrinterWatch *self)
{
  if (self->attention_due_ms != 0)
    self->attention = self->attention_before;
  self->attention_due_ms = 0;
  self->pause_untold = FALSE;
  self->pause_calls = FALSE;
  herald_attention_resolve (&self->attention);
}

/* What was asked is answered, and the printer still waits. */
void
herald_printer_watch_drop_question (HeraldPrinterWatch *self)
{
  g_clear_pointer (&self->attention_values, g_hash_table_unref);
  self->attention_values = herald_values_new ();
}

/* Nobody wants a message of it, but it is so all the same. */
void
herald_printer_watch_note_call (HeraldPrinterWatch *self,
                                gint64              now_ms)
{
  if (!self->attention.open)
    herald_printer_watch_drop_question (self);
  self->attention_repeats = FALSE;
  herald_attention_need (&self->attention, self->options.attention_lock_s, now_ms);
}

/* What must be known of it after a restart goes with the print. */
void
herald_printer_watch_keep_attention (HeraldPrinterWatch *self)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (self);

  if (job == NULL)
    return;

  job->attention_ms = self->attention.open ? self->attention.told_ms : 0;
  job->attention_untold = self->attention_due_ms != 0 || self->attention.held_until_ms != 0;
  job->attention_repeats = self->attention_repeats;
  job->pause_calls = self->pause_calls;
  g_clear_pointer (&job->attention, g_hash_table_unref);
  job->attention = self->attention_values != NULL ? herald_values_copy (self->attention_values) : herald_values_new ();
}

void
herald_printer_watch_restore_attention (HeraldPrinterWatch *self)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (self);

  if (job == NULL || job->attention_ms == 0)
    return;

  self->attention = (HeraldAttention) {
    .open = TRUE,
    .said_ms = job->attention_ms,
    .told_ms = job->attention_ms,
    .ordinal = MAX (job->n_attentions, 1),
  };
  self->attention_repeats = job->attention_repeats;
  self->pause_calls = job->pause_calls;
  g_clear_pointer (&self->attention_values, g_hash_table_unref);
  self->attention_values = herald_values_copy (job->attention);
  if (!job->attention_untold)
    return;

  /* Told late is better than never, unless it turns out first that somebody came. */
  self->attention_before = (HeraldAttention) { .ordinal = job->n_attentions };
  self->attention_due_ms = job->attention_ms + GATHER_MS;
  self->pause_untold = job->paused && job->pause_calls;
}

/**
 * herald_printer_watch_dup_attention:
 *
 * It is so until somebody came or the print is over, however often it is told.
 */
char *
herald_printer_watch_dup_attention (HeraldPrinterWatch *self)
{
  gboolean is_gathering = self->attention_due_ms != 0 && !self->attention_before.open;
  const char *question = self->attention_values != NULL ? herald_values_get (self->attention_values, "question") : NULL;

  if (!self->attention.open || is_gathering)
    return NULL;
  if (question == NULL || *question == '\0')
    return g_strdup (get_reason (self));

  /* Translators: a sentence, and what the printer itself says or asks */
  return g_strdup_printf (_("%s “%s”"), get_reason (self), question);
}

/* What is said again and again is over when it is not said any more, which the others do not tell. */
void
herald_printer_watch_repeat_attention (HeraldPrinterWatch *self,
                                       HeraldValues       *said,
                                       gint64              now_ms)
{
  gboolean repeats = self->attention_repeats || !self->attention.open;

  /* Said before somebody came, or before the print was over */
  if (self->calm_ms != 0 && ABS (now_ms - self->calm_ms) < LATE_CALL_MS)
    return;

  herald_printer_watch_need_attention (self, said, now_ms);
  self->attention_repeats = repeats;
}

/* Files */

void
herald_printer_watch_tell_transfer (HeraldPrinterWatch  *self,
                                    GPtrArray           *events,
                                    HeraldPrinterSignal  signal,
                                    HeraldValues        *said,
                                    gint64               now_ms)
{
  g_autofree char *what = herald_printer_watch_make_moment (self, now_ms);
  g_autoptr(HeraldValues) values = NULL;

  if (signal == HERALD_SIGNAL_TRANSFER_STARTED)
    {
      herald_job_machine_take_copying (self->machine, said);
      herald_transfer_watch_begin (&self->transfer, said, now_ms);
      values = herald_values_copy (self->transfer.values);
      herald_printer_watch_add_event (self, events, HERALD_KIND_TRANSFER_STARTED, values, what, now_ms);
      return;
    }

  values = herald_transfer_watch_end (&self->transfer, said, now_ms);
  herald_printer_watch_add_event (self, events,
             signal == HERALD_SIGNAL_TRANSFER_DONE ? HERALD_KIND_TRANSFER_DONE : HERALD_KIND_TRANSFER_FAILED,
             values, what, now_ms);
}

void
herald_printer_watch_tell_file (HeraldPrinterWatch *self,
                                GPtrArray          *events,
                                HeraldEventKind     kind,
                                HeraldValues       *said,
                                gint64              now_ms)
{
  const char *movie = herald_values_get (said, "movie_basename");
  g_autofree char *moment = herald_printer_watch_make_moment (self, now_ms);
  g_autoptr(HeraldEvent) event = NULL;
  g_autofree char *dedupe = NULL;

  if (herald_values_get (said, "name") == NULL)
    herald_values_set (said, "name", herald_values_get (said, "gcode"));
  herald_job_values_set_file (said);
  /* A film is also found in the list of films, after a gap. */
  dedupe = g_strdup_printf ("%s|%s|%s", self->printer, herald_event_kind_get_info (kind)->id,
                            movie != NULL ? movie : moment);
  event = herald_event_new (kind, HERALD_SOURCE_LIVE, self->printer, NULL, dedupe, now_ms, said);
  g_ptr_array_add (events, g_steal_pointer (&event));
}

/* States */

void
herald_printer_watch_see_progress (HeraldPrinterWatch *self,
                                   GPtrArray          *events,
                                   gint64              now_ms)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (self);
  g_autoptr(HeraldValues) values = NULL;
  g_autofree char *what = NULL;
  HeraldProgressMark mark;

  if (job == NULL || self->state->id != HERALD_STATE_PRINTING || !herald_print_job_is_of (job, self->state))
    return;

  if (!job->first_layer_told && herald_first_layer_take (&self->first_layer, self->state))
    {
      g_autoptr(HeraldValues) known = herald_printer_watch_make_job_values (self, now_ms);

      job->first_layer_told = TRUE;
      herald_printer_watch_add_event (self, events, HERALD_KIND_PRINT_FIRST_LAYER, known, "", now_ms);
    }

  if (!herald_progress_rule_cross (&self->options.progress, &job->told, self->state, now_ms, &mark))
    return;

  values = herald_printer_watch_make_job_values (self, now_ms);
  if (mark.percent > 0)
    herald_values_set_printf (values, "progress", "%d", mark.percent);
  herald_values_set (values, "reason", mark.reason);
  /* Percent only grow; the other measures may be unknown, or be counted anew. */
  job->n_progresses++;
  what = g_str_equal (mark.reason, "percent") ? g_strdup_printf ("percent %d", mark.percent)
                                              : g_strdup_printf ("%s %u", mark.reason, job->n_progresses);
  herald_printer_watch_add_event (self, events, HERALD_KIND_PRINT_PROGRESS, values, what, now_ms);
}

void
herald_printer_watch_see_cooling (HeraldPrinterWatch *self,
                                  GPtrArray          *events,
                                  gint64              now_ms)
{
  const HeraldTemperature *cooled;

  while ((cooled = herald_cooling_take (&self->cooling, self->state, self->options.cooled_bed,
                                        self->options.cooled_tool)) != NULL)
    {
      gboolean is_bed = g_str_equal (cooled->heater, "bed");
      g_autoptr(HeraldValues) values = herald_job_values_from_state (self->state);
      g_autofree char *moment = herald_printer_watch_make_moment (self, now_ms);
      g_autofree char *what = g_strconcat (cooled->heater, " ", moment, NULL);

      herald_job_values_set_file (values);
      herald_values_set (values, "heater", is_bed ? _("The bed") : _("The hotend"));
      herald_values_set_printf (values, "temperature", "%.0f", floor (cooled->actual));
      herald_values_set_printf (values, "threshold", "%.0f",
                                is_bed ? self->options.cooled_bed : self->options.cooled_tool);
      herald_printer_watch_add_event (self, events, HERALD_KIND_COOLED_DOWN, values, what, now_ms);
    }
}

void
herald_printer_watch_see_transfer (HeraldPrinterWatch *self,
                                   GPtrArray          *events,
                                   gint64              now_ms)
{
  g_autoptr(HeraldValues) values =
    herald_transfer_watch_take (&self->transfer, self->state, self->options.transfer_step_percent, now_ms);
  g_autofree char *what = NULL;

  if (values == NULL)
    return;

  what = herald_printer_watch_make_moment (self, now_ms);
  herald_printer_watch_add_event (self, events, HERALD_KIND_TRANSFER_PROGRESS, values, what, now_ms);
}
