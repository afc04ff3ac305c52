/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-monitor"

#include "core/printers/octoprint/octoprint-monitor-private.h"

#include "core/base/json-reader.h"
#include "core/printers/job-values.h"
#include "core/printers/octoprint/octoprint-calls.h"
#include "core/printers/octoprint/octoprint-events.h"
#include "core/printers/octoprint/octoprint-state.h"

/* A loss is noticed after so much silence at the latest. */
#define SILENCE_MAX_MS (60 * 1000)

/**
 * HeraldOctoprintMonitor:
 *
 * Listens to what one OctoPrint pushes and feeds the watch with it; keeps the
 * journal; and after every gap, before it listens on, has it found out what
 * happened meanwhile (in octoprint-monitor-gap.c).
 */
G_DEFINE_FINAL_TYPE (HeraldOctoprintMonitor, herald_octoprint_monitor, G_TYPE_OBJECT)

/* What is told */

static gboolean
on_due (gpointer user_data)
{
  HeraldOctoprintMonitor *self = HERALD_OCTOPRINT_MONITOR (user_data);
  HeraldPrintJob *job = herald_printer_watch_get_job (self->watch);
  gint64 now_ms = herald_clock_get_wall_ms (self->clock);
  g_autoptr(GPtrArray) events = NULL;

  self->due_id = 0;
  if (herald_printer_watch_is_end_due (self->watch, now_ms))
    herald_octoprint_monitor_assume_base (self);
  /* The server may know better than the state tells how it ended. */
  if (self->journal != NULL && self->server != NULL && herald_printer_watch_is_end_due (self->watch, now_ms) &&
      job->base.known)
    {
      herald_octoprint_monitor_look_into_end (self);
      return G_SOURCE_REMOVE;
    }

  events = herald_printer_watch_take_time (self->watch, now_ms);
  herald_octoprint_monitor_tell (self, events);

  return G_SOURCE_REMOVE;
}

static void
expect_time (HeraldOctoprintMonitor *self)
{
  gint64 due_ms = herald_printer_watch_get_due_ms (self->watch);
  gint64 now_ms = herald_clock_get_wall_ms (self->clock);

  if (due_ms == self->due_ms && (self->due_id != 0 || due_ms == 0))
    return;

  g_clear_handle_id (&self->due_id, g_source_remove);
  self->due_ms = due_ms;
  if (due_ms != 0 && !self->blind)
    self->due_id = g_timeout_add ((guint) CLAMP (due_ms - now_ms, 1, G_MAXINT), on_due, self);
}

void
herald_octoprint_monitor_keep_job (HeraldOctoprintMonitor *self)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (self->watch);
  g_autoptr(GError) error = NULL;

  if (self->journal == NULL)
    return;

  if (self->kept_key != NULL && (job == NULL || !g_str_equal (job->key, self->kept_key)))
    {
      herald_print_journal_end_job (self->journal, self->kept_key, herald_clock_get_wall_ms (self->clock));
      g_clear_pointer (&self->kept_key, g_free);
    }
  if (job == NULL)
    return;

  if (!herald_print_journal_save_job (self->journal, job, &error))
    g_debug ("%s cannot be kept: %s", job->key, error->message);
  else if (self->kept_key == NULL)
    self->kept_key = g_strdup (job->key);
}

/* It may begin and end without any news. */
static void
follow_attention (HeraldOctoprintMonitor *self)
{
  g_autofree char *attention = herald_printer_watch_dup_attention (self->watch);

  if (g_strcmp0 (herald_printer_get_attention (self->printer), attention != NULL ? attention : "") == 0)
    return;

  herald_printer_set_attention (self->printer, attention);
  herald_octoprint_monitor_keep_job (self);
}

static void
tell_each (HeraldOctoprintMonitor *self,
           GPtrArray              *events)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (self->watch);

  for (guint i = 0; i < events->len; i++)
    {
      herald_printer_emit_event (self->printer, g_ptr_array_index (events, i));
      if (self->journal != NULL && self->gap == NULL)
        herald_octoprint_monitor_expect_count (self, g_ptr_array_index (events, i));
    }

  if (events->len > 0 || (self->kept_key == NULL) != (job == NULL))
    herald_octoprint_monitor_keep_job (self);
  follow_attention (self);
}

/* The news is written together with what follows from it: who is killed in between has seen both, or neither. */
void
herald_octoprint_monitor_tell (HeraldOctoprintMonitor *self,
                               GPtrArray              *events)
{
  gboolean together = self->journal != NULL && events->len > 0 && herald_print_journal_begin (self->journal, NULL);

  tell_each (self, events);
  if (together)
    herald_octoprint_monitor_write (self);
  expect_time (self);
}

