/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-job-machine"

#include "core/printers/job-machine-private.h"

#include "core/printers/job-values.h"

/* An error, a lost connection and the failure of the print come as separate news within this time; and up to OctoPrint 1.11
 * the last one does not come at all while paused. */
#define FAILURE_GRACE_MS (5 * 1000)

/* States lag behind events by half a second times the throttle; an end that no event told by then
 * will not be told any more. */
#define IDLE_GRACE_MS (15 * 1000)

/* The same for a start, a pause and a resumption. Prints that are begun at the printer have no
 * event, and where we have to ask for the state nothing has. */
#define PHASE_GRACE_MS (4 * 1000)

/* OctoPrint 2.0 can say that a file of the card is being printed, and with the next breath that it
 * is only being copied there. */
#define CARD_GRACE_MS 1000

/* OctoPrint counts a print at its end; a state that shows it after that is at most as late as states come. */
#define PAST_STATE_MS (3 * 1000)

#define CARD_ORIGIN "printer"

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

void
herald_job_machine_forget_expectations (HeraldJobMachine *self)
{
  g_clear_pointer (&self->pending_error, g_free);
  g_clear_pointer (&self->phase_away, g_free);
  self->failure_due_ms = 0;
  self->idle_due_ms = 0;
  self->phase_due_ms = 0;
  self->unannounced = FALSE;
}

void
herald_job_machine_close_job (HeraldJobMachine *self)
{
  g_clear_pointer (&self->job, herald_print_job_free);
  g_clear_pointer (&self->pause_position, g_free);
  herald_job_machine_forget_expectations (self);
}

/* Its outcome was told. */
void
herald_job_machine_end_job (HeraldJobMachine *self,
                            gint64            now_ms)
{
  g_clear_pointer (&self->ended, herald_print_job_free);
  self->ended = g_steal_pointer (&self->job);
  self->ended_ms = now_ms;
  self->awaits_idle = TRUE;
  self->awaits_since_ms = 0;
  herald_job_machine_close_job (self);
}

void
herald_job_machine_open_job (HeraldJobMachine *self,
                             HeraldValues     *file_values,
                             gint64            started_ms)
{
  herald_job_machine_close_job (self);
  self->shown_ms = 0;
  self->job = herald_print_job_new (file_values, started_ms);
  /* Two prints that begin in one millisecond, or whose clock was put back, are two prints. */
  self->key_ms = MAX (started_ms, self->key_ms + 1);
  herald_print_job_set_key (self->job, self->key_ms);
  self->awaits_idle = FALSE;
}

void
herald_job_machine_free (HeraldJobMachine *self)
{
  herald_job_machine_close_job (self);
  g_clear_pointer (&self->ended, herald_print_job_free);
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
  self->key_ms = MAX (herald_print_job_get_key_ms (job), job->started_ms);
}

/**
 * herald_job_machine_take_moment:
 *
 * A frame brings several messages, and they are read within one millisecond.
 *
 * Returns: what tells this news from any other of this printer, in milliseconds since 1970
 */
gint64
herald_job_machine_take_moment (HeraldJobMachine *self,
                                gint64            now_ms)
{
  self->moment_ms = MAX (now_ms, self->moment_ms + 1);

  return self->moment_ms;
}

/* Signals */

gboolean
herald_job_machine_is_on_card (HeraldValues *values)
{
  return g_strcmp0 (herald_values_get (values, "origin"), CARD_ORIGIN) == 0;
}

/* A state has told it just before; the event of it comes late. */
static gboolean
is_told_start (HeraldJobMachine *self,
               HeraldValues     *said,
               gint64            now_ms)
{
  return self->job != NULL && self->shown_ms != 0 && now_ms - self->shown_ms < PHASE_GRACE_MS &&
         g_strcmp0 (herald_job_values_get_path (said), herald_print_job_get_path (self->job)) == 0;
}

