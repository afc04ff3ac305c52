/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-job-machine"

#include "core/printers/job-machine.h"

#include <glib/gi18n-lib.h>

#include "core/printers/job-values.h"
#include "core/printers/progress-rule.h"

/* An error, a lost connection and the failure of the print come as separate news within this time
 * (protocol note 4); and up to OctoPrint 1.11 the last one does not come at all while paused. */
#define FAILURE_GRACE_MS (5 * 1000)

/* States lag behind events by half a second times the throttle; an end that no event told by then
 * will not be told any more. */
#define IDLE_GRACE_MS (15 * 1000)

/**
 * HeraldJobMachine:
 *
 * Turns what a server says – twice, late or never – into what happened: one
 * outcome for each print, whoever reported it first. Pure: time is an argument.
 */
struct _HeraldJobMachine
{
  char *printer;
  HeraldWatchOptions options;

  /* The open job; no job if key is NULL */
  char *key;
  HeraldValues *file_values;
  gint64 started_ms;
  HeraldProgressMemory told;

  char *pending_error;
  gint64 failure_due_ms;
  gint64 idle_due_ms;
  gboolean after_gap;
  gboolean awaits_idle;
  HeraldPrinterState *state;
};

HeraldJobMachine *
herald_job_machine_new (const char *printer)
{
  HeraldJobMachine *self = g_new0 (HeraldJobMachine, 1);

  self->printer = g_strdup (printer);

  return self;
}

static void
close_job (HeraldJobMachine *self)
{
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->file_values, g_hash_table_unref);
  g_clear_pointer (&self->pending_error, g_free);
  self->failure_due_ms = 0;
  self->idle_due_ms = 0;
}

void
herald_job_machine_free (HeraldJobMachine *self)
{
  close_job (self);
  g_clear_pointer (&self->state, herald_printer_state_unref);
  g_free (self->printer);
  g_free (self);
}

/**
 * herald_job_machine_set_options:
 * @options: copied
 */
void
herald_job_machine_set_options (HeraldJobMachine         *self,
                                const HeraldWatchOptions *options)
{
  self->options = *options;
}

/**
 * herald_job_machine_has_job:
 *
 * Returns: whether a print is under way, as far as we know
 */
gboolean
herald_job_machine_has_job (HeraldJobMachine *self)
{
  return self->key != NULL;
}

/* Events */

/* @detail tells events of one kind and one print apart; a print has one start and one outcome. */
static void
tell (HeraldJobMachine  *self,
      GPtrArray         *events,
      HeraldEventKind    kind,
      HeraldEventSource  source,
      const char        *what,
      gint64             detail,
      HeraldValues      *values,
      gint64             now_ms)
{
  g_autofree char *dedupe = g_strdup_printf ("%s|%s|%s|%" G_GINT64_FORMAT, self->printer,
                                             self->key != NULL ? self->key : "", what, detail);

  g_ptr_array_add (events, herald_event_new (kind, source, self->printer, self->key, dedupe,
                                             now_ms, values));
}

/* What the server said, on top of what we know of the file and the print. */
static HeraldValues *
make_job_values (HeraldJobMachine *self,
                 HeraldValues     *said,
                 gint64            now_ms)
{
  HeraldValues *values = herald_values_copy (self->file_values);

  herald_values_merge (values, said);
  herald_job_values_add_progress (values, self->state, self->started_ms, now_ms);

  return values;
}

static void
open_job (HeraldJobMachine *self,
          HeraldValues     *file_values,
          gint64            started_ms)
{
  close_job (self);
  self->key = g_strdup_printf ("%s@%" G_GINT64_FORMAT, herald_job_values_get_path (file_values), started_ms);
  self->file_values = herald_values_copy (file_values);
  self->started_ms = started_ms;
  herald_progress_memory_init (&self->told);
  self->awaits_idle = FALSE;
  g_clear_pointer (&self->state, herald_printer_state_unref);
}

static void
tell_outcome (HeraldJobMachine  *self,
              GPtrArray         *events,
              HeraldEventKind    kind,
              HeraldEventSource  source,
              HeraldValues      *said,
              gint64             now_ms)
{
  g_autoptr(HeraldValues) values = make_job_values (self, said, now_ms);
  gint64 time_s = herald_values_get_int (values, "time", herald_values_get_int (values, "spent", 0));

  herald_job_values_set_duration (values, "time", time_s);
  if (kind == HERALD_KIND_PRINT_DONE)
    herald_values_set (values, "progress", "100");
  if (kind == HERALD_KIND_PRINT_FAILED && herald_values_get (values, "error") == NULL)
    herald_values_set (values, "error", self->pending_error);

  tell (self, events, kind, source, "outcome", 0, values, now_ms);
  close_job (self);
  self->awaits_idle = TRUE;
}

