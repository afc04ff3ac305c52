/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-print-journal"

#include "core/printers/print-journal.h"

#define ALIVE_NAME "alive_ms"

/**
 * HeraldPrintJournal:
 *
 * What we must know of one printer after any kind of absence – of the socket,
 * of this program, of the computer – to say what happened meanwhile. Small
 * writes into the one database; nothing is kept in memory.
 */
struct _HeraldPrintJournal
{
  GObject parent_instance;

  HeraldDatabase *database;
  gint64 server;
};

G_DEFINE_FINAL_TYPE (HeraldPrintJournal, herald_print_journal, G_TYPE_OBJECT)

static void
herald_print_journal_dispose (GObject *object)
{
  HeraldPrintJournal *self = HERALD_PRINT_JOURNAL (object);

  g_clear_object (&self->database);

  G_OBJECT_CLASS (herald_print_journal_parent_class)->dispose (object);
}

static void
herald_print_journal_class_init (HeraldPrintJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_print_journal_dispose;
}

static void
herald_print_journal_init (HeraldPrintJournal *self)
{
}

static gboolean
find_server (HeraldPrintJournal  *self,
             const char          *printer,
             GError             **error)
{
  return herald_database_get_int (self->database, &self->server, error,
                                  "SELECT id FROM server WHERE printer=?1", "t", printer);
}

/**
 * herald_print_journal_new:
 * @printer: id
 */
HeraldPrintJournal *
herald_print_journal_new (HeraldDatabase *database,
                          const char     *printer)
{
  HeraldPrintJournal *self = g_object_new (HERALD_TYPE_PRINT_JOURNAL, NULL);
  g_autoptr(GError) error = NULL;

  self->database = g_object_ref (database);
  if (!find_server (self, printer, &error) &&
      (error != NULL ||
       !herald_database_run (database, &error, "INSERT INTO server(printer) VALUES(?1)", "t", printer) ||
       !find_server (self, printer, &error)))
    g_debug ("%s is not in the database: %s", printer, error != NULL ? error->message : "");

  return self;
}