/* Ends what was begun. An end that cannot be written is told when the server has counted it, at the latest after the next
 * gap, like any that was not seen; what else cannot be written is lost. */
void
herald_octoprint_monitor_write (HeraldOctoprintMonitor *self)
{
  g_autoptr(GError) error = NULL;

  if (!herald_print_journal_commit (self->journal, &error))
    g_warning ("What happened to %s could not be recorded: %s", herald_printer_get_id (self->printer), error->message);
}

/* Pushes */

static void
take_signal (HeraldOctoprintMonitor *self,
             HeraldPrinterSignal     signal,
             HeraldValues           *values,
             gint64                  now_ms)
{
  g_autoptr(GPtrArray) events = NULL;

  if (signal == HERALD_SIGNAL_LAYER)
    {
      self->layer = herald_values_get_int (values, "layer", -1);
      self->layers = herald_values_get_int (values, "layers", self->layers);
      return;
    }
  if (signal == HERALD_SIGNAL_COUNTED)
    {
      herald_octoprint_monitor_check_count (self, herald_values_get (values, "path"));
      return;
    }
  if (signal == HERALD_SIGNAL_STARTED)
    self->layer = self->layers = -1;
  if (signal == HERALD_SIGNAL_DONE || signal == HERALD_SIGNAL_CANCELLED || signal == HERALD_SIGNAL_FAILED)
    herald_octoprint_monitor_assume_base (self);

  herald_printer_watch_set_options (self->watch, herald_printer_get_watch_options (self->printer));
  events = herald_printer_watch_take_signal (self->watch, signal, values, now_ms);
  herald_octoprint_monitor_tell (self, events);
  herald_octoprint_monitor_want_base (self);
}

HeraldPrinterState *
herald_octoprint_monitor_read_state (HeraldOctoprintMonitor *self,
                                     JsonObject             *content,
                                     gint64                  now_ms)
{
  HeraldPrinterState *state = herald_octoprint_state_read (content, herald_printer_get_state (self->printer), now_ms);

  if (state->server_ms != 0)
    self->skew_ms = now_ms - state->server_ms;
  if (herald_state_id_has_job (state->id))
    {
      state->layer = self->layer;
      state->layers = self->layers;
    }

  return state;
}

static void
take_state (HeraldOctoprintMonitor *self,
            JsonObject             *content,
            gint64                  now_ms)
{
  g_autoptr(HeraldPrinterState) state = herald_octoprint_monitor_read_state (self, content, now_ms);
  g_autoptr(GPtrArray) events = NULL;

  herald_printer_set_state (self->printer, state);
  herald_printer_watch_set_options (self->watch, herald_printer_get_watch_options (self->printer));
  events = herald_printer_watch_take_state (self->watch, state, now_ms);
  herald_octoprint_monitor_tell (self, events);
  herald_octoprint_monitor_want_base (self);
}

/* Listening, with nothing in between that we do not know. @now_ms: when it was said */
void
herald_octoprint_monitor_listen (HeraldOctoprintMonitor *self,
                                 HeraldPushType          type,
                                 JsonObject             *content,
                                 gint64                  now_ms)
{
  HeraldPrinterSignal signal;
  g_autoptr(HeraldValues) values = NULL;

  switch (type)
    {
    case HERALD_PUSH_CURRENT:
      take_state (self, content, now_ms);
      if (herald_octoprint_calls_read_lines (content, &signal, &values))
        take_signal (self, signal, values, now_ms);
      break;
    case HERALD_PUSH_HISTORY:
      take_state (self, content, now_ms);
      break;
    case HERALD_PUSH_EVENT:
      if (herald_octoprint_events_read (content, &signal, &values))
        take_signal (self, signal, values, now_ms);
      break;
    case HERALD_PUSH_PLUGIN:
      if (herald_octoprint_calls_read_plugin (content, &signal, &values))
        take_signal (self, signal, values, now_ms);
      break;
    case HERALD_PUSH_CONNECTED:
    case HERALD_PUSH_REAUTH_REQUIRED:
    case HERALD_PUSH_TIMELAPSE:
    case HERALD_PUSH_UNKNOWN:
    default:
      break;
    }
}

/* GObject */

static void
herald_octoprint_monitor_dispose (GObject *object)
{
  HeraldOctoprintMonitor *self = HERALD_OCTOPRINT_MONITOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->due_id, g_source_remove);
  g_clear_pointer (&self->watch, herald_printer_watch_free);
  g_clear_pointer (&self->gap, herald_gap_free);
  g_clear_object (&self->journal);
  g_clear_object (&self->clock);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (herald_octoprint_monitor_parent_class)->dispose (object);
}

