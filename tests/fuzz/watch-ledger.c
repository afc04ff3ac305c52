/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-watch-ledger"

#include "fuzz/watch-ledger.h"

#include <string.h>

/* The longest wait there is: a reminder of an hour */
#define DUE_MAX_MS (60 * 60 * 1000)

/* A moment that has come is settled in so many steps. */
#define SETTLE_STEPS_MAX 4

void
watch_ledger_init (WatchLedger *self,
                   gint64       now_ms)
{
  *self = (WatchLedger) { .watch = herald_printer_watch_new ("mk3"), .now_ms = now_ms };
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ended = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
watch_ledger_clear (WatchLedger *self)
{
  g_clear_pointer (&self->watch, herald_printer_watch_free);
  g_clear_pointer (&self->told, g_hash_table_unref);
  g_clear_pointer (&self->ended, g_hash_table_unref);
}

static gboolean
is_outcome (const HeraldEvent *event)
{
  return event->kind == HERALD_KIND_PRINT_DONE || event->kind == HERALD_KIND_PRINT_FAILED ||
         event->kind == HERALD_KIND_PRINT_CANCELLED;
}

/* The key of a print the server has counted: seen and found out it is the same, and a server that
 * takes back what it has counted brings it again. */
static gboolean
is_counted (const HeraldEvent *event)
{
  return strstr (event->dedupe, "|print ") != NULL;
}

static void
check_values (const HeraldEvent *event)
{
  static const char *const durations[] = { "time", "spent", "remaining" };

  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    g_assert_cmpint (herald_values_get_int (event->values, durations[i], 0), >=, 0);

  /* Five minutes after the start it may well be 0 %, but nobody is told of 0 % for its own sake. */
  if (event->kind == HERALD_KIND_PRINT_PROGRESS &&
      g_strcmp0 (herald_values_get (event->values, "reason"), "percent") == 0)
    {
      g_assert_cmpint (herald_values_get_int (event->values, "progress", 0), >=, 1);
      g_assert_cmpint (herald_values_get_int (event->values, "progress", 100), <=, 99);
    }
}

/* An outcome is of a print that was known, and the only one of it. */
static void
check_outcome (WatchLedger       *self,
               const HeraldEvent *event,
               const char        *job_before)
{
  if (event->job == NULL)
    {
      g_assert_true (is_counted (event));
      return;
    }

  g_assert_cmpstr (event->job, ==, job_before);
  if (!g_hash_table_add (self->ended, g_strdup (event->job)))
    g_error ("a second outcome of %s", event->job);
}

static void
check_event (WatchLedger       *self,
             const HeraldEvent *event,
             const char        *job_before)
{
  g_assert_nonnull (event->dedupe);
  if (!g_hash_table_add (self->told, g_strdup (event->dedupe)) && !is_counted (event))
    g_error ("told twice: %s", event->dedupe);

  g_assert_cmpint (event->occurred_ms, >=, 0);
  g_assert_cmpint (event->occurred_ms, <=, self->now_ms);
  g_assert_cmpint (event->observed_ms, ==, self->now_ms);
  check_values (event);
  if (is_outcome (event))
    check_outcome (self, event, job_before);
}

static char *
dup_job_key (WatchLedger *self)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (self->watch);

  return job != NULL ? g_strdup (job->key) : NULL;
}

/* @job_before: (transfer full) (nullable): key of the print before this step
 * @events: (transfer full) */
static void
book (WatchLedger *self,
      char        *job_before,
      GPtrArray   *events,
      gboolean     may_be_replaced)
{
  g_autofree char *job_after = dup_job_key (self);
  gint64 due_ms = herald_printer_watch_get_due_ms (self->watch);

  for (guint i = 0; i < events->len; i++)
    check_event (self, g_ptr_array_index (events, i), job_before);

  if (job_before != NULL && !may_be_replaced && g_strcmp0 (job_before, job_after) != 0 &&
      !g_hash_table_contains (self->ended, job_before))
    g_error ("%s is gone without an outcome", job_before);
  if (job_after != NULL && g_hash_table_contains (self->ended, job_after))
    g_error ("%s is there again", job_after);
  g_assert_cmpint (due_ms, >=, 0);
  g_assert_cmpint (due_ms, <=, self->now_ms + DUE_MAX_MS);

  g_ptr_array_unref (events);
  g_free (job_before);
}

void
watch_ledger_say (WatchLedger         *self,
                  HeraldPrinterSignal  signal,
                  HeraldValues        *values)
{
  char *job_before = dup_job_key (self);

  book (self, job_before, herald_printer_watch_take_signal (self->watch, signal, values, self->now_ms),
        signal == HERALD_SIGNAL_STARTED);
}

void
watch_ledger_show (WatchLedger        *self,
                   HeraldPrinterState *state)
{
  char *job_before = dup_job_key (self);

  book (self, job_before, herald_printer_watch_take_state (self->watch, state, self->now_ms), FALSE);
}

/* What is due now, until nothing is */
static void
settle (WatchLedger *self)
{
  for (guint i = 0; i < SETTLE_STEPS_MAX; i++)
    {
      char *job_before = dup_job_key (self);

      book (self, job_before, herald_printer_watch_take_time (self->watch, self->now_ms), FALSE);
    }
  if (herald_printer_watch_get_due_ms (self->watch) != 0)
    g_assert_cmpint (herald_printer_watch_get_due_ms (self->watch), >, self->now_ms);
}

void
watch_ledger_wait (WatchLedger *self,
                   gint64       ms)
{
  gint64 end_ms = self->now_ms + ms;
  gint64 due_ms;

  settle (self);
  while ((due_ms = herald_printer_watch_get_due_ms (self->watch)) != 0 && due_ms <= end_ms)
    {
      self->now_ms = due_ms;
      settle (self);
    }
  self->now_ms = end_ms;
}

void
watch_ledger_put_clock_back (WatchLedger *self,
                             gint64       ms)
{
  char *job_before = dup_job_key (self);

  self->now_ms -= ms;
  book (self, job_before, herald_printer_watch_take_time (self->watch, self->now_ms), FALSE);
}

void
watch_ledger_close_gap (WatchLedger *self,
                        HeraldGap   *gap)
{
  char *job_before = dup_job_key (self);

  book (self, job_before, herald_printer_watch_close_gap (self->watch, gap, self->now_ms), FALSE);
}

void
watch_ledger_restart (WatchLedger *self)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (self->watch);
  g_autofree char *key = dup_job_key (self);
  g_autofree char *text = job != NULL ? herald_print_job_to_text (job) : NULL;
  HeraldWatchOptions options = { 0 };

  g_clear_pointer (&self->watch, herald_printer_watch_free);
  self->watch = herald_printer_watch_new ("mk3");
  herald_printer_watch_set_options (self->watch, &options);
  if (text == NULL)
    return;

  job = herald_print_job_from_text (key, text);
  g_assert_nonnull (job);
  g_assert_cmpstr (job->key, ==, key);
  herald_printer_watch_take_job (self->watch, job);
}