static gboolean
forget (HeraldPrintJournal  *self,
        GError             **error)
{
  static const char *const steps[] = {
    "DELETE FROM print_count WHERE server=?1",
    "UPDATE job SET outcome='unknown', closed_ms=opened_ms WHERE server=?1 AND outcome IS NULL",
    "UPDATE gap SET to_ms=from_ms WHERE server=?1 AND to_ms IS NULL",
    "UPDATE server SET movie_s=-1 WHERE id=?1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (!herald_database_run (self->database, error, steps[i], "i", self->server))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_origin (HeraldPrintJournal *self,
           const char         *origin)
{
  gint64 same = 0;

  return herald_database_get_int (self->database, &same, NULL, "SELECT 1 FROM server WHERE id=?1 AND origin=?2",
                                  "it", self->server, origin);
}

/**
 * herald_print_journal_begin_with:
 *
 * Another server counts other prints of other files; with its numbers nothing
 * could be found out but nonsense.
 */
gboolean
herald_print_journal_begin_with (HeraldPrintJournal  *self,
                                 const char          *origin,
                                 GError             **error)
{
  if (is_origin (self, origin))
    return TRUE;

  return (is_origin (self, "") || forget (self, error)) &&
         herald_database_run (self->database, error, "UPDATE server SET origin=?2 WHERE id=?1", "it", self->server,
                              origin);
}

/* The print */

/**
 * herald_print_journal_load_job:
 *
 * Returns: (transfer full) (nullable): the print that was under way when we last looked
 */
HeraldPrintJob *
herald_print_journal_load_job (HeraldPrintJournal *self)
{
  sqlite3_stmt *rows = herald_database_select (self->database, NULL,
                                               "SELECT name, memory FROM job WHERE server=?1 AND outcome IS NULL",
                                               "i", self->server);
  HeraldPrintJob *job = NULL;

  while (herald_database_next (self->database, rows, NULL))
    {
      g_clear_pointer (&job, herald_print_job_free);
      job = herald_print_job_from_text (herald_column_get_text (rows, 0), herald_column_get_text (rows, 1));
    }

  return job;
}

/**
 * herald_print_journal_save_job:
 *
 * Keeps what changes about a print. That it is over is written together with
 * the news of it, so that neither is ever without the other.
 */
gboolean
herald_print_journal_save_job (HeraldPrintJournal  *self,
                               HeraldPrintJob      *job,
                               GError             **error)
{
  g_autofree char *memory = herald_print_job_to_text (job);

  /* A printer has one print at a time: the one before ended without our seeing how. */
  return herald_database_run (self->database, error,
                              "UPDATE job SET outcome='unknown', closed_ms=?2"
                              " WHERE server=?1 AND outcome IS NULL AND name<>?3",
                              "iit", self->server, job->started_ms, job->key) &&
         herald_database_run (self->database, error,
                              "INSERT INTO job(server,name,storage,path,opened_ms,memory)"
                              " VALUES(?1,?2,?3,?4,?5,?6)"
                              " ON CONFLICT(server,name) DO UPDATE SET memory=excluded.memory",
                              "itttit", self->server, job->key,
                              herald_print_job_is_counted (job) ? "local" : "",
                              herald_print_job_get_path (job) != NULL ? herald_print_job_get_path (job) : "",
                              job->started_ms, memory);
}

gboolean
herald_print_journal_end_job (HeraldPrintJournal *self,
                              const char         *key,
                              gint64              now_ms)
{
  return herald_database_run (self->database, NULL,
                              "UPDATE job SET outcome='unknown', closed_ms=?3"
                              " WHERE server=?1 AND name=?2 AND outcome IS NULL",
                              "iti", self->server, key, now_ms);
}

gint64
herald_print_journal_count_ends (HeraldPrintJournal *self,
                                 const char         *path,
                                 gint64              since_ms)
{
  gint64 n_ends = 0;

  herald_database_get_int (self->database, &n_ends, NULL,
                           "SELECT count(*) FROM job WHERE server=?1 AND path=?2 AND closed_ms>=?3",
                           "iti", self->server, path, since_ms);

  return n_ends;
}

/* Counters */

void
herald_print_journal_get_count (HeraldPrintJournal *self,
                                const char         *path,
                                HeraldPrintCount   *count)
{
  sqlite3_stmt *rows = herald_database_select (self->database, NULL,
                                               "SELECT date_s, n_done, n_failed FROM print_count"
                                               " WHERE server=?1 AND path=?2",
                                               "it", self->server, path);

  *count = (HeraldPrintCount) { .last_duration_s = -1 };
  while (herald_database_next (self->database, rows, NULL))
    {
      count->known = TRUE;
      count->date_s = sqlite3_column_int64 (rows, 0);
      count->n_done = sqlite3_column_int64 (rows, 1);
      count->n_failed = sqlite3_column_int64 (rows, 2);
    }
}

GHashTable *
herald_print_journal_load_counts (HeraldPrintJournal *self)
{
  sqlite3_stmt *rows = herald_database_select (self->database, NULL,
                                               "SELECT path, date_s, n_done, n_failed FROM print_count"
                                               " WHERE server=?1",
                                               "i", self->server);
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  while (herald_database_next (self->database, rows, NULL))
    {
      HeraldPrintCount *count = g_new0 (HeraldPrintCount, 1);

      count->known = TRUE;
      count->date_s = sqlite3_column_int64 (rows, 1);
      count->n_done = sqlite3_column_int64 (rows, 2);
      count->n_failed = sqlite3_column_int64 (rows, 3);
      count->last_duration_s = -1;
      g_hash_table_insert (counts, g_strdup (herald_column_get_text (rows, 0)), count);
    }

  return counts;
}

gboolean
herald_print_journal_set_count (HeraldPrintJournal      *self,
                                const char              *path,
                                const HeraldPrintCount  *count,
                                GError                 **error)
{
  return herald_database_run (self->database, error,
                              "INSERT INTO print_count(server,path,date_s,n_done,n_failed)"
                              " VALUES(?1,?2,?3,?4,?5) ON CONFLICT(server,path) DO UPDATE SET"
                              " date_s=excluded.date_s, n_done=excluded.n_done, n_failed=excluded.n_failed",
                              "itiii", self->server, path, count->date_s, count->n_done, count->n_failed);
}

/**
 * herald_print_journal_owe_count:
 *
 * The end of a print was told, and nobody knows whether the server will count it.
 */
gboolean
herald_print_journal_owe_count (HeraldPrintJournal  *self,
                                const char          *path,
                                gint64               now_ms,
                                GError             **error)
{
  return herald_database_run (self->database, error,
                              "UPDATE print_count SET uncounted_ms=?3 WHERE server=?1 AND path=?2",
                              "iti", self->server, path, now_ms);
}

/**
 * herald_print_journal_book_off:
 * @asked: what the server says now
 * @expected: (inout): what we expected
 *
 * What was told before the server counted it is expected from now on.
 *
 * Returns: whether there was such a print
 */
gboolean
herald_print_journal_book_off (HeraldPrintJournal     *self,
                               const char             *path,
                               const HeraldPrintCount *asked,
                               gint64                  now_ms,
                               HeraldPrintCount       *expected)
{
  gint64 uncounted_ms = 0;

  if (herald_print_count_compare (expected, asked) != HERALD_COUNT_MORE ||
      !herald_database_get_int (self->database, &uncounted_ms, NULL,
                                "SELECT uncounted_ms FROM print_count WHERE server=?1 AND path=?2", "it",
                                self->server, path))
    return FALSE;

  /* What ended after it was told is another print. */
  if (uncounted_ms == 0 || uncounted_ms > now_ms || asked->last_ms == 0 || asked->last_ms > uncounted_ms)
    return FALSE;

  if (asked->n_failed > expected->n_failed)
    expected->n_failed++;
  else
    expected->n_done++;

  return herald_print_journal_set_count (self, path, expected, NULL) &&
         herald_print_journal_owe_count (self, path, 0, NULL);
}

gboolean
herald_print_journal_keep_only (HeraldPrintJournal  *self,
                                GHashTable          *paths,
                                GError             **error)
{
  sqlite3_stmt *rows = herald_database_select (self->database, error,
                                               "SELECT path FROM print_count WHERE server=?1",
                                               "i", self->server);
  g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);

  if (rows == NULL)
    return FALSE;

  while (herald_database_next (self->database, rows, NULL))
    {
      const char *path = herald_column_get_text (rows, 0);

      if (!g_hash_table_contains (paths, path))
        g_ptr_array_add (gone, g_strdup (path));
    }

  for (guint i = 0; i < gone->len; i++)
    {
      if (!herald_database_run (self->database, error,
                                "DELETE FROM print_count WHERE server=?1 AND path=?2",
                                "it", self->server, (const char *) g_ptr_array_index (gone, i)))
        return FALSE;
    }

  return TRUE;
}

