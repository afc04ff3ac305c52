/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-monitor-gap"

#include "core/printers/octoprint/octoprint-monitor-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/printers/octoprint/gap-inquiry.h"
#include "core/printers/octoprint/octoprint-events.h"
#include "core/printers/octoprint/octoprint-history.h"

/* Finding out what happened while nobody listened: the other half of #HeraldOctoprintMonitor. */

/* In a longer gap any file may have been printed. */
#define SHORT_GAP_MS (10 * 60 * 1000)

/* Nobody is kept waiting for so long, or by so much; in a minute it is some 30 states of 2 KB. */
#define HELD_MAX 10000
#define HELD_MAX_BYTES (16 * 1024 * 1024)

/* What json-glib takes for a value, about */
#define NODE_BYTES 128

static void
held_push_free (HeraldHeldPush *self)
{
  g_clear_pointer (&self->content, json_object_unref);
  g_free (self);
}

static gsize weigh (JsonObject *object);

static gsize
weigh_node (JsonNode *node)
{
  gsize n_bytes = NODE_BYTES;

  if (JSON_NODE_HOLDS_OBJECT (node))
    n_bytes += weigh (json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        n_bytes += weigh_node (json_array_get_element (json_node_get_array (node), i));
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    n_bytes += strlen (json_node_get_string (node));

  return n_bytes;
}

/* Returns: about how many bytes of memory it takes */
static gsize
weigh (JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  gsize n_bytes = NODE_BYTES;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    n_bytes += strlen (name) + NODE_BYTES + weigh_node (node);

  return n_bytes;
}

/* What the server counts of a print that began just now is not what we are asking for. */
static void
note_begin (HeraldOctoprintMonitor *self,
            JsonObject             *content)
{
  g_autoptr(HeraldValues) values = NULL;
  HeraldPrinterSignal signal;
  const char *path;

  if (!herald_octoprint_events_read (content, &signal, &values) || signal != HERALD_SIGNAL_STARTED)
    return;

  path = herald_values_get (values, "path");
  if (path != NULL && g_strcmp0 (herald_values_get (values, "origin"), "local") == 0 &&
      !g_hash_table_contains (self->begun, path))
    g_hash_table_insert (self->begun, g_strdup (path), g_memdup2 (&self->heard_ms, sizeof self->heard_ms));
}

static void
hold (HeraldOctoprintMonitor *self,
      HeraldPushType          type,
      JsonObject             *content)
{
  gsize n_bytes = content != NULL ? weigh (content) : 0;
  HeraldHeldPush *push;

  if (self->held == NULL)
    {
      self->held = g_ptr_array_new_with_free_func ((GDestroyNotify) held_push_free);
      self->held_bytes = 0;
    }
  if (self->held->len >= HELD_MAX || self->held_bytes + n_bytes > HELD_MAX_BYTES)
    return;

  self->held_bytes += n_bytes;

  push = g_new0 (HeraldHeldPush, 1);
  push->type = type;
  push->content = content != NULL ? json_object_ref (content) : NULL;
  push->said_ms = self->heard_ms;
  g_ptr_array_add (self->held, push);
  if (type == HERALD_PUSH_EVENT)
    note_begin (self, content);
}

static void
release_held (HeraldOctoprintMonitor *self)
{
  g_autoptr(GPtrArray) held = g_steal_pointer (&self->held);

  g_hash_table_remove_all (self->begun);
  for (guint i = 0; held != NULL && i < held->len && !self->blind; i++)
    {
      HeraldHeldPush *push = g_ptr_array_index (held, i);

      herald_octoprint_monitor_listen (self, push->type, push->content, push->said_ms);
    }
}

/* What was told of a gap */

static char *
describe (const HeraldGap *gap,
          guint            n_recovered,
          guint            n_unknown)
{
  g_autofree char *from_text = herald_text_format_time_of_day (gap->from_ms);
  g_autofree char *to_text = herald_text_format_time_of_day (gap->to_ms);

  if (n_unknown > 0)
    return g_strdup_printf (_("Not connected from %s to %s. A print ended meanwhile; how is not known for certain."),
                            from_text, to_text);
  if (n_recovered > 0)
    return g_strdup_printf (ngettext ("Not connected from %s to %s. %u event was found out afterwards.",
                                      "Not connected from %s to %s. %u events were found out afterwards.", n_recovered),
                            from_text, to_text, n_recovered);
  if (!gap->counted)
    return g_strdup_printf (_("Not connected from %s to %s. Prints that began and ended meanwhile are not known."),
                            from_text, to_text);

  return g_strdup_printf (_("Not connected from %s to %s. Nothing was missed."), from_text, to_text);
}

static void
report (HeraldOctoprintMonitor *self,
        const HeraldGap        *gap,
        GPtrArray              *events)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (self->watch);
  guint n_unknown = 0;
  guint n_recovered = 0;
  g_autofree char *sentence = NULL;

  if (job != NULL && job->over_ms != 0)
    {
      job->over_ms = 0;
      herald_octoprint_monitor_keep_job (self);
    }
  if (gap->from_ms == 0)
    {
      if (self->journal != NULL)
        herald_print_journal_close_gap (self->journal, gap->to_ms, 0, 0, NULL);
      return;
    }

  for (guint i = 0; i < events->len; i++)
    {
      const HeraldEvent *event = g_ptr_array_index (events, i);

      n_unknown += event->source == HERALD_SOURCE_INFERRED;
      n_recovered += event->source == HERALD_SOURCE_RECONCILED;
    }

  sentence = describe (gap, n_recovered, n_unknown);
  g_message ("%s: gap of %" G_GINT64_FORMAT " s, %u recovered, %u unknown", herald_printer_get_id (self->printer),
             (gap->to_ms - gap->from_ms) / 1000, n_recovered, n_unknown);
  herald_printer_set_gap (self->printer, sentence);
  if (self->journal != NULL)
    herald_print_journal_close_gap (self->journal, gap->to_ms, n_recovered, n_unknown, NULL);
  self->gap_ms = 0;
}

