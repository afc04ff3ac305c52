/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-job"

#include "demo/demo-job.h"

#define AMBIENT_CELSIUS 21.3
#define TOOL_CELSIUS 205.0
#define BED_CELSIUS 60.0
/* How fast the virtual printer of OctoPrint heats */
#define CELSIUS_PER_S 10.0
/* How long stopping takes, for the states in between to be seen */
#define SETTLE_MS 300
#define FAIL_AT 0.6
#define BYTES_PER_S 170

/**
 * HeraldDemoJob:
 *
 * A printer and what it prints, as a pure model over time: it asks no clock,
 * and says every event in the order of OctoPrint 1.11.8 (protocol note 4).
 */
struct _HeraldDemoJob
{
  HeraldDemoEventFunc emit;
  gpointer user_data;

  gint64 now_ms;
  HeraldDemoState state;
  gint64 state_since_ms;
  char *error;

  char *file;
  double seconds;
  HeraldDemoOutcome outcome;
  double elapsed_ms;
  gboolean has_progress;

  double tool;
  double bed;
  GHashTable *prints;
};

static const struct
{
  const char *id;
  const char *text;
} states[] = {
  [HERALD_DEMO_STATE_OFFLINE] = { "OFFLINE", "Offline" },
  [HERALD_DEMO_STATE_OPERATIONAL] = { "OPERATIONAL", "Operational" },
  [HERALD_DEMO_STATE_STARTING] = { "STARTING", "Starting" },
  [HERALD_DEMO_STATE_PRINTING] = { "PRINTING", "Printing" },
  [HERALD_DEMO_STATE_PAUSING] = { "PAUSING", "Pausing" },
  [HERALD_DEMO_STATE_PAUSED] = { "PAUSED", "Paused" },
  [HERALD_DEMO_STATE_RESUMING] = { "RESUMING", "Resuming" },
  [HERALD_DEMO_STATE_FINISHING] = { "FINISHING", "Finishing" },
  [HERALD_DEMO_STATE_CANCELLING] = { "CANCELLING", "Cancelling" },
  [HERALD_DEMO_STATE_ERROR] = { "ERROR", "Error" },
};

static void
emit_object (HeraldDemoJob *self,
             const char    *type,
             JsonObject    *payload)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_NULL);

  if (payload != NULL)
    json_node_init_object (node, payload);
  self->emit (type, node, self->user_data);
}

static void
emit_pair (HeraldDemoJob *self,
           const char    *type,
           const char    *first,
           const char    *first_value,
           const char    *second,
           const char    *second_value)
{
  g_autoptr(JsonObject) payload = json_object_new ();

  json_object_set_string_member (payload, first, first_value);
  json_object_set_string_member (payload, second, second_value);
  emit_object (self, type, payload);
}

static void
enter (HeraldDemoJob   *self,
       HeraldDemoState  state)
{
  self->state = state;
  self->state_since_ms = self->now_ms;
  emit_pair (self, "PrinterStateChanged", "state_id", states[state].id,
             "state_string", states[state].text);
}

static gint64
get_size (HeraldDemoJob *self)
{
  return MAX ((gint64) (self->seconds * BYTES_PER_S), 1);
}

static JsonObject *
new_payload (HeraldDemoJob *self,
             const char    *file)
{
  JsonObject *payload = json_object_new ();

  json_object_set_string_member (payload, "name", file);
  json_object_set_string_member (payload, "path", file);
  json_object_set_string_member (payload, "origin", "local");
  json_object_set_int_member (payload, "size", get_size (self));
  json_object_set_string_member (payload, "owner", "admin");

  return payload;
}

static void
add_position (HeraldDemoJob *self,
              JsonObject    *payload)
{
  static const char *const axes[] = { "x", "y", "z", "e", "t", "f" };
  JsonObject *position = json_object_new ();
  double part = self->elapsed_ms / (self->seconds * 1000);

  for (gsize i = 0; i < G_N_ELEMENTS (axes); i++)
    json_object_set_null_member (position, axes[i]);
  json_object_set_object_member (payload, "position", position);
  json_object_set_int_member (payload, "fileposition",
                              (gint64) (part * (double) get_size (self)));
  json_object_set_int_member (payload, "progress", (gint64) (part * 100));
  json_object_set_string_member (payload, "user", "admin");
}

