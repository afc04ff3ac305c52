/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-watch"

#include "core/printers/printer-watch-private.h"

#include <glib/gi18n-lib.h>

#include "core/printers/event-values.h"

/**
 * HeraldPrinterWatch:
 *
 * Everything that is to be told of one printer: its prints through the job
 * machine, and beside them progress, first layer, somebody being needed,
 * transfers, films, cooling down. Pure: time is an argument.
 */
HeraldPrinterWatch *
herald_printer_watch_new (const char *printer)
{
  HeraldPrinterWatch *self = g_new0 (HeraldPrinterWatch, 1);

  self->printer = g_strdup (printer);
  self->machine = herald_job_machine_new (printer);

  return self;
}

void
herald_printer_watch_free (HeraldPrinterWatch *self)
{
  g_free (self->printer);
  g_clear_pointer (&self->machine, herald_job_machine_free);
  g_clear_pointer (&self->attention_values, g_hash_table_unref);
  g_clear_pointer (&self->state_words, g_free);
  g_clear_pointer (&self->state, herald_printer_state_unref);
  herald_transfer_watch_clear (&self->transfer);
  g_free (self);
}

/**
 * herald_printer_watch_set_options:
 * @options: copied
 */
void
herald_printer_watch_set_options (HeraldPrinterWatch       *self,
                                  const HeraldWatchOptions *options)
{
  self->options = *options;
}

HeraldPrintJob *
herald_printer_watch_get_job (HeraldPrinterWatch *self)
{
  return herald_job_machine_get_job (self->machine);
}

/**
 * herald_printer_watch_take_job:
 * @job: (transfer full): the print that was under way when this program last ran
 */
void
herald_printer_watch_take_job (HeraldPrinterWatch *self,
                               HeraldPrintJob     *job)
{
  herald_job_machine_take_job (self->machine, job);
  herald_printer_watch_restore_attention (self);
}

/* A clock that was put back must not make anybody wait until it is there again. */
static GPtrArray *
begin_events (HeraldPrinterWatch *self,
              gint64              now_ms)
{
  herald_printer_watch_follow_clock (self, now_ms);

  return herald_printer_watch_new_events ();
}

GPtrArray *
herald_printer_watch_new_events (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) herald_event_unref);
}

void
herald_printer_watch_add_event (HeraldPrinterWatch *self,
                                GPtrArray          *events,
                                HeraldEventKind     kind,
                                HeraldValues       *values,
                                const char         *what,
                                gint64              now_ms)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (self);
  const char *key = job != NULL ? job->key : NULL;
  g_autofree char *dedupe = g_strdup_printf ("%s|%s|%s|%s", self->printer, key != NULL ? key : "",
                                             herald_event_kind_get_info (kind)->id, what);

  g_ptr_array_add (events, herald_event_new (kind, HERALD_SOURCE_LIVE, self->printer, key, dedupe, now_ms, values));
}

/* Returns: (transfer full): what tells this news from other news of its kind */
char *
herald_printer_watch_make_moment (HeraldPrinterWatch *self,
                                  gint64              now_ms)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, herald_job_machine_take_moment (self->machine, now_ms));
}

HeraldValues *
herald_printer_watch_make_job_values (HeraldPrinterWatch *self,
                                      gint64              now_ms)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (self);
  HeraldValues *values = herald_values_new ();

  if (job != NULL)
    herald_event_values_add_job (values, job, self->state, now_ms);

  return values;
}

/* A pause that no person asked for is the printer calling for one. */
static gboolean
is_call_for_help (HeraldPrinterWatch *self,
                  HeraldPrinterSignal signal,
                  HeraldValues       *said)
{
  return signal == HERALD_SIGNAL_PAUSED && self->options.attention_told &&
         herald_values_get (said, "user") == NULL;
}

static void
take_call_for_help (HeraldPrinterWatch *self,
                    GPtrArray          *events,
                    HeraldValues       *said,
                    gint64              now_ms)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (self);
  g_autoptr(HeraldValues) why = herald_values_new ();

  if (job == NULL)
    {
      herald_job_machine_take_signal (self->machine, HERALD_SIGNAL_PAUSED, said, now_ms, events);
      return;
    }

  self->pause_untold = !job->paused;
  self->pause_calls = TRUE;
  job->paused = TRUE;
  herald_values_set (why, "progress", herald_values_get (said, "progress"));
  herald_printer_watch_need_attention (self, why, now_ms);
}

/* It goes on before anybody was told that it had stopped. */
static gboolean
is_short_stop (HeraldPrinterWatch *self,
               HeraldPrinterSignal signal)
{
  return signal == HERALD_SIGNAL_RESUMED && self->pause_untold && self->attention_due_ms != 0 &&
         herald_printer_watch_get_job (self) != NULL;
}

