/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-job-machine"

#include "core/printers/job-machine-private.h"

#include <glib/gi18n-lib.h>

#include "core/printers/job-values.h"

/* An error, a lost connection and the failure of the print come as separate news within this time
 * (protocol note 4); and up to OctoPrint 1.11 the last one does not come at all while paused. */
#define FAILURE_GRACE_MS (5 * 1000)

/* States lag behind events by half a second times the throttle; an end that no event told by then
 * will not be told any more. */
#define IDLE_GRACE_MS (15 * 1000)

/* The same for a start, a pause and a resumption. Prints that are begun at the printer have no
 * event, and where we have to ask for the state nothing has. */
#define PHASE_GRACE_MS (4 * 1000)

/**
 * HeraldJobMachine:
 *
 * Turns what a server says – twice, late or never – into what happened: one
 * outcome for each print, whoever reported it first. Pure: time is an argument.
 */
HeraldJobMachine *
herald_job_machine_new (const char *printer)
{
  HeraldJobMachine *self = g_new0 (HeraldJobMachine, 1);

  self->printer = g_strdup (printer);

  return self;
}

static void
forget_expectations (HeraldJobMachine *self)
{
  g_clear_pointer (&self->pending_error, g_free);
  self->failure_due_ms = 0;
  self->idle_due_ms = 0;
  self->phase_due_ms = 0;
  self->unannounced = FALSE;
}

void
herald_job_machine_close_job (HeraldJobMachine *self)
{
  g_clear_pointer (&self->job, herald_print_job_free);
  self->phase_told_ms = 0;
  forget_expectations (self);
}

void
herald_job_machine_open_job (HeraldJobMachine *self,
                             HeraldValues     *file_values,
                             gint64            started_ms)
{
  herald_job_machine_close_job (self);
  self->job = herald_print_job_new (file_values, started_ms);
  self->awaits_idle = FALSE;
}

void
herald_job_machine_free (HeraldJobMachine *self)
{
  herald_job_machine_close_job (self);
  g_clear_pointer (&self->state, herald_printer_state_unref);
  g_free (self->printer);
  g_free (self);
}

HeraldPrintJob *
herald_job_machine_get_job (HeraldJobMachine *self)
{
  return self->job;
}

/**
 * herald_job_machine_take_job:
 * @job: (transfer full): the print that was under way when we last looked
 */
void
herald_job_machine_take_job (HeraldJobMachine *self,
                             HeraldPrintJob   *job)
{
  herald_job_machine_close_job (self);
  self->job = job;
}

/* Signals */

static void
take_start (HeraldJobMachine *self,
            GPtrArray        *events,
            HeraldValues     *said,
            gint64            now_ms)
{
  /* The state of a print may come before the news of it: that is no second print. */
  if (!self->unannounced ||
      g_strcmp0 (herald_job_values_get_path (said), herald_print_job_get_path (self->job)) != 0)
    herald_job_machine_open_job (self, said, now_ms);
  else
    forget_expectations (self);
  g_clear_pointer (&self->state, herald_printer_state_unref);
  herald_job_machine_tell_start (self, HERALD_SOURCE_LIVE, said, now_ms, events);
}

static void
take_pause (HeraldJobMachine *self,
            GPtrArray        *events,
            gboolean          paused,
            HeraldValues     *said,
            gint64            now_ms)
{
  if (self->job == NULL)
    herald_job_machine_open_job (self, said, now_ms);
  else if (self->job->paused == paused && paused)
    return;
  herald_job_machine_tell_pause (self, paused, HERALD_SOURCE_LIVE, said, now_ms, events);
}

static void
expect_failure (HeraldJobMachine *self,
                const char       *error,
                gint64            now_ms)
{
  if (self->pending_error == NULL)
    self->pending_error = g_strdup (error);
  if (self->failure_due_ms == 0)
    self->failure_due_ms = now_ms + FAILURE_GRACE_MS;
}

static void
take_outcome (HeraldJobMachine    *self,
              GPtrArray           *events,
              HeraldPrinterSignal  signal,
              HeraldValues        *said,
              gint64               now_ms)
{
  HeraldEventKind kind = HERALD_KIND_PRINT_FAILED;

  if (self->job == NULL)
    return;

  if (signal == HERALD_SIGNAL_DONE)
    kind = HERALD_KIND_PRINT_DONE;
  else if (signal == HERALD_SIGNAL_CANCELLED ||
           g_strcmp0 (herald_values_get (said, "reason"), "cancelled") == 0)
    kind = HERALD_KIND_PRINT_CANCELLED;
  herald_job_machine_tell_outcome (self, kind, HERALD_SOURCE_LIVE, said, now_ms, events);
}