static void
count (HeraldDemoJob *self,
       const char    *file,
       gboolean       success)
{
  HeraldDemoPrints *prints = g_hash_table_lookup (self->prints, file);

  if (prints == NULL)
    {
      prints = g_new0 (HeraldDemoPrints, 1);
      g_hash_table_insert (self->prints, g_strdup (file), prints);
    }
  if (success)
    prints->n_success++;
  else
    prints->n_failure++;
  prints->last_success = success;
  prints->last_ms = self->now_ms;
  prints->last_s = self->elapsed_ms / 1000;
  emit_pair (self, "MetadataStatisticsUpdated", "storage", "local", "path", file);
}

static void
end_done (HeraldDemoJob *self)
{
  g_autoptr(JsonObject) payload = new_payload (self, self->file);

  emit_pair (self, "ChartMarked", "type", "done", "label", "Done");
  json_object_set_double_member (payload, "time", self->elapsed_ms / 1000);
  emit_object (self, "PrintDone", payload);
  count (self, self->file, TRUE);
  enter (self, HERALD_DEMO_STATE_OPERATIONAL);
}

static void
end_cancelled (HeraldDemoJob *self)
{
  g_autoptr(JsonObject) cancelled = new_payload (self, self->file);
  g_autoptr(JsonObject) failed = new_payload (self, self->file);

  add_position (self, cancelled);
  json_object_set_double_member (cancelled, "time", self->elapsed_ms / 1000);
  emit_object (self, "PrintCancelled", cancelled);
  emit_pair (self, "ChartMarked", "type", "cancel", "label", "Cancel");
  count (self, self->file, FALSE);
  add_position (self, failed);
  json_object_set_double_member (failed, "time", self->elapsed_ms / 1000);
  json_object_set_string_member (failed, "reason", "cancelled");
  emit_object (self, "PrintFailed", failed);
  self->has_progress = FALSE;
  enter (self, HERALD_DEMO_STATE_OPERATIONAL);
}

/* The line to the printer is gone. A paused print is not even said to have failed (before 2.0). */
static void
lose_printer (HeraldDemoJob *self,
              const char    *error)
{
  gboolean failed = herald_demo_job_is_active (self) && self->state != HERALD_DEMO_STATE_PAUSED;
  g_autofree char *file = g_strdup (self->file);
  g_autoptr(JsonObject) payload = file != NULL ? new_payload (self, file) : NULL;
  double part = failed ? self->elapsed_ms / (self->seconds * 1000) : 0;

  if (file != NULL)
    emit_object (self, "FileDeselected", NULL);
  g_clear_pointer (&self->file, g_free);
  self->has_progress = FALSE;
  emit_object (self, "Disconnected", NULL);
  enter (self, HERALD_DEMO_STATE_OFFLINE);
  if (!failed)
    return;

  count (self, file, FALSE);
  json_object_set_double_member (payload, "time", self->elapsed_ms / 1000);
  json_object_set_string_member (payload, "reason", "error");
  json_object_set_string_member (payload, "error", error);
  json_object_set_double_member (payload, "progress", part);
  emit_object (self, "PrintFailed", payload);
}