static void
add_movies (HeraldOctoprintMonitor *self,
            const HeraldGap        *gap,
            const HeraldGapAnswer  *answer,
            GPtrArray              *events)
{
  g_autofree char *away = herald_gap_describe_absence (gap);

  for (guint i = 0; gap->from_ms != 0 && i < answer->movies->len; i++)
    {
      const char *movie = g_ptr_array_index (answer->movies, i);
      g_autofree char *dedupe = g_strdup_printf ("%s|timelapse-done|%s", herald_printer_get_id (self->printer), movie);
      g_autoptr(HeraldValues) values = herald_values_new ();

      herald_values_set (values, "movie_basename", movie);
      herald_values_set (values, "gcode", movie);
      herald_values_set (values, "away", away);
      g_ptr_array_add (events, herald_event_new (HERALD_KIND_TIMELAPSE_DONE, HERALD_SOURCE_RECONCILED,
                                                 herald_printer_get_id (self->printer), NULL, dedupe,
                                                 gap->to_ms, values));
    }
}

/* A print that is over is not always counted yet; it will be, and is no news then. @base: before it */
static void
expect_late_count (const HeraldGapAnswer  *answer,
                   const HeraldEvent      *outcome,
                   const char             *path,
                   const HeraldPrintCount *base)
{
  HeraldPrintCount *count = g_hash_table_lookup (answer->counts, path);

  if (outcome->source == HERALD_SOURCE_INFERRED)
    return;
  /* The server has only said that nothing has changed. */
  if (count == NULL && !answer->all_files)
    {
      count = g_memdup2 (base, sizeof *base);
      g_hash_table_insert (answer->counts, g_strdup (path), count);
    }
  if (count == NULL || count->date_s != base->date_s ||
      count->n_done + count->n_failed > base->n_done + base->n_failed)
    return;

  count->n_done = base->n_done + (outcome->kind == HERALD_KIND_PRINT_DONE ? 1 : 0);
  count->n_failed = base->n_failed + (outcome->kind == HERALD_KIND_PRINT_DONE ? 0 : 1);
}

static const HeraldEvent *
find_outcome (GPtrArray  *events,
              const char *job_key)
{
  for (guint i = 0; job_key != NULL && i < events->len; i++)
    {
      const HeraldEvent *event = g_ptr_array_index (events, i);

      if (g_strcmp0 (event->job, job_key) == 0 && herald_event_kind_is_outcome (event->kind))
        return event;
    }

  return NULL;
}