/**
 * herald_job_machine_take_signal:
 * @signal: one of a print, or that the printer has an error, is there or is gone
 * @values: what came with it: `name path origin size user time reason error position progress`
 *
 * An outcome without an open job is not told: it was told before.
 */
void
herald_job_machine_take_signal (HeraldJobMachine    *self,
                                HeraldPrinterSignal  signal,
                                HeraldValues        *values,
                                gint64               now_ms,
                                GPtrArray           *events)
{
  switch ((guint) signal)
    {
    case HERALD_SIGNAL_STARTED:
      take_start (self, events, values, now_ms);
      break;
    case HERALD_SIGNAL_PAUSED:
    case HERALD_SIGNAL_RESUMED:
      take_pause (self, events, signal == HERALD_SIGNAL_PAUSED, values, now_ms);
      break;
    case HERALD_SIGNAL_DONE:
    case HERALD_SIGNAL_CANCELLED:
    case HERALD_SIGNAL_FAILED:
      take_outcome (self, events, signal, values, now_ms);
      break;
    case HERALD_SIGNAL_ERROR:
      if (self->job != NULL)
        expect_failure (self, herald_values_get (values, "error"), now_ms);
      else
        herald_job_machine_tell_printer (self, HERALD_KIND_PRINTER_ERROR, values, now_ms, events);
      break;
    case HERALD_SIGNAL_CONNECTED:
      herald_job_machine_tell_printer (self, HERALD_KIND_PRINTER_OPERATIONAL, values, now_ms, events);
      break;
    case HERALD_SIGNAL_DISCONNECTED:
      if (self->job != NULL)
        expect_failure (self, NULL, now_ms);
      else
        herald_job_machine_tell_printer (self, HERALD_KIND_PRINTER_OFFLINE, values, now_ms, events);
      break;
    default:
      g_return_if_reached ();
    }
}

/* States */

/* We come to a print that is already under way. */
static gboolean
join_job (HeraldJobMachine   *self,
          HeraldPrinterState *state,
          gint64              now_ms)
{
  g_autoptr(HeraldValues) values = herald_job_values_from_state (state);

  if (herald_job_values_get_path (values) == NULL)
    return FALSE;

  herald_job_machine_open_job (self, values, now_ms - MAX (state->elapsed_s, 0) * 1000);
  return TRUE;
}

/* The print we knew is over, and nobody told us how: what can be concluded from the state? */
static void
conclude_from_state (HeraldJobMachine *self,
                     GPtrArray        *events,
                     gint64            now_ms)
{
  HeraldPrinterState *state = self->state;
  g_autoptr(HeraldValues) said = herald_values_new ();

  /* After a finished print OctoPrint stays at 100 % with the file selected until the next one
   * (protocol note 3.3). */
  if (state != NULL && herald_print_job_is_of (self->job, state) &&
      state->id == HERALD_STATE_OPERATIONAL && state->progress >= 100)
    {
      herald_job_machine_tell_outcome (self, HERALD_KIND_PRINT_DONE, HERALD_SOURCE_RECONCILED, said, now_ms, events);
      return;
    }

  if (state != NULL && state->error != NULL)
    herald_values_set (said, "error", state->error);
  else if (state != NULL && state->id == HERALD_STATE_OPERATIONAL)
    herald_values_set (said, "error", _("It did not finish; whether it failed or was cancelled is not known."));
  else if (self->pending_error == NULL)
    herald_values_set (said, "error", _("The connection to the printer was lost."));
  herald_values_set (said, "reason", "error");
  herald_job_machine_tell_outcome (self, HERALD_KIND_PRINT_FAILED, HERALD_SOURCE_INFERRED, said, now_ms, events);
}

/* Whether what the state shows is something the open print was not told about. */
static gboolean
shows_untold_phase (HeraldJobMachine *self)
{
  if (self->job == NULL || self->state == NULL)
    return FALSE;

  return self->unannounced ||
         (self->state->id == HERALD_STATE_PAUSED && !self->job->paused) ||
         (self->state->id == HERALD_STATE_PRINTING && self->job->paused);
}

static void
watch_phase (HeraldJobMachine *self,
             gint64            now_ms)
{
  if (!shows_untold_phase (self))
    self->phase_due_ms = 0;
  else if (self->phase_due_ms == 0)
    self->phase_due_ms = now_ms + PHASE_GRACE_MS;
}