static void
kill_printer (HeraldDemoJob *self)
{
  g_autoptr(JsonObject) payload = json_object_new ();
  JsonArray *logs = json_array_new ();

  g_free (self->error);
  self->error = g_strdup ("Thermal Runaway, system stopped! Heater_ID: bed - "
                          "Printer halted. kill() called!");
  enter (self, HERALD_DEMO_STATE_ERROR);
  json_array_add_string_element (logs, "Recv: Error:Printer halted. kill() called!");
  json_object_set_string_member (payload, "error", self->error);
  json_object_set_string_member (payload, "reason", "firmware");
  json_object_set_string_member (payload, "consequence", "emergency");
  json_object_set_array_member (payload, "logs", logs);
  json_object_set_string_member (payload, "faq", "firmware-thermal-runaway");
  emit_object (self, "Error", payload);
  emit_object (self, "EStop", NULL);
  /* It was printing until now, whatever the state is called */
  self->state = HERALD_DEMO_STATE_PRINTING;
  lose_printer (self, self->error);
}

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
  double total_ms = self->seconds * 1000;

  self->elapsed_ms = MIN (self->elapsed_ms + step_ms, total_ms);
  if (self->outcome == HERALD_DEMO_OUTCOME_FAILED && self->elapsed_ms >= total_ms * FAIL_AT)
    kill_printer (self);
  else if (self->outcome == HERALD_DEMO_OUTCOME_CANCELLED && self->elapsed_ms >= total_ms * FAIL_AT)
    herald_demo_job_cancel (self);
  else if (self->elapsed_ms >= total_ms)
    {
      enter (self, HERALD_DEMO_STATE_FINISHING);
      end_done (self);
    }
}

static void
settle (HeraldDemoJob *self)
{
  g_autoptr(JsonObject) payload = NULL;

  if (self->state == HERALD_DEMO_STATE_CANCELLING)
    {
      end_cancelled (self);
      return;
    }

  payload = new_payload (self, self->file);
  if (self->state == HERALD_DEMO_STATE_PAUSING)
    {
      add_position (self, payload);
      emit_object (self, "PrintPaused", payload);
      emit_pair (self, "ChartMarked", "type", "pause", "label", "Pause");
      enter (self, HERALD_DEMO_STATE_PAUSED);
    }
  else
    {
      json_object_set_string_member (payload, "user", "admin");
      emit_object (self, "PrintResumed", payload);
      emit_pair (self, "ChartMarked", "type", "resume", "label", "Resume");
      enter (self, HERALD_DEMO_STATE_PRINTING);
    }
}

/**
 * herald_demo_job_new:
 * @emit: told every event as it happens; its payload may be JSON null
 *
 * Returns: (transfer full): a printer that is connected and cold
 */