static void
remember_counts (HeraldOctoprintMonitor *self,
                 const HeraldGapAnswer  *answer)
{
  g_autoptr(GHashTable) known = NULL;
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  if (self->journal == NULL || !herald_print_journal_begin (self->journal, NULL))
    return;

  known = herald_print_journal_load_counts (self->journal);
  g_hash_table_iter_init (&iter, answer->counts);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const HeraldPrintCount *count = value;
      const HeraldPrintCount *before = g_hash_table_lookup (known, name);

      if (before == NULL || before->date_s != count->date_s ||
          ((before->n_done != count->n_done || before->n_failed != count->n_failed) &&
           !herald_octoprint_monitor_is_behind (self, name, before, count)))
        herald_print_journal_set_count (self->journal, name, count, NULL);
    }
  if (answer->all_files)
    herald_print_journal_keep_only (self->journal, answer->counts, NULL);
  if (MAX (answer->movie_s, 0) > herald_print_journal_get_movie_s (self->journal))
    herald_print_journal_set_movie_s (self->journal, MAX (answer->movie_s, 0), NULL);
  herald_print_journal_commit (self->journal, NULL);
}

static void
close_gap (HeraldOctoprintMonitor *self,
           HeraldGapAnswer        *answer)
{
  g_autoptr(HeraldGap) gap = g_steal_pointer (&self->gap);
  HeraldPrintJob *job = herald_printer_watch_get_job (self->watch);
  g_autofree char *path = NULL;
  g_autofree char *job_key = job != NULL ? g_strdup (job->key) : NULL;
  HeraldPrintCount base = { 0 };
  g_autoptr(GPtrArray) events = NULL;
  const HeraldEvent *outcome;
  gboolean together;

  herald_octoprint_monitor_assume_base (self);
  if (job != NULL && job->base.known)
    {
      path = g_strdup (herald_print_job_get_path (job));
      base = job->base;
    }
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gap->answered_ms = MAX (herald_clock_get_wall_ms (self->clock), gap->to_ms);
  herald_printer_watch_set_options (self->watch, herald_printer_get_watch_options (self->printer));
  events = herald_printer_watch_close_gap (self->watch, gap, gap->to_ms);
  add_movies (self, gap, answer, events);
  g_free (self->etag);
  self->etag = g_strdup (answer->etag);

  outcome = find_outcome (events, job_key);
  if (outcome != NULL && path != NULL)
    expect_late_count (answer, outcome, path, &base);

  together = self->journal != NULL && herald_print_journal_begin (self->journal, NULL);
  self->gap = g_steal_pointer (&gap);
  self->blind = FALSE;
  herald_octoprint_monitor_tell (self, events);
  gap = g_steal_pointer (&self->gap);
  /* Also if nothing is known of it as before: now it means that the printer does not wait. */
  g_object_notify (G_OBJECT (self->printer), "attention");
  remember_counts (self, answer);
  if (self->journal != NULL && outcome != NULL && outcome->source == HERALD_SOURCE_INFERRED)
    herald_octoprint_monitor_expect_count (self, outcome);
  report (self, gap, events);
  if (together)
    herald_octoprint_monitor_write (self);
  release_held (self);
}

/* Asking */

static void
on_inquiry_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(HeraldOctoprintMonitor) self = HERALD_OCTOPRINT_MONITOR (g_steal_pointer (&user_data));
  g_autoptr(HeraldGapAnswer) answer = herald_gap_inquiry_finish (result, NULL);

  if (answer != NULL)
    close_gap (self, answer);
}

