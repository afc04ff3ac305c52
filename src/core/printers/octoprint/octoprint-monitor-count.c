/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-monitor-count"

#include "core/printers/octoprint/octoprint-monitor-private.h"

#include "core/printers/octoprint/octoprint-answer.h"
#include "core/printers/octoprint/octoprint-files.h"

/* How often the server has counted prints of a file, and how often we expect it to: another part of
 * #HeraldOctoprintMonitor. */

#define FILE_MAX_BYTES (1024 * 1024)

/* So many files are asked for at once. A server prints one; of what it says beyond that, the next gap will tell. */
#define CHECKS_MAX 4

/* So long at most the server takes to count a print that is over. */
#define LATE_COUNT_MS (60 * 1000)

/* The server counts what ended before our eyes, too; it is no news after the next gap. What is only inferred it may count
 * later, or never: the printer was lost while paused, before 2.0. */
void
herald_octoprint_monitor_expect_count (HeraldOctoprintMonitor *self,
                                       const HeraldEvent      *event)
{
  const char *path = herald_values_get (event->values, "path");
  HeraldPrintCount count;

  if (!herald_event_kind_is_outcome (event->kind) || path == NULL ||
      g_strcmp0 (herald_values_get (event->values, "origin"), "local") != 0)
    return;
  if (event->source == HERALD_SOURCE_INFERRED)
    {
      herald_print_journal_owe_count (self->journal, path, herald_clock_get_wall_ms (self->clock), NULL);
      return;
    }

  herald_print_journal_get_count (self->journal, path, &count);
  if (!count.known)
    return;

  if (event->kind == HERALD_KIND_PRINT_DONE)
    count.n_done++;
  else
    count.n_failed++;
  herald_print_journal_set_count (self->journal, path, &count, NULL);
}

gboolean
herald_octoprint_monitor_is_behind (HeraldOctoprintMonitor *self,
                                    const char             *path,
                                    const HeraldPrintCount *expected,
                                    const HeraldPrintCount *count)
{
  gint64 n_missing = expected->n_done + expected->n_failed - count->n_done - count->n_failed;

  return expected->known && count->known && expected->date_s == count->date_s && n_missing > 0 &&
         count->n_done <= expected->n_done && count->n_failed <= expected->n_failed &&
         n_missing <= herald_print_journal_count_ends (self->journal, path,
                                                       herald_clock_get_wall_ms (self->clock) - LATE_COUNT_MS);
}

/* Before a print */

/* It is told before the server has said how often the file had been printed; we expect it to be as often as it was told. */
void
herald_octoprint_monitor_assume_base (HeraldOctoprintMonitor *self)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (self->watch);

  if (self->journal != NULL && job != NULL && !job->base.known && herald_print_job_is_counted (job))
    herald_print_journal_get_count (self->journal, herald_print_job_get_path (job), &job->base);
}

static void
take_base (const char             *path,
           const char             *name,
           const HeraldPrintCount *count,
           gpointer                user_data)
{
  *(HeraldPrintCount *) user_data = *count;
}

static void
use_base (HeraldOctoprintMonitor *self,
          HeraldPrintJob         *job,
          const HeraldPrintCount *asked)
{
  gboolean together = herald_print_journal_begin (self->journal, NULL);
  HeraldPrintCount expected;
  HeraldCountChange change;

  herald_print_journal_get_count (self->journal, herald_print_job_get_path (job), &expected);
  herald_print_journal_book_off (self->journal, herald_print_job_get_path (job), asked,
                                 herald_clock_get_wall_ms (self->clock), &expected);
  change = herald_print_count_compare (&expected, asked);
  job->base = expected;
  if (asked->known && change != HERALD_COUNT_LATE &&
      !herald_octoprint_monitor_is_behind (self, herald_print_job_get_path (job), &expected, asked))
    {
      HeraldPrintCount base = change == HERALD_COUNT_SAME ? *asked : herald_print_count_before (asked, job->started_ms);

      if (herald_print_count_compare (&expected, &base) == HERALD_COUNT_MORE)
        herald_octoprint_monitor_tell_missed (self, herald_print_job_get_path (job),
                                              herald_values_get (job->values, "name"), &expected, &base);
      job->base = base;
      herald_print_journal_set_count (self->journal, herald_print_job_get_path (job), &job->base, NULL);
    }
  herald_octoprint_monitor_keep_job (self);
  if (together)
    herald_octoprint_monitor_write (self);
}