static void
take_start (HeraldJobMachine *self,
            GPtrArray        *events,
            HeraldValues     *said,
            gint64            now_ms)
{
  g_autoptr(HeraldValues) values = NULL;

  open_job (self, said, now_ms);
  values = make_job_values (self, said, now_ms);
  tell (self, events, HERALD_KIND_PRINT_STARTED, HERALD_SOURCE_LIVE, "started", 0, values, now_ms);
}

static void
take_pause (HeraldJobMachine *self,
            GPtrArray        *events,
            HeraldEventKind   kind,
            HeraldValues     *said,
            gint64            now_ms)
{
  g_autoptr(HeraldValues) values = NULL;

  if (self->key == NULL)
    open_job (self, said, now_ms);
  values = make_job_values (self, said, now_ms);
  tell (self, events, kind, HERALD_SOURCE_LIVE,
        kind == HERALD_KIND_PRINT_PAUSED ? "paused" : "resumed", now_ms, values, now_ms);
}

static void
tell_printer (HeraldJobMachine *self,
              GPtrArray        *events,
              HeraldEventKind   kind,
              HeraldValues     *values,
              gint64            now_ms)
{
  tell (self, events, kind, HERALD_SOURCE_LIVE, herald_event_kind_get_info (kind)->id, now_ms,
        values, now_ms);
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

/**
 * herald_job_machine_take_signal:
 * @values: what came with it: `name path origin size user time reason error position progress`
 *
 * An outcome without an open job is not told: it was told before.
 */
GPtrArray *
herald_job_machine_take_signal (HeraldJobMachine *self,
                                HeraldJobSignal   signal,
                                HeraldValues     *values,
                                gint64            now_ms)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_event_unref);
  gboolean open = self->key != NULL;

  switch (signal)
    {
    case HERALD_JOB_STARTED:
      take_start (self, events, values, now_ms);
      break;
    case HERALD_JOB_PAUSED:
      take_pause (self, events, HERALD_KIND_PRINT_PAUSED, values, now_ms);
      break;
    case HERALD_JOB_RESUMED:
      take_pause (self, events, HERALD_KIND_PRINT_RESUMED, values, now_ms);
      break;
    case HERALD_JOB_DONE:
      if (open)
        tell_outcome (self, events, HERALD_KIND_PRINT_DONE, HERALD_SOURCE_LIVE, values, now_ms);
      break;
    case HERALD_JOB_CANCELLED:
      if (open)
        tell_outcome (self, events, HERALD_KIND_PRINT_CANCELLED, HERALD_SOURCE_LIVE, values, now_ms);
      break;
    case HERALD_JOB_FAILED:
      if (open)
        tell_outcome (self, events,
                      g_strcmp0 (herald_values_get (values, "reason"), "cancelled") == 0
                        ? HERALD_KIND_PRINT_CANCELLED
                        : HERALD_KIND_PRINT_FAILED,
                      HERALD_SOURCE_LIVE, values, now_ms);
      break;
    case HERALD_PRINTER_ERROR:
      if (open)
        expect_failure (self, herald_values_get (values, "error"), now_ms);
      else
        tell_printer (self, events, HERALD_KIND_PRINTER_ERROR, values, now_ms);
      break;
    case HERALD_PRINTER_CONNECTED:
      tell_printer (self, events, HERALD_KIND_PRINTER_OPERATIONAL, values, now_ms);
      break;
    case HERALD_PRINTER_DISCONNECTED:
      if (open)
        expect_failure (self, NULL, now_ms);
      else
        tell_printer (self, events, HERALD_KIND_PRINTER_OFFLINE, values, now_ms);
      break;
    default:
      g_return_val_if_reached (events);
    }

  return events;
}

/* States */

static gboolean
is_same_file (HeraldJobMachine   *self,
              HeraldPrinterState *state)
{
  return g_strcmp0 (herald_job_values_get_path (self->file_values), state->path != NULL ? state->path : state->name) == 0;
}

/* We come to a print that is already under way: its marks so far are old news. */
static void
join_job (HeraldJobMachine   *self,
          HeraldPrinterState *state,
          gint64              now_ms)
{
  g_autoptr(HeraldValues) values = herald_job_values_from_state (state);

  if (herald_job_values_get_path (values) == NULL)
    return;

  open_job (self, values, now_ms - MAX (state->elapsed_s, 0) * 1000);
  herald_progress_memory_skip (&self->told, state);
}