static void
begin_inquiry (HeraldOctoprintMonitor *self,
               JsonObject             *content)
{
  gint64 now_ms = herald_clock_get_wall_ms (self->clock);
  g_autoptr(HeraldPrinterState) state = herald_octoprint_monitor_read_state (self, content, now_ms);
  HeraldPrintJob *job = herald_printer_watch_get_job (self->watch);
  gint64 from_ms = self->journal != NULL ? herald_print_journal_get_gap_ms (self->journal) : self->gap_ms;
  HeraldGapQuestion question = { .job = job, .etag = self->etag, .skew_ms = self->skew_ms,
                                 .begun = self->begun, .clock = self->clock };

  herald_printer_set_state (self->printer, state);
  herald_octoprint_history_read_temperatures (content, self->skew_ms, herald_printer_get_temperatures (self->printer));

  /* A clock that was set back must not make a gap of less than nothing. */
  self->gap = herald_gap_new (state, MIN (from_ms, now_ms), now_ms);
  herald_octoprint_history_read_marks (content, self->skew_ms, self->gap->marks);
  question.gap = self->gap;
  question.all_files = from_ms == 0 || job == NULL || !herald_print_job_goes_on_in (job, state) ||
                       now_ms - from_ms > SHORT_GAP_MS;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->journal == NULL)
    {
      g_autoptr(HeraldGapAnswer) nothing = herald_gap_answer_new ();

      close_gap (self, nothing);
      return;
    }
  herald_gap_inquiry_async (self->server, self->journal, &question, self->cancellable, on_inquiry_ready,
                            g_object_ref (self));
}

/* The first state opens our eyes; whatever comes before and meanwhile waits. */
void
herald_octoprint_monitor_look_back (HeraldOctoprintMonitor *self,
                                    HeraldPushType          type,
                                    JsonObject             *content)
{
  if (self->gap == NULL && (type == HERALD_PUSH_HISTORY || type == HERALD_PUSH_CURRENT))
    begin_inquiry (self, content);
  else if (type != HERALD_PUSH_CONNECTED)
    hold (self, type, content);
}

/* An end that was not seen */

static gboolean
is_end_counted (HeraldOctoprintMonitor *self,
                const HeraldGapAnswer  *answer)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (self->watch);
  const HeraldPrintCount *count = job != NULL
                                    ? g_hash_table_lookup (answer->counts, herald_print_job_get_path (job)) : NULL;

  return count != NULL && herald_print_count_compare (&job->base, count) == HERALD_COUNT_MORE;
}

static void
on_end_inquiry_ready (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(HeraldOctoprintMonitor) self = HERALD_OCTOPRINT_MONITOR (g_steal_pointer (&user_data));
  g_autoptr(HeraldGapAnswer) answer = herald_gap_inquiry_finish (result, NULL);
  g_autoptr(GPtrArray) events = NULL;

  if (answer == NULL)
    return;
  if (is_end_counted (self, answer))
    {
      close_gap (self, answer);
      return;
    }

  self->blind = FALSE;
  report (self, self->gap, NULL);
  g_clear_pointer (&self->gap, herald_gap_free);
  events = herald_printer_watch_take_time (self->watch, herald_clock_get_wall_ms (self->clock));
  herald_octoprint_monitor_tell (self, events);
  release_held (self);
}

/* A gap without an absence: nothing but the counters is asked, and nothing says that we were away. */
void
herald_octoprint_monitor_look_into_end (HeraldOctoprintMonitor *self)
{
  HeraldGapQuestion question = { .job = herald_printer_watch_get_job (self->watch), .skew_ms = self->skew_ms,
                                 .begun = self->begun, .clock = self->clock };

  self->blind = TRUE;
  herald_print_journal_open_gap (self->journal, "end", self->heard_ms, NULL);
  self->gap = herald_gap_new (herald_printer_get_state (self->printer), 0,
                              herald_clock_get_wall_ms (self->clock));
  question.gap = self->gap;
  herald_gap_inquiry_async (self->server, self->journal, &question, self->cancellable, on_end_inquiry_ready,
                            g_object_ref (self));
}

/* A server under load counts a print long after it was over. @before and @after: the counters of the file without a print
 * of it that is under way */
void
herald_octoprint_monitor_tell_missed (HeraldOctoprintMonitor *self,
                                      const char             *path,
                                      const char             *name,
                                      const HeraldPrintCount *before,
                                      const HeraldPrintCount *after)
{
  gint64 now_ms = herald_clock_get_wall_ms (self->clock);
  g_autoptr(HeraldGap) gap = herald_gap_new (herald_printer_get_state (self->printer), 0, now_ms);
  HeraldFileRecord *record = herald_gap_add_file (gap, path, name);
  g_autoptr(GPtrArray) events = NULL;

  record->before = *before;
  record->after = *after;
  gap->answered_ms = now_ms;
  gap->counted = TRUE;
  events = herald_printer_watch_tell_missed (self->watch, gap, now_ms);
  herald_octoprint_monitor_tell (self, events);
}