static void
on_base_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldOctoprintMonitor) self = HERALD_OCTOPRINT_MONITOR (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) answer = herald_octoprint_ask_finish (result, &error);
  g_autofree char *key = g_steal_pointer (&self->base_key);
  HeraldPrintJob *job = self->watch != NULL ? herald_printer_watch_get_job (self->watch) : NULL;
  HeraldPrintCount count = { 0 };

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || job == NULL || job->base.known ||
      g_strcmp0 (job->key, key) != 0)
    return;

  if (answer != NULL)
    herald_octoprint_files_read (answer, self->skew_ms, take_base, &count);
  use_base (self, job, &count);
}

void
herald_octoprint_monitor_want_base (HeraldOctoprintMonitor *self)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (self->watch);
  g_autofree char *path = NULL;

  if (self->journal == NULL || self->server == NULL || job == NULL || job->base.known ||
      !herald_print_job_is_counted (job) || g_strcmp0 (self->base_key, job->key) == 0 ||
      g_strcmp0 (self->based_key, job->key) == 0)
    return;

  g_free (self->base_key);
  self->base_key = g_strdup (job->key);
  g_free (self->based_key);
  self->based_key = g_strdup (job->key);
  path = herald_octoprint_files_make_path (herald_print_job_get_path (job));
  herald_octoprint_ask_async (self->server, path, FILE_MAX_BYTES, self->cancellable, on_base_ready,
                              g_object_ref (self));
}

/* After a print */

typedef struct
{
  HeraldOctoprintMonitor *monitor;
  char *path;
  char *name;
  HeraldPrintCount count;
} CountCheck;

static void
count_check_free (CountCheck *check)
{
  g_object_unref (check->monitor);
  g_free (check->path);
  g_free (check->name);
  g_free (check);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CountCheck, count_check_free)

static void
take_count (const char             *path,
            const char             *name,
            const HeraldPrintCount *count,
            gpointer                user_data)
{
  CountCheck *check = user_data;

  g_free (check->name);
  check->name = g_strdup (name);
  check->count = *count;
}

/* Returns: (nullable): the print of the file that is under way */
static HeraldPrintJob *
find_job (HeraldOctoprintMonitor *self,
          const char             *path)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (self->watch);

  return job != NULL && g_strcmp0 (herald_print_job_get_path (job), path) == 0 ? job : NULL;
}

static void
use_count (HeraldOctoprintMonitor *self,
           const CountCheck       *check)
{
  HeraldPrintJob *job = find_job (self, check->path);
  gboolean together = herald_print_journal_begin (self->journal, NULL);
  HeraldPrintCount expected;

  herald_print_journal_get_count (self->journal, check->path, &expected);
  if (herald_print_journal_book_off (self->journal, check->path, &check->count,
                                     herald_clock_get_wall_ms (self->clock), &expected) &&
      job != NULL && job->base.known)
    {
      job->base = expected;
      herald_octoprint_monitor_keep_job (self);
    }
  /* Of a print that is under way the end is still to be told, and may be what was counted. */
  if (job == NULL && herald_print_count_compare (&expected, &check->count) == HERALD_COUNT_MORE)
    herald_octoprint_monitor_tell_missed (self, check->path, check->name, &expected, &check->count);
  if (together)
    herald_octoprint_monitor_write (self);
}

static void
on_count_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(CountCheck) check = user_data;
  HeraldOctoprintMonitor *self = check->monitor;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) answer = herald_octoprint_ask_finish (result, &error);
  gboolean is_old = GPOINTER_TO_INT (g_hash_table_lookup (self->checks, check->path));

  g_hash_table_remove (self->checks, check->path);
  if (self->watch == NULL || self->blind)
    return;

  if (answer != NULL && herald_octoprint_files_read (answer, self->skew_ms, take_count, check) > 0)
    use_count (self, check);
  if (is_old)
    herald_octoprint_monitor_check_count (self, check->path);
}

void
herald_octoprint_monitor_check_count (HeraldOctoprintMonitor *self,
                                      const char             *path)
{
  g_autofree char *address = NULL;
  HeraldPrintCount expected;
  CountCheck *check;

  if (self->journal == NULL || self->server == NULL || path == NULL)
    return;
  if (g_hash_table_contains (self->checks, path))
    {
      g_hash_table_replace (self->checks, g_strdup (path), GINT_TO_POINTER (TRUE));
      return;
    }

  /* Without anything to compare with, the answer would tell nothing. */
  herald_print_journal_get_count (self->journal, path, &expected);
  if (!expected.known || g_hash_table_size (self->checks) >= CHECKS_MAX)
    return;

  g_hash_table_insert (self->checks, g_strdup (path), GINT_TO_POINTER (FALSE));
  check = g_new0 (CountCheck, 1);
  check->monitor = g_object_ref (self);
  check->path = g_strdup (path);
  address = herald_octoprint_files_make_path (path);
  herald_octoprint_ask_async (self->server, address, FILE_MAX_BYTES, self->cancellable, on_count_ready, check);
}