static void
take_print_signal (HeraldPrinterWatch  *self,
                   GPtrArray           *events,
                   HeraldPrinterSignal  signal,
                   HeraldValues        *values,
                   gint64               now_ms)
{
  gboolean is_by_nobody = herald_values_get (values, "user") == NULL;

  /* OctoPrint 2.0 sometimes says that what it only copies is being printed. */
  if (signal == HERALD_SIGNAL_STARTED && herald_transfer_watch_is_on (&self->transfer))
    return;
  if (herald_printer_watch_is_same_news (self, signal, now_ms))
    return;

  if (is_short_stop (self, signal))
    {
      herald_printer_watch_get_job (self)->paused = FALSE;
      herald_printer_watch_end_attention (self);
    }
  else if (is_call_for_help (self, signal, values))
    take_call_for_help (self, events, values, now_ms);
  else
    {
      herald_job_machine_take_signal (self->machine, signal, values, now_ms, events);
      if (signal == HERALD_SIGNAL_PAUSED && is_by_nobody && herald_printer_watch_get_job (self) != NULL)
        {
          self->pause_calls = TRUE;
          herald_printer_watch_note_call (self, now_ms);
        }
    }
}

/* What follows from the news of a print */

static void
follow_events (HeraldPrinterWatch *self,
               GPtrArray          *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      const HeraldEvent *event = g_ptr_array_index (events, i);

      switch ((guint) event->kind)
        {
        case HERALD_KIND_PRINT_STARTED:
          self->calm_ms = 0;
          herald_cooling_disarm (&self->cooling);
          self->attention = (HeraldAttention) { 0 };
          self->first_layer = (HeraldFirstLayer) { 0 };
          break;
        case HERALD_KIND_PRINT_RESUMED:
          self->calm_ms = event->observed_ms;
          herald_printer_watch_end_attention (self);
          break;
        case HERALD_KIND_PRINT_DONE:
        case HERALD_KIND_PRINT_FAILED:
        case HERALD_KIND_PRINT_CANCELLED:
          self->condition_told = event->kind;
          self->condition_told_ms = event->observed_ms;
          self->calm_ms = event->observed_ms;
          herald_printer_watch_end_attention (self);
          if (self->state != NULL)
            herald_cooling_arm (&self->cooling, self->state, self->options.cooled_bed, self->options.cooled_tool);
          break;
        case HERALD_KIND_PRINTER_ERROR:
        case HERALD_KIND_PRINTER_OFFLINE:
        case HERALD_KIND_PRINTER_OPERATIONAL:
          self->condition_told = event->kind;
          self->condition_told_ms = event->observed_ms;
          break;
        default:
          break;
        }
    }
}

/* Everything that was told together gets what is known of the printer. */
GPtrArray *
herald_printer_watch_end_events (HeraldPrinterWatch *self,
                                 GPtrArray          *events,
                                 gint64              now_ms)
{
  follow_events (self, events);
  for (guint i = 0; i < events->len; i++)
    {
      HeraldEvent *event = g_ptr_array_index (events, i);

      if (self->state_words != NULL && herald_values_get (event->values, "state") == NULL)
        herald_values_set (event->values, "state", self->state_words);
      herald_event_values_complete (event, herald_printer_watch_get_job (self), self->state, now_ms);
    }
  herald_printer_watch_keep_attention (self);

  return events;
}

/* What is said when the printer waits for somebody */
static void
take_attention_signal (HeraldPrinterWatch  *self,
                       HeraldPrinterSignal  signal,
                       HeraldValues        *values,
                       gint64               now_ms)
{
  if (signal == HERALD_SIGNAL_ATTENTION_NEEDED)
    herald_printer_watch_need_attention (self, values, now_ms);
  else if (signal == HERALD_SIGNAL_ATTENTION_EXPLAINED)
    herald_printer_watch_add_reason (self, values);
  else if (signal == HERALD_SIGNAL_ATTENTION_REPEATED)
    herald_printer_watch_repeat_attention (self, values, now_ms);
  /* A prompt that is taken back is no end of a pause. */
  else if (!self->pause_calls)
    herald_printer_watch_end_attention (self);
  else if (!self->pause_untold)
    herald_printer_watch_drop_question (self);
}

/**
 * herald_printer_watch_take_signal:
 * @values: what came with it; may be changed
 */
