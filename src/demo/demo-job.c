/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-job"

#include "demo/demo-job-private.h"

#define AMBIENT_CELSIUS 21.3
/* How fast the virtual printer of OctoPrint heats */
#define CELSIUS_PER_S 10.0
/* How long stopping takes, for the states in between to be seen */
#define SETTLE_MS 300
#define FAIL_AT 0.6
/* Time that is skipped is lived through in steps, so that everything gets its right time */
#define STEP_MS 1000
#define STEPS_MAX 20000

static double
approach (double from,
          double to,
          double step)
{
  return from < to ? MIN (from + step, to) : MAX (from - step, to);
}

static void
print_on (HeraldDemoJob *self,
          double         step_ms)
{
  double total_ms = self->file->seconds * 1000;

  self->elapsed_ms = MIN (self->elapsed_ms + step_ms, total_ms);
  herald_demo_job_advance_layer (self);
  if (self->outcome == HERALD_DEMO_OUTCOME_FAILED && self->elapsed_ms >= total_ms * FAIL_AT)
    herald_demo_job_kill (self);
  else if (self->outcome == HERALD_DEMO_OUTCOME_CANCELLED && self->elapsed_ms >= total_ms * FAIL_AT)
    herald_demo_job_cancel (self);
  else if (self->elapsed_ms >= total_ms)
    {
      herald_demo_job_enter (self, HERALD_DEMO_STATE_FINISHING);
      herald_demo_job_end_done (self);
    }
}

static void
settle (HeraldDemoJob *self)
{
  g_autoptr(JsonObject) payload = NULL;

  if (self->state == HERALD_DEMO_STATE_CANCELLING)
    herald_demo_job_end_cancelled (self);
  else if (self->state == HERALD_DEMO_STATE_PAUSING)
    herald_demo_job_tell_paused (self);
  else
    {
      payload = herald_demo_job_new_payload (self);
      json_object_set_string_member (payload, "user", "admin");
      herald_demo_job_tell (self, "PrintResumed", payload);
      herald_demo_job_mark (self, "resume", "Resume");
      if (self->dialect == HERALD_DEMO_DIALECT_2_0)
        herald_demo_job_mark (self, "printing", "Printing");
      herald_demo_job_enter (self, HERALD_DEMO_STATE_PRINTING);
    }
}

static void
step (HeraldDemoJob *self,
      gint64         now_ms)
{
  double step_ms = self->now_ms > 0 ? (double) (now_ms - self->now_ms) : 0;
  double degrees = step_ms / 1000 * CELSIUS_PER_S;
  gboolean hot = herald_demo_job_is_active (self);

  self->now_ms = now_ms;
  self->tool = approach (self->tool, hot ? HERALD_DEMO_TOOL_CELSIUS : AMBIENT_CELSIUS, degrees);
  self->bed = approach (self->bed, hot ? HERALD_DEMO_BED_CELSIUS : AMBIENT_CELSIUS, degrees);
  herald_demo_job_count_late (self);
  herald_demo_job_advance_movie (self);

  if (self->state == HERALD_DEMO_STATE_PRINTING)
    print_on (self, step_ms);
  else if (self->state == HERALD_DEMO_STATE_TRANSFERRING)
    herald_demo_job_advance_transfer (self, step_ms);
  else if ((self->state == HERALD_DEMO_STATE_PAUSING || self->state == HERALD_DEMO_STATE_RESUMING ||
            self->state == HERALD_DEMO_STATE_CANCELLING) &&
           now_ms - self->state_since_ms >= SETTLE_MS)
    settle (self);
}

/**
 * herald_demo_job_new:
 * @say: told everything as it happens; a payload may be JSON null
 *
 * Returns: (transfer full): a printer that is connected and cold
 */
HeraldDemoJob *
herald_demo_job_new (HeraldDemoSayFunc say,
                     gpointer          user_data)
{
  HeraldDemoJob *self = g_new0 (HeraldDemoJob, 1);

  self->say = say;
  self->user_data = user_data;
  self->state = HERALD_DEMO_STATE_OPERATIONAL;
  self->tool = self->bed = AMBIENT_CELSIUS;
  self->files = herald_demo_files_new ();
  self->uncounted = herald_demo_job_new_uncounted ();
  self->markings = g_array_new (FALSE, FALSE, sizeof (HeraldDemoMarking));

  return self;
}

void
herald_demo_job_free (HeraldDemoJob *self)
{
  g_free (self->error);
  g_ptr_array_unref (self->uncounted);
  g_free (self->movie);
  g_free (self->movie_of);
  g_array_unref (self->markings);
  herald_demo_files_free (self->files);
  g_free (self);
}

/**
 * herald_demo_job_advance:
 * @now_ms: wall time in milliseconds by a clock that is right; never goes back
 *
 * However much time is skipped, everything in between happens at its own time.
 */
void
herald_demo_job_advance (HeraldDemoJob *self,
                         gint64         now_ms)
{
  gint64 step_ms = MAX (STEP_MS, (now_ms - self->now_ms) / STEPS_MAX);

  if (self->now_ms == 0)
    {
      step (self, now_ms);
      herald_demo_job_note_marking (self, "connected", "Connected");
    }
  while (now_ms - self->now_ms > step_ms)
    step (self, self->now_ms + step_ms);
  if (now_ms > self->now_ms)
    step (self, now_ms);
}

