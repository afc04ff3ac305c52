/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-journal-attempt"

#include "core/outbox/journal-attempt.h"

void
herald_attempt_record_free (HeraldAttemptRecord *self)
{
  g_free (self->step);
  g_free (self->words);
  g_free (self);
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
                                               "SELECT phase, code, detail FROM attempt"
                                               " WHERE delivery=?1 AND ended_ms IS NOT NULL ORDER BY n DESC LIMIT 1",
                                               "i", delivery);
  HeraldAttemptRecord *record;

  if (rows == NULL || !herald_database_next (self->database, rows, error))
    return NULL;

  record = g_new0 (HeraldAttemptRecord, 1);
  record->step = g_strdup (herald_column_get_text (rows, 0));
  record->code = (int) sqlite3_column_int64 (rows, 1);
  record->words = g_strdup (herald_column_get_text (rows, 2));
  sqlite3_reset (rows);

  return record;
}