GPtrArray *
herald_printer_watch_take_signal (HeraldPrinterWatch  *self,
                                  HeraldPrinterSignal  signal,
                                  HeraldValues        *values,
                                  gint64               now_ms)
{
  GPtrArray *events = begin_events (self, now_ms);
  g_autofree char *moment = NULL;

  switch (signal)
    {
    case HERALD_SIGNAL_STARTED:
    case HERALD_SIGNAL_PAUSED:
    case HERALD_SIGNAL_RESUMED:
    case HERALD_SIGNAL_CANCELLED:
    case HERALD_SIGNAL_FAILED:
    case HERALD_SIGNAL_DONE:
    case HERALD_SIGNAL_ERROR:
    case HERALD_SIGNAL_CONNECTED:
    case HERALD_SIGNAL_DISCONNECTED:
      take_print_signal (self, events, signal, values, now_ms);
      break;
    case HERALD_SIGNAL_UNKNOWN_STATE:
      moment = herald_printer_watch_make_moment (self, now_ms);
      herald_printer_watch_add_event (self, events, HERALD_KIND_PRINTER_UNKNOWN, values, moment, now_ms);
      break;
    case HERALD_SIGNAL_ATTENTION_NEEDED:
    case HERALD_SIGNAL_ATTENTION_EXPLAINED:
    case HERALD_SIGNAL_ATTENTION_REPEATED:
    case HERALD_SIGNAL_ATTENTION_OVER:
      take_attention_signal (self, signal, values, now_ms);
      break;
    case HERALD_SIGNAL_FILE_UPLOADED:
      herald_printer_watch_tell_file (self, events, HERALD_KIND_FILE_UPLOADED, values, now_ms);
      break;
    case HERALD_SIGNAL_TRANSFER_STARTED:
    case HERALD_SIGNAL_TRANSFER_DONE:
    case HERALD_SIGNAL_TRANSFER_FAILED:
      herald_printer_watch_tell_transfer (self, events, signal, values, now_ms);
      break;
    case HERALD_SIGNAL_TIMELAPSE_DONE:
      herald_printer_watch_tell_file (self, events, HERALD_KIND_TIMELAPSE_DONE, values, now_ms);
      break;
    case HERALD_SIGNAL_TIMELAPSE_FAILED:
      herald_printer_watch_tell_file (self, events, HERALD_KIND_TIMELAPSE_FAILED, values, now_ms);
      break;
    case HERALD_SIGNAL_STATE_CHANGED:
      g_free (self->state_words);
      self->state_words = g_strdup (herald_values_get (values, "state"));
      break;
    case HERALD_SIGNAL_SERVER_STOPPING:
    case HERALD_SIGNAL_SETTINGS_CHANGED:
    case HERALD_SIGNAL_LAYER:
    case HERALD_SIGNAL_COUNTED:
    default:
      break;
    }

  return herald_printer_watch_end_events (self, events, now_ms);
}

/* States */

GPtrArray *
herald_printer_watch_take_state (HeraldPrinterWatch *self,
                                 HeraldPrinterState *state,
                                 gint64              now_ms)
{
  GPtrArray *events = begin_events (self, now_ms);
  HeraldStateId before = self->state != NULL ? self->state->id : state->id;
  gboolean had_job = herald_printer_watch_get_job (self) != NULL;

  g_clear_pointer (&self->state_words, g_free);
  g_clear_pointer (&self->state, herald_printer_state_unref);
  self->state = herald_printer_state_ref (state);

  /* Copying a file has all the looks of a print. */
  if (state->id == HERALD_STATE_TRANSFERRING || herald_transfer_watch_is_on (&self->transfer))
    {
      herald_printer_watch_see_transfer (self, events, now_ms);
      return herald_printer_watch_end_events (self, events, now_ms);
    }

  herald_job_machine_take_state (self->machine, state, now_ms, events);
  if (!had_job)
    herald_printer_watch_see_condition (self, events, before, now_ms);
  herald_printer_watch_see_progress (self, events, now_ms);
  herald_printer_watch_see_cooling (self, events, now_ms);

  return herald_printer_watch_end_events (self, events, now_ms);
}

/**
 * herald_printer_watch_take_time:
 *
 * To be called when herald_printer_watch_get_due_ms() has come.
 */
GPtrArray *
herald_printer_watch_take_time (HeraldPrinterWatch *self,
                                gint64              now_ms)
{
  GPtrArray *events = begin_events (self, now_ms);

  herald_job_machine_take_time (self->machine, now_ms, events);
  if (self->attention_repeats)
    herald_attention_hush (&self->attention, now_ms);
  if ((self->attention_due_ms != 0 && now_ms >= self->attention_due_ms) ||
      herald_attention_take_time (&self->attention, self->options.attention_remind_minutes, now_ms))
    herald_printer_watch_tell_attention (self, events, now_ms);
  herald_printer_watch_take_condition_time (self, events, now_ms);

  return herald_printer_watch_end_events (self, events, now_ms);
}

/**
 * herald_printer_watch_get_due_ms:
 *
 * Returns: when to call herald_printer_watch_take_time(), milliseconds since 1970; 0 for never
 */
gint64
herald_printer_watch_get_due_ms (HeraldPrinterWatch *self)
{
  const gint64 due_ms[] = {
    herald_job_machine_get_due_ms (self->machine),
    self->attention_due_ms,
    self->attention_due_ms == 0 ? herald_attention_get_due_ms (&self->attention, self->options.attention_remind_minutes) : 0,
    self->attention_repeats ? herald_attention_get_hush_ms (&self->attention) : 0,
    self->condition_due_ms,
  };
  gint64 first_ms = 0;

  for (guint i = 0; i < G_N_ELEMENTS (due_ms); i++)
    {
      if (due_ms[i] != 0 && (first_ms == 0 || due_ms[i] < first_ms))
        first_ms = due_ms[i];
    }

  return first_ms;
}

gboolean
herald_printer_watch_is_end_due (HeraldPrinterWatch *self,
                                 gint64              now_ms)
{
  return herald_job_machine_is_end_due (self->machine, now_ms);
}