HeraldDemoJob *
herald_demo_job_new (HeraldDemoEventFunc emit,
                     gpointer            user_data)
{
  HeraldDemoJob *self = g_new0 (HeraldDemoJob, 1);

  self->emit = emit;
  self->user_data = user_data;
  self->state = HERALD_DEMO_STATE_OPERATIONAL;
  self->tool = self->bed = AMBIENT_CELSIUS;
  self->prints = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
herald_demo_job_free (HeraldDemoJob *self)
{
  g_free (self->error);
  g_free (self->file);
  g_hash_table_unref (self->prints);
  g_free (self);
}

/**
 * herald_demo_job_advance:
 * @now_ms: wall time in milliseconds as this printer sees it; never goes back
 */
void
herald_demo_job_advance (HeraldDemoJob *self,
                         gint64         now_ms)
{
  double step_ms = self->now_ms > 0 ? (double) (now_ms - self->now_ms) : 0;
  double degrees = step_ms / 1000 * CELSIUS_PER_S;
  gboolean hot = herald_demo_job_is_active (self);

  self->now_ms = now_ms;
  self->tool = approach (self->tool, hot ? TOOL_CELSIUS : AMBIENT_CELSIUS, degrees);
  self->bed = approach (self->bed, hot ? BED_CELSIUS : AMBIENT_CELSIUS, degrees);

  if (self->state == HERALD_DEMO_STATE_PRINTING)
    print_on (self, step_ms);
  else if ((self->state == HERALD_DEMO_STATE_PAUSING || self->state == HERALD_DEMO_STATE_RESUMING ||
            self->state == HERALD_DEMO_STATE_CANCELLING) &&
           now_ms - self->state_since_ms >= SETTLE_MS)
    settle (self);
}

/**
 * herald_demo_job_start:
 * @seconds: how long the print takes; more than 0
 * @outcome: how it ends by itself
 *
 * Returns: %FALSE if the printer is not ready for a print
 */
gboolean
herald_demo_job_start (HeraldDemoJob     *self,
                       const char        *file,
                       double             seconds,
                       HeraldDemoOutcome  outcome)
{
  g_autofree char *name = g_strdup (file);
  g_autoptr(JsonObject) selected = NULL;
  g_autoptr(JsonObject) started = NULL;

  g_return_val_if_fail (seconds > 0, FALSE);

  if (self->state != HERALD_DEMO_STATE_OPERATIONAL)
    return FALSE;

  g_free (self->file);
  self->file = g_steal_pointer (&name);
  self->seconds = seconds;
  self->outcome = outcome;
  self->elapsed_ms = 0;
  self->has_progress = TRUE;

  selected = new_payload (self, self->file);
  json_object_set_string_member (selected, "user", "admin");
  json_object_set_null_member (selected, "size");
  emit_object (self, "FileSelected", selected);
  enter (self, HERALD_DEMO_STATE_STARTING);
  started = new_payload (self, self->file);
  json_object_set_string_member (started, "user", "admin");
  emit_object (self, "PrintStarted", started);
  emit_pair (self, "ChartMarked", "type", "print", "label", "Start");
  enter (self, HERALD_DEMO_STATE_PRINTING);

  return TRUE;
}

gboolean
herald_demo_job_pause (HeraldDemoJob *self)
{
  if (self->state != HERALD_DEMO_STATE_PRINTING)
    return FALSE;

  enter (self, HERALD_DEMO_STATE_PAUSING);

  return TRUE;
}

gboolean
herald_demo_job_resume (HeraldDemoJob *self)
{
  if (self->state != HERALD_DEMO_STATE_PAUSED)
    return FALSE;

  enter (self, HERALD_DEMO_STATE_RESUMING);

  return TRUE;
}

gboolean
herald_demo_job_cancel (HeraldDemoJob *self)
{
  g_autoptr(JsonObject) payload = NULL;

  if (!herald_demo_job_is_active (self) || self->state == HERALD_DEMO_STATE_CANCELLING)
    return FALSE;

  payload = new_payload (self, self->file);
  json_object_set_string_member (payload, "user", "admin");
  emit_object (self, "PrintCancelling", payload);
  enter (self, HERALD_DEMO_STATE_CANCELLING);

  return TRUE;
}

void
herald_demo_job_connect (HeraldDemoJob *self)
{
  g_autoptr(JsonObject) payload = json_object_new ();

  if (self->state != HERALD_DEMO_STATE_OFFLINE)
    return;

  g_clear_pointer (&self->error, g_free);
  emit_object (self, "Connecting", NULL);
  enter (self, HERALD_DEMO_STATE_OPERATIONAL);
  json_object_set_string_member (payload, "port", "VIRTUAL");
  json_object_set_int_member (payload, "baudrate", 0);
  emit_object (self, "Connected", payload);
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
    emit_object (self, "Disconnecting", NULL);
  lose_printer (self, reason != NULL ? reason : "");
}

gboolean
herald_demo_job_is_active (HeraldDemoJob *self)
{
  return self->state >= HERALD_DEMO_STATE_STARTING && self->state <= HERALD_DEMO_STATE_CANCELLING;
}

/**
 * herald_demo_job_get_view:
 * @view: filled; its texts are borrowed and hold until the job moves on
 */
void
herald_demo_job_get_view (HeraldDemoJob  *self,
                          HeraldDemoView *view)
{
  gboolean broken = self->state == HERALD_DEMO_STATE_OFFLINE && self->error != NULL;

  view->state = self->state;
  view->state_text = broken ? "Offline after error" : states[self->state].text;
  view->error = self->error;
  view->file = self->file;
  view->size = get_size (self);
  view->now_ms = self->now_ms;
  view->elapsed_s = self->elapsed_ms / 1000;
  view->seconds = self->seconds;
  view->has_progress = self->has_progress;
  view->tool = self->tool;
  view->tool_target = herald_demo_job_is_active (self) ? TOOL_CELSIUS : 0;
  view->bed = self->bed;
  view->bed_target = herald_demo_job_is_active (self) ? BED_CELSIUS : 0;
}

const HeraldDemoPrints *
herald_demo_job_get_prints (HeraldDemoJob *self,
                            const char    *file)
{
  return g_hash_table_lookup (self->prints, file);
}
