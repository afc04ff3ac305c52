/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-journal-attempt"

#include "core/outbox/journal-attempt.h"

/* A message may be tried for days; who looks wants the last ones. */
#define RECORDS_MAX 100

void
herald_attempt_record_free (HeraldAttemptRecord *self)
{
  g_free (self->step);
  g_free (self->words);
  g_free (self);
}

static HeraldAttemptRecord *
read_record (sqlite3_stmt *rows)
{
  HeraldAttemptRecord *record = g_new0 (HeraldAttemptRecord, 1);

  record->step = g_strdup (herald_column_get_text (rows, 0));
  record->code = (int) sqlite3_column_int64 (rows, 1);
  record->words = g_strdup (herald_column_get_text (rows, 2));
  record->number = (guint) sqlite3_column_int64 (rows, 3);
  record->started_ms = sqlite3_column_int64 (rows, 4);
  record->ended_ms = sqlite3_column_int64 (rows, 5);

  return record;
}

/**
 * herald_journal_query_attempt:
 *
 * Returns: (transfer full) (nullable): how the last attempt of @delivery ended; %NULL if none has ended, or with a
 *   G_IO_ERROR
 */
HeraldAttemptRecord *
herald_journal_query_attempt (HeraldJournal  *self,
                              gint64          delivery,
                              GError        **error)
{
  sqlite3_stmt *rows = herald_database_select (self->database, error,
                                               "SELECT phase, code, detail, n, started_ms, ended_ms FROM attempt"
                                               " WHERE delivery=?1 AND ended_ms IS NOT NULL ORDER BY n DESC LIMIT 1",
                                               "i", delivery);
  HeraldAttemptRecord *record;

  if (rows == NULL || !herald_database_next (self->database, rows, error))
    return NULL;

  record = read_record (rows);
  sqlite3_reset (rows);

  return record;
}

/**
 * herald_journal_list_attempts:
 *
 * Returns: (transfer full) (element-type HeraldAttemptRecord): all that is known of how @delivery was tried, the first one
 *   first, at most a hundred; %NULL with a G_IO_ERROR
 */
GPtrArray *
herald_journal_list_attempts (HeraldJournal  *self,
                              gint64          delivery,
                              GError        **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_attempt_record_free);
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *rows = herald_database_select (self->database, &problem,
                                               "SELECT phase, code, detail, n, started_ms, ended_ms FROM attempt"
                                               " WHERE delivery=?1 ORDER BY n DESC LIMIT ?2",
                                               "ii", delivery, (gint64) RECORDS_MAX);

  while (herald_database_next (self->database, rows, &problem))
    g_ptr_array_insert (records, 0, read_record (rows));
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  return g_steal_pointer (&records);
}