static void
herald_octoprint_monitor_finalize (GObject *object)
{
  HeraldOctoprintMonitor *self = HERALD_OCTOPRINT_MONITOR (object);

  g_free (self->etag);
  g_free (self->kept_key);
  g_free (self->base_key);
  g_free (self->based_key);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_hash_table_unref (self->begun);
  g_hash_table_unref (self->checks);

  G_OBJECT_CLASS (herald_octoprint_monitor_parent_class)->finalize (object);
}

static void
herald_octoprint_monitor_class_init (HeraldOctoprintMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_octoprint_monitor_dispose;
  object_class->finalize = herald_octoprint_monitor_finalize;
}

static void
herald_octoprint_monitor_init (HeraldOctoprintMonitor *self)
{
  self->blind = TRUE;
  self->begun = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->checks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->layer = -1;
  self->layers = -1;
}

HeraldOctoprintMonitor *
herald_octoprint_monitor_new (HeraldPrinter      *printer,
                              HeraldPrintJournal *journal,
                              HeraldClock        *clock)
{
  HeraldOctoprintMonitor *self = g_object_new (HERALD_TYPE_OCTOPRINT_MONITOR, NULL);

  self->printer = printer;
  self->journal = journal != NULL ? g_object_ref (journal) : NULL;
  self->clock = g_object_ref (clock);
  self->watch = herald_printer_watch_new (herald_printer_get_id (printer));

  return self;
}

void
herald_octoprint_monitor_start (HeraldOctoprintMonitor *self,
                                gint64                  alive_ms)
{
  g_autofree char *origin = NULL;
  HeraldPrintJob *job = NULL;

  g_return_if_fail (self->blind);

  if (self->journal == NULL)
    return;

  origin = herald_printer_dup_origin (self->printer);
  herald_print_journal_begin_with (self->journal, origin, NULL);
  if (herald_printer_watch_get_job (self->watch) == NULL)
    job = herald_print_journal_load_job (self->journal);
  if (job != NULL)
    {
      g_free (self->kept_key);
      self->kept_key = g_strdup (job->key);
      herald_printer_watch_take_job (self->watch, job);
    }
  /* Whoever was never watched has no past. */
  if (alive_ms != 0 && herald_print_journal_get_movie_s (self->journal) >= 0)
    herald_print_journal_open_gap (self->journal, "start", alive_ms, NULL);
}

/* How long this computer has been asleep since it was booted; of the kernel’s two clocks only one goes on then. */
static gint64
get_asleep_ms (HeraldOctoprintMonitor *self)
{
  return herald_clock_get_boot_ms (self->clock) - g_get_monotonic_time () / 1000;
}

/* A printer that is off has nothing to say, so what was heard last may be old; but a sleep was no listening. */
static gint64
find_loss_ms (HeraldOctoprintMonitor *self)
{
  gint64 slept_ms = MAX (get_asleep_ms (self) - self->asleep_ms, 0);

  return MAX (self->heard_ms, herald_clock_get_wall_ms (self->clock) - slept_ms - SILENCE_MAX_MS);
}

void
herald_octoprint_monitor_lose (HeraldOctoprintMonitor *self,
                               const char             *reason)
{
  gboolean was_blind = self->blind;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->due_id, g_source_remove);
  g_clear_pointer (&self->gap, herald_gap_free);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_hash_table_remove_all (self->begun);
  g_clear_pointer (&self->base_key, g_free);
  g_clear_pointer (&self->based_key, g_free);
  self->blind = TRUE;
  if (was_blind)
    return;

  herald_printer_watch_open_gap (self->watch);
  herald_octoprint_monitor_keep_job (self);
  if (self->journal != NULL)
    herald_print_journal_open_gap (self->journal, reason, find_loss_ms (self), NULL);
  else
    self->gap_ms = find_loss_ms (self);
}

void
herald_octoprint_monitor_take_push (HeraldOctoprintMonitor *self,
                                    HeraldOctoprintServer  *server,
                                    HeraldPushType          type,
                                    JsonObject             *content)
{
  g_set_object (&self->server, server);
  self->heard_ms = herald_clock_get_wall_ms (self->clock);
  self->asleep_ms = get_asleep_ms (self);
  if (self->blind)
    herald_octoprint_monitor_look_back (self, type, content);
  else
    herald_octoprint_monitor_listen (self, type, content, self->heard_ms);
}

HeraldPrintJob *
herald_octoprint_monitor_get_job (HeraldOctoprintMonitor *self)
{
  return herald_printer_watch_get_job (self->watch);
}