static void
tell_phase (HeraldJobMachine  *self,
            GPtrArray         *events,
            HeraldEventSource  source,
            HeraldValues      *said,
            gint64             now_ms)
{
  self->phase_due_ms = 0;
  if (self->unannounced)
    herald_job_machine_tell_start (self, source, said, now_ms, events);
  if (self->state->id == HERALD_STATE_PAUSED && !self->job->paused)
    herald_job_machine_tell_pause (self, TRUE, source, said, now_ms, events);
  else if (self->state->id == HERALD_STATE_PRINTING && self->job->paused)
    herald_job_machine_tell_pause (self, FALSE, source, said, now_ms, events);
}

static void
keep_state (HeraldJobMachine   *self,
            HeraldPrinterState *state)
{
  g_clear_pointer (&self->state, herald_printer_state_unref);
  self->state = herald_printer_state_ref (state);
  if (self->job != NULL && herald_state_id_has_job (state->id) && herald_print_job_is_of (self->job, state))
    herald_print_job_see (self->job, state);
}

/**
 * herald_job_machine_take_state:
 *
 * States are the truth, but they lag: an end that only they show counts after a while.
 */
void
herald_job_machine_take_state (HeraldJobMachine   *self,
                               HeraldPrinterState *state,
                               gint64              now_ms,
                               GPtrArray          *events)
{
  gboolean has_job = herald_state_id_has_job (state->id);

  /* The states of a print that has just ended still come in; they are not another print. */
  if (!has_job)
    self->awaits_idle = FALSE;
  else if (self->job == NULL && !self->awaits_idle && join_job (self, state, now_ms))
    self->unannounced = TRUE;

  keep_state (self, state);
  watch_phase (self, now_ms);
  if (self->job == NULL)
    return;

  if (has_job)
    self->idle_due_ms = 0;
  else if (state->id == HERALD_STATE_ERROR || state->id == HERALD_STATE_OFFLINE)
    expect_failure (self, state->error, now_ms);
  else if (self->idle_due_ms == 0)
    self->idle_due_ms = now_ms + IDLE_GRACE_MS;
}

gboolean
herald_job_machine_is_end_due (HeraldJobMachine *self,
                               gint64            now_ms)
{
  return self->job != NULL && ((self->failure_due_ms != 0 && now_ms >= self->failure_due_ms) ||
                               (self->idle_due_ms != 0 && now_ms >= self->idle_due_ms));
}

/**
 * herald_job_machine_take_time:
 *
 * To be called when herald_job_machine_get_due_ms() has come.
 */
void
herald_job_machine_take_time (HeraldJobMachine *self,
                              gint64            now_ms,
                              GPtrArray        *events)
{
  g_autoptr(HeraldValues) nothing = herald_values_new ();

  if (self->job == NULL)
    return;

  if (herald_job_machine_is_end_due (self, now_ms))
    conclude_from_state (self, events, now_ms);
  else if (self->phase_due_ms != 0 && now_ms >= self->phase_due_ms)
    tell_phase (self, events, HERALD_SOURCE_LIVE, nothing, now_ms);
}

static gint64
earlier_of (gint64 a_ms,
            gint64 b_ms)
{
  return a_ms == 0 || (b_ms != 0 && b_ms < a_ms) ? b_ms : a_ms;
}

/**
 * herald_job_machine_get_due_ms:
 *
 * Returns: when to call herald_job_machine_take_time(), milliseconds since 1970; 0 for never
 */
gint64
herald_job_machine_get_due_ms (HeraldJobMachine *self)
{
  return earlier_of (self->failure_due_ms, earlier_of (self->idle_due_ms, self->phase_due_ms));
}

/* Gaps */

void
herald_job_machine_open_gap (HeraldJobMachine *self)
{
  forget_expectations (self);
  self->awaits_idle = FALSE;
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
  HeraldEvent *event;

  g_return_if_fail (self->job != NULL);

  herald_job_machine_tell_outcome (self, kind, source, values, now_ms, events);
  self->awaits_idle = FALSE;
  event = g_ptr_array_index (events, events->len - 1);
  event->occurred_ms = occurred_ms;
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
  if (has_job && self->job == NULL && join_job (self, state, now_ms))
    {
      /* Old marks are old news; and so is a print that began before anybody watched. */
      herald_progress_memory_skip (&self->job->told, state);
      self->job->first_layer_told = state->progress > 5;
      self->unannounced = since_ms != 0 && self->job->started_ms >= since_ms;
      self->job->paused = !self->unannounced && state->id == HERALD_STATE_PAUSED;
    }

  keep_state (self, state);
  if (self->job != NULL && has_job && shows_untold_phase (self))
    tell_phase (self, events, HERALD_SOURCE_RECONCILED, said, now_ms);
  else if (self->job != NULL && !has_job)
    herald_job_machine_take_state (self, state, now_ms, events);
}

void
herald_job_machine_await_idle (HeraldJobMachine *self)
{
  self->awaits_idle = self->job == NULL;
}
