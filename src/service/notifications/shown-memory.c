/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-shown-memory"

#include "service/notifications/shown-memory.h"

#define SERVER_NAME "notification server"

/* What is older has long been read. */
#define ROWS_MAX 500

static char *
dup_known (HeraldDatabase  *database,
           GError         **error)
{
  sqlite3_stmt *rows = herald_database_select (database, error, "SELECT CAST(value AS TEXT) FROM meta WHERE name=?1", "t",
                                               SERVER_NAME);
  char *known = NULL;

  if (herald_database_next (database, rows, error))
    {
      known = g_strdup (herald_column_get_text (rows, 0));
      sqlite3_reset (rows);
    }

  return known;
}

gint64
herald_shown_memory_meet (HeraldDatabase *database,
                          const char     *server,
                          gint64          now_ms)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *known = dup_known (database, &error);
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT " %s", now_ms, server);
  const char *space = known != NULL ? strchr (known, ' ') : NULL;

  if (space != NULL && g_str_equal (space + 1, server))
    return g_ascii_strtoll (known, NULL, 10);

  if (error == NULL)
    herald_database_run (database, &error,
                         "INSERT INTO meta(name,value) VALUES(?1,CAST(?2 AS BLOB))"
                         " ON CONFLICT(name) DO UPDATE SET value=excluded.value",
                         "tt", SERVER_NAME, value);
  if (error != NULL)
    g_warning ("Who shows notifications cannot be kept: %s", error->message);

  return now_ms;
}

static int
compare_ends (gconstpointer a,
              gconstpointer b)
{
  const HeraldDelivery *one = *(HeraldDelivery *const *) a;
  const HeraldDelivery *other = *(HeraldDelivery *const *) b;

  return one->finished_ms != other->finished_ms ? (one->finished_ms > other->finished_ms) - (one->finished_ms < other->finished_ms)
                                                : (one->id > other->id) - (one->id < other->id);
}

GPtrArray *
herald_shown_memory_list (HeraldOutbox *outbox,
                          const char   *channel,
                          gint64        since_ms)
{
  const HeraldHistoryFilter filter = { .limit = ROWS_MAX };
  g_autoptr(GHashTable) newer = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GError) error = NULL;
  GPtrArray *rows = herald_outbox_query_history (outbox, &filter, &error);

  if (rows == NULL)
    {
      g_warning ("What is shown cannot be read: %s", error->message);
      return g_ptr_array_new ();
    }

  /* The newest comes first; what was put off after it was shown is not on the screen. */
  for (guint i = 0; i < rows->len;)
    {
      const HeraldDelivery *row = g_ptr_array_index (rows, i);

      if (g_hash_table_add (newer, g_strdup (row->key)) && g_str_equal (row->channel, channel) && row->remote_id != NULL &&
          row->state == HERALD_DELIVERY_DELIVERED && row->finished_ms >= since_ms)
        i++;
      else
        g_ptr_array_remove_index (rows, i);
    }
  g_ptr_array_sort (rows, compare_ends);

  return rows;
}