static void
tell_selected (HeraldDemoJob *self,
               const char    *who,
               gboolean       has_size)
{
  g_autoptr(JsonObject) payload = herald_demo_job_new_payload (self);

  json_object_set_string_member (payload, who, "admin");
  if (!has_size)
    json_object_set_null_member (payload, "size");
  herald_demo_job_tell (self, "FileSelected", payload);
}

/**
 * herald_demo_job_start:
 * @print: borrowed; its seconds are more than 0
 *
 * Returns: %FALSE if the printer is not ready for a print
 */
gboolean
herald_demo_job_start (HeraldDemoJob         *self,
                       const HeraldDemoPrint *print)
{
  g_autoptr(JsonObject) started = NULL;
  gboolean new = self->dialect == HERALD_DEMO_DIALECT_2_0;
  gboolean again = (print->flags & HERALD_DEMO_PRINT_AGAIN) != 0;

  g_return_val_if_fail (print->seconds > 0, FALSE);

  if (self->state != (again ? HERALD_DEMO_STATE_PAUSED : HERALD_DEMO_STATE_OPERATIONAL))
    return FALSE;

  self->file = herald_demo_files_put (self->files, print->origin, print->file, print->seconds,
                                      self->now_ms + self->clock_offset_ms);
  self->outcome = print->outcome;
  self->flags = print->flags;
  self->elapsed_ms = 0;
  self->layer = 0;
  self->has_progress = TRUE;
  if (print->starter == HERALD_DEMO_STARTER_PRINTER)
    {
      herald_demo_job_enter (self, HERALD_DEMO_STATE_PRINTING);
      return TRUE;
    }

  if ((print->flags & HERALD_DEMO_PRINT_AGAIN) == 0)
    tell_selected (self, new ? "owner" : "user", new);
  herald_demo_job_enter (self, HERALD_DEMO_STATE_STARTING);
  started = herald_demo_job_new_payload (self);
  if (!new)
    json_object_set_string_member (started, "user", "admin");
  herald_demo_job_tell (self, "PrintStarted", started);
  herald_demo_job_mark (self, "print", "Start");
  if (new)
    {
      tell_selected (self, "user", TRUE);
      herald_demo_job_mark (self, "printing", "Printing");
    }
  herald_demo_job_enter (self, HERALD_DEMO_STATE_PRINTING);

  return TRUE;
}

gboolean
herald_demo_job_pause (HeraldDemoJob *self)
{
  if (self->state != HERALD_DEMO_STATE_PRINTING)
    return FALSE;

  herald_demo_job_enter (self, HERALD_DEMO_STATE_PAUSING);

  return TRUE;
}

/* While it is still pausing, OctoPrint accepts this and nothing happens. */
gboolean
herald_demo_job_resume (HeraldDemoJob *self)
{
  if (self->state != HERALD_DEMO_STATE_PAUSED)
    return FALSE;

  herald_demo_job_enter (self, HERALD_DEMO_STATE_RESUMING);

  return TRUE;
}

gboolean
herald_demo_job_cancel (HeraldDemoJob *self)
{
  g_autoptr(JsonObject) payload = NULL;

  if (self->state == HERALD_DEMO_STATE_TRANSFERRING)
    {
      herald_demo_job_end_transfer (self, "TransferFailed");
      return TRUE;
    }
  if (!herald_demo_job_is_active (self) || self->state == HERALD_DEMO_STATE_CANCELLING)
    return FALSE;

  payload = herald_demo_job_new_payload (self);
  json_object_set_string_member (payload, "user", "admin");
  herald_demo_job_tell (self, "PrintCancelling", payload);
  herald_demo_job_enter (self, HERALD_DEMO_STATE_CANCELLING);

  return TRUE;
}

void
herald_demo_job_connect (HeraldDemoJob *self)
{
  g_autoptr(JsonObject) payload = json_object_new ();

  if (self->state != HERALD_DEMO_STATE_OFFLINE)
    return;

  g_clear_pointer (&self->error, g_free);
  self->broken = FALSE;
  herald_demo_job_tell_link (self, "Connecting");
  herald_demo_job_tell_detecting (self);
  herald_demo_job_enter (self, HERALD_DEMO_STATE_OPERATIONAL);
  json_object_set_string_member (payload, "port", "VIRTUAL");
  json_object_set_int_member (payload, "baudrate", 0);
  if (self->dialect == HERALD_DEMO_DIALECT_2_0)
    json_object_set_string_member (payload, "connector", "serial");
  herald_demo_job_tell (self, "Connected", payload);
  herald_demo_job_note_marking (self, "connected", "Connected");
}

/**
 * herald_demo_job_disconnect:
 * @reason: (nullable): what OctoPrint says when the cable is pulled; %NULL if asked to disconnect
 */
void
herald_demo_job_disconnect (HeraldDemoJob *self,
                            const char    *reason)
{
  if (self->state == HERALD_DEMO_STATE_OFFLINE)
    return;

  if (reason == NULL)
    herald_demo_job_tell_link (self, "Disconnecting");
  self->broken = reason != NULL;
  herald_demo_job_lose_printer (self, reason != NULL ? reason : "");
}

/* Whether there is a print, paused or not; sending a file to the card is none. */
gboolean
herald_demo_job_is_active (HeraldDemoJob *self)
{
  return self->state >= HERALD_DEMO_STATE_STARTING && self->state <= HERALD_DEMO_STATE_CANCELLING;
}

HeraldDemoFiles *
herald_demo_job_get_files (HeraldDemoJob *self)
{
  return self->files;
}
