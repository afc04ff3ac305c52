/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-mute-memory"

#include "core/outbox/mute-memory.h"

#include <string.h>

#define UNTIL_NAME "muted until"
#define PRINT_PREFIX "muted print "

static char *
dup_text (HeraldDatabase *database,
          const char     *sql,
          const char     *argument)
{
  g_autoptr(GError) error = NULL;
  sqlite3_stmt *rows = herald_database_select (database, &error, sql, "t", argument);
  char *text = NULL;

  if (herald_database_next (database, rows, &error))
    {
      text = g_strdup (herald_column_get_text (rows, 0));
      sqlite3_reset (rows);
    }
  if (error != NULL)
    g_warning ("What is muted cannot be read: %s", error->message);

  return text;
}

static void
set_value (HeraldDatabase *database,
           const char     *name,
           const char     *value)
{
  g_autoptr(GError) error = NULL;

  if (value == NULL)
    herald_database_run (database, &error, "DELETE FROM meta WHERE name=?1", "t", name);
  else
    herald_database_run (database, &error,
                         "INSERT INTO meta(name,value) VALUES(?1,CAST(?2 AS BLOB))"
                         " ON CONFLICT(name) DO UPDATE SET value=excluded.value",
                         "tt", name, value);

  if (error != NULL)
    g_warning ("What is muted cannot be kept: %s", error->message);
}

gint64
herald_mute_memory_get_until_ms (HeraldDatabase *database)
{
  g_autofree char *text = dup_text (database, "SELECT CAST(value AS TEXT) FROM meta WHERE name=?1", UNTIL_NAME);
  gint64 until_ms = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;

  return MAX (until_ms, 0);
}

void
herald_mute_memory_set_until_ms (HeraldDatabase *database,
                                 gint64          until_ms)
{
  g_autofree char *text = until_ms != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, until_ms) : NULL;

  set_value (database, UNTIL_NAME, text);
}

GHashTable *
herald_mute_memory_load_prints (HeraldDatabase *database)
{
  GHashTable *prints = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GError) error = NULL;
  sqlite3_stmt *rows = herald_database_select (database, &error,
                                               "SELECT name, CAST(value AS TEXT) FROM meta"
                                               " WHERE substr(name,1,length(?1))=?1",
                                               "t", PRINT_PREFIX);

  while (herald_database_next (database, rows, &error))
    g_hash_table_insert (prints, g_strdup (herald_column_get_text (rows, 0) + strlen (PRINT_PREFIX)),
                         g_strdup (herald_column_get_text (rows, 1)));
  if (error != NULL)
    g_warning ("What is muted cannot be read: %s", error->message);

  return prints;
}

void
herald_mute_memory_set_print (HeraldDatabase *database,
                              const char     *printer,
                              const char     *print)
{
  g_autofree char *name = g_strconcat (PRINT_PREFIX, printer, NULL);

  set_value (database, name, print);
}

char *
herald_mute_memory_dup_open_print (HeraldDatabase *database,
                                   const char     *printer)
{
  return dup_text (database,
                   "SELECT job.name FROM job JOIN server ON server.id=job.server"
                   " WHERE server.printer=?1 AND job.outcome IS NULL",
                   printer);
}
