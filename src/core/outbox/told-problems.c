/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-told-problems"

#include "core/outbox/told-problems.h"

#define NAME "'told-problem '||?1"

/**
 * herald_told_problems_dup:
 * @channel: id of a channel
 *
 * What is kept here outlives a restart: nobody wants to hear each morning of what they already know.
 *
 * Returns: (transfer full) (nullable): the problem of the channel a person was told last and that is not solved
 */
char *
herald_told_problems_dup (HeraldDatabase *database,
                          const char     *channel)
{
  g_autoptr(GError) error = NULL;
  sqlite3_stmt *rows = herald_database_select (database, &error,
                                               "SELECT CAST(value AS TEXT) FROM meta WHERE name=" NAME, "t", channel);
  char *sentence = NULL;

  if (herald_database_next (database, rows, &error))
    {
      sentence = g_strdup (herald_column_get_text (rows, 0));
      sqlite3_reset (rows);
    }

  return sentence;
}

/**
 * herald_told_problems_set:
 * @sentence: (nullable): what a person has just been told; %NULL if it is solved
 *
 * If the disk does not take it, somebody is told twice.
 */
void
herald_told_problems_set (HeraldDatabase *database,
                          const char     *channel,
                          const char     *sentence)
{
  g_autoptr(GError) error = NULL;

  if (sentence == NULL)
    herald_database_run (database, &error, "DELETE FROM meta WHERE name=" NAME, "t", channel);
  else
    herald_database_run (database, &error,
                         "INSERT INTO meta(name,value) VALUES(" NAME ",CAST(?2 AS BLOB))"
                         " ON CONFLICT(name) DO UPDATE SET value=excluded.value",
                         "tt", channel, sentence);

  if (error != NULL)
    g_debug ("What was told of %s cannot be noted: %s", channel, error->message);
}