/**
 * herald_print_journal_begin:
 *
 * What follows until herald_print_journal_commit() is written at once.
 */
gboolean
herald_print_journal_begin (HeraldPrintJournal  *self,
                            GError             **error)
{
  return herald_database_begin (self->database, error);
}

gboolean
herald_print_journal_commit (HeraldPrintJournal  *self,
                             GError             **error)
{
  return herald_database_commit (self->database, error);
}

/* Gaps */

gboolean
herald_print_journal_open_gap (HeraldPrintJournal  *self,
                               const char          *reason,
                               gint64               from_ms,
                               GError             **error)
{
  return herald_database_run (self->database, error,
                              "INSERT INTO gap(server,from_ms,reason) VALUES(?1,?2,?3) ON CONFLICT DO NOTHING",
                              "iit", self->server, from_ms, reason);
}

gint64
herald_print_journal_get_gap_ms (HeraldPrintJournal *self)
{
  gint64 from_ms = 0;

  herald_database_get_int (self->database, &from_ms, NULL,
                           "SELECT from_ms FROM gap WHERE server=?1 AND to_ms IS NULL", "i", self->server);

  return from_ms;
}

gboolean
herald_print_journal_close_gap (HeraldPrintJournal  *self,
                                gint64               to_ms,
                                guint                n_recovered,
                                guint                n_unknown,
                                GError             **error)
{
  return herald_database_run (self->database, error,
                              "UPDATE gap SET to_ms=?2, recovered=?3, unknown=?4, reconciled=1"
                              " WHERE server=?1 AND to_ms IS NULL",
                              "iiii", self->server, to_ms, (gint64) n_recovered, (gint64) n_unknown);
}

/* Timelapses */

gint64
herald_print_journal_get_movie_s (HeraldPrintJournal *self)
{
  gint64 movie_s = -1;

  herald_database_get_int (self->database, &movie_s, NULL, "SELECT movie_s FROM server WHERE id=?1", "i",
                           self->server);

  return movie_s;
}

gboolean
herald_print_journal_set_movie_s (HeraldPrintJournal  *self,
                                  gint64               movie_s,
                                  GError             **error)
{
  return herald_database_run (self->database, error, "UPDATE server SET movie_s=?2 WHERE id=?1", "ii",
                              self->server, movie_s);
}

/* The program */

gint64
herald_print_journal_get_alive_ms (HeraldDatabase *database)
{
  gint64 alive_ms = 0;

  herald_database_get_int (database, &alive_ms, NULL, "SELECT CAST(value AS INTEGER) FROM meta WHERE name=?1",
                           "t", ALIVE_NAME);

  return alive_ms;
}

gboolean
herald_print_journal_set_alive_ms (HeraldDatabase  *database,
                                   gint64           now_ms,
                                   GError         **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, now_ms);
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  return herald_database_run (database, error,
                              "INSERT INTO meta(name,value) VALUES(?1,?2)"
                              " ON CONFLICT(name) DO UPDATE SET value=excluded.value",
                              "tb", ALIVE_NAME, bytes);
}