/* The print we knew is over, and nobody told us how: what can be concluded from the state? */
static void
conclude (HeraldJobMachine   *self,
          GPtrArray          *events,
          HeraldPrinterState *state,
          gint64              now_ms)
{
  g_autoptr(HeraldValues) said = herald_values_new ();

  /* After a finished print OctoPrint stays at 100 % with the file selected until the next one
   * (protocol note 3.3). */
  if (is_same_file (self, state) && state->id == HERALD_STATE_OPERATIONAL && state->progress >= 100)
    {
      tell_outcome (self, events, HERALD_KIND_PRINT_DONE, HERALD_SOURCE_RECONCILED, said, now_ms);
      return;
    }

  if (state->error != NULL)
    herald_values_set (said, "error", state->error);
  else if (self->pending_error == NULL)
    herald_values_set (said, "error", self->after_gap
                                        ? _("It ended while OctoPrint could not be reached; nobody saw how.")
                                        : _("The connection to the printer was lost."));
  herald_values_set (said, "reason", "error");
  tell_outcome (self, events, HERALD_KIND_PRINT_FAILED, HERALD_SOURCE_INFERRED, said, now_ms);
}

static void
watch_progress (HeraldJobMachine   *self,
                GPtrArray          *events,
                HeraldPrinterState *state,
                gint64              now_ms)
{
  HeraldProgressMark mark;
  g_autoptr(HeraldValues) said = NULL;
  g_autoptr(HeraldValues) values = NULL;

  if (state->id != HERALD_STATE_PRINTING || !is_same_file (self, state) ||
      !herald_progress_rule_cross (&self->options.progress, &self->told, state, now_ms, &mark))
    return;

  said = herald_values_new ();
  herald_values_set_printf (said, "progress", "%d", mark.percent);
  values = make_job_values (self, said, now_ms);
  tell (self, events, HERALD_KIND_PRINT_PROGRESS, HERALD_SOURCE_LIVE, "progress", mark.percent, values, now_ms);
}

/**
 * herald_job_machine_take_state:
 *
 * States are the truth, but they lag: an end that only they show counts after a while.
 */
GPtrArray *
herald_job_machine_take_state (HeraldJobMachine   *self,
                               HeraldPrinterState *state,
                               gint64              now_ms)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_event_unref);
  gboolean has_job = herald_state_id_has_job (state->id);

  if (self->key != NULL && self->after_gap && (!has_job || !is_same_file (self, state)))
    conclude (self, events, state, now_ms);

  /* The states of a print that has just ended still come in; they are not another print. */
  if (!has_job)
    self->awaits_idle = FALSE;
  else if (self->key == NULL && !self->awaits_idle)
    join_job (self, state, now_ms);
  self->after_gap = FALSE;

  g_clear_pointer (&self->state, herald_printer_state_unref);
  self->state = herald_printer_state_ref (state);

  if (self->key == NULL)
    return events;

  if (has_job)
    {
      self->idle_due_ms = 0;
      watch_progress (self, events, state, now_ms);
    }
  else if (state->id == HERALD_STATE_ERROR || state->id == HERALD_STATE_OFFLINE)
    {
      expect_failure (self, state->error, now_ms);
    }
  else if (self->idle_due_ms == 0)
    {
      self->idle_due_ms = now_ms + IDLE_GRACE_MS;
    }

  return events;
}

/**
 * herald_job_machine_take_time:
 *
 * To be called when herald_job_machine_get_due_ms() has come.
 */
GPtrArray *
herald_job_machine_take_time (HeraldJobMachine *self,
                              gint64            now_ms)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_event_unref);
  gint64 due_ms = herald_job_machine_get_due_ms (self);
  g_autoptr(HeraldPrinterState) nothing = NULL;

  if (self->key == NULL || due_ms == 0 || now_ms < due_ms)
    return events;

  nothing = herald_printer_state_new ();
  conclude (self, events, self->state != NULL ? self->state : nothing, now_ms);

  return events;
}

/**
 * herald_job_machine_open_gap:
 *
 * From now on nobody tells us anything; the next state is the first thing we hear.
 */
void
herald_job_machine_open_gap (HeraldJobMachine *self)
{
  self->after_gap = TRUE;
  self->awaits_idle = FALSE;
  self->failure_due_ms = 0;
  self->idle_due_ms = 0;
}

/**
 * herald_job_machine_get_due_ms:
 *
 * Returns: when to call herald_job_machine_take_time(), milliseconds since 1970; 0 for never
 */
gint64
herald_job_machine_get_due_ms (HeraldJobMachine *self)
{
  if (self->failure_due_ms != 0 && self->idle_due_ms != 0)
    return MIN (self->failure_due_ms, self->idle_due_ms);

  return self->failure_due_ms != 0 ? self->failure_due_ms : self->idle_due_ms;
}