static void
take_start (HeraldJobMachine *self,
            GPtrArray        *events,
            HeraldValues     *said,
            gint64            now_ms)
{
  if (is_told_start (self, said, now_ms))
    {
      herald_values_merge (self->job->values, said);
      return;
    }

  /* The state of a print may come before the news of it: that is no second print. */
  if (!self->unannounced ||
      g_strcmp0 (herald_job_values_get_path (said), herald_print_job_get_path (self->job)) != 0)
    herald_job_machine_open_job (self, said, now_ms);
  else
    {
      herald_values_merge (self->job->values, said);
      herald_job_machine_forget_expectations (self);
    }
  g_clear_pointer (&self->state, herald_printer_state_unref);

  if (herald_job_machine_is_on_card (said))
    {
      self->unannounced = TRUE;
      self->phase_due_ms = now_ms + CARD_GRACE_MS;
    }
  else
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

/* A clock that was put back must not make us wait until it is there again. */
static void
follow_clock (HeraldJobMachine *self,
              gint64            now_ms)
{
  self->failure_due_ms = MIN (self->failure_due_ms, now_ms + FAILURE_GRACE_MS);
  self->idle_due_ms = MIN (self->idle_due_ms, now_ms + IDLE_GRACE_MS);
  self->phase_due_ms = MIN (self->phase_due_ms, now_ms + PHASE_GRACE_MS);
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

/* OctoPrint says that a cancelled print failed as soon as it has counted it. On a busy computer that is seconds after it
 * said that it was cancelled, and another print may have begun. */
static gboolean
is_of_print_before (HeraldJobMachine    *self,
                    HeraldPrinterSignal  signal,
                    HeraldValues        *said)
{
  const char *path = herald_job_values_get_path (said);

  if (signal != HERALD_SIGNAL_FAILED)
    return FALSE;
  if (path != NULL && g_strcmp0 (path, herald_print_job_get_path (self->job)) != 0)
    return TRUE;

  return g_strcmp0 (herald_values_get (said, "reason"), "cancelled") == 0 &&
         (self->state == NULL || (self->state->id != HERALD_STATE_CANCELLING && herald_state_id_has_job (self->state->id)));
}

static void
take_outcome (HeraldJobMachine    *self,
              GPtrArray           *events,
              HeraldPrinterSignal  signal,
              HeraldValues        *said,
              gint64               now_ms)
{
  HeraldEventKind kind = HERALD_KIND_PRINT_FAILED;
  g_autoptr(HeraldValues) nothing = herald_values_new ();

  if (self->job == NULL || is_of_print_before (self, signal, said))
    return;

  if (self->unannounced)
    herald_job_machine_tell_start (self, HERALD_SOURCE_LIVE, nothing, now_ms, events);
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
  follow_clock (self, now_ms);

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

/**
 * herald_job_machine_take_copying:
 * @values: what is copied to the printer's own storage: `local remote`
 *
 * A print of that very file that nobody was told of yet is none.
 */
void
herald_job_machine_take_copying (HeraldJobMachine *self,
                                 HeraldValues     *values)
{
  const char *path = self->job != NULL ? herald_print_job_get_path (self->job) : NULL;

  if (path == NULL || !self->unannounced)
    return;

  if (g_strcmp0 (path, herald_values_get (values, "local")) == 0 ||
      g_strcmp0 (path, herald_values_get (values, "remote")) == 0)
    herald_job_machine_close_job (self);
}

/* States */

/* We come to a print that is already under way. */
gboolean
herald_job_machine_join_job (HeraldJobMachine   *self,
                             HeraldPrinterState *state,
                             gint64              now_ms)
{
  g_autoptr(HeraldValues) values = herald_job_values_from_state (state);

  if (herald_job_values_get_path (values) == NULL)
    return FALSE;

  herald_job_machine_open_job (self, values, now_ms - MAX (state->elapsed_s, 0) * 1000);
  return TRUE;
}

/* Whether what the state shows is something the open print was not told about. */
gboolean
herald_job_machine_shows_untold_phase (HeraldJobMachine *self)
{
  if (self->job == NULL || self->state == NULL)
    return FALSE;

  return self->unannounced ||
         (self->state->id == HERALD_STATE_PAUSED && !self->job->paused) ||
         (self->state->id == HERALD_STATE_PRINTING && self->job->paused);
}

void
herald_job_machine_watch_phase (HeraldJobMachine *self,
                                gint64            now_ms)
{
  if (!herald_job_machine_shows_untold_phase (self))
    {
      self->phase_due_ms = 0;
      g_clear_pointer (&self->phase_away, g_free);
    }
  else if (self->phase_due_ms == 0)
    self->phase_due_ms = now_ms + PHASE_GRACE_MS;
}

void
herald_job_machine_keep_state (HeraldJobMachine   *self,
                               HeraldPrinterState *state)
{
  g_clear_pointer (&self->state, herald_printer_state_unref);
  self->state = herald_printer_state_ref (state);
  if (self->job != NULL && herald_state_id_has_job (state->id) && herald_print_job_is_of (self->job, state))
    herald_print_job_see (self->job, state);
}

/* Of the print that was concluded to be over no state comes in so late, unless it is busy with its end. */
static gboolean
is_another_print (HeraldJobMachine   *self,
                  HeraldPrinterState *state,
                  gint64              now_ms)
{
  return self->awaits_since_ms != 0 && now_ms - self->awaits_since_ms >= PAST_STATE_MS &&
         state->id != HERALD_STATE_CANCELLING && state->id != HERALD_STATE_FINISHING;
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

  follow_clock (self, now_ms);

  /* The states of a print that has just ended still come in; they are not another print. */
  if (!has_job || is_another_print (self, state, now_ms))
    self->awaits_idle = FALSE;
  if (has_job && self->job == NULL && !self->awaits_idle && herald_job_machine_join_job (self, state, now_ms))
    self->unannounced = TRUE;

  herald_job_machine_keep_state (self, state);
  herald_job_machine_watch_phase (self, now_ms);
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
  g_autoptr(HeraldValues) said = herald_values_new ();
  HeraldEventSource source = self->phase_away != NULL ? HERALD_SOURCE_RECONCILED : HERALD_SOURCE_LIVE;

  if (self->job == NULL)
    return;

  herald_values_set (said, "away", self->phase_away);
  follow_clock (self, now_ms);

  if (herald_job_machine_is_end_due (self, now_ms))
    herald_job_machine_tell_loss (self, now_ms, events);
  else if (self->phase_due_ms != 0 && now_ms >= self->phase_due_ms)
    herald_job_machine_tell_phase (self, source, said, now_ms, events);
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
