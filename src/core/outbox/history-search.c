/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-search"

#include "core/outbox/history-search.h"

#include <string.h>

#include "core/outbox/history-walk.h"
#include "core/outbox/history-words.h"

/* CROSS JOIN: by the numbers of the deliveries, whatever else is asked */
#define FOUND \
  " FROM delivery CROSS JOIN event ON event.id=delivery.event" \
  " WHERE delivery.id>=?1 AND delivery.id<?2 AND delivery.id>?3" \
  " AND (?4 IS NULL OR instr(?4,','||delivery.state||',')>0)" \
  " AND (?5 IS NULL OR delivery.channel=?5) AND (?6 IS NULL OR event.kind=?6)" \
  " AND (?7 IS NULL OR event.server=(SELECT id FROM server WHERE printer=?7))" \
  " AND delivery.created_ms>=?8 AND delivery.created_ms<?9" \
  " ORDER BY delivery.id DESC"

typedef struct
{
  HeraldHistoryQuery *query;
  char *states;
  guint limit;
  GString *scratch;
  GArray *found;
  guint n_looked; /* of the ids that are asked for */
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  herald_history_query_free (search->query);
  g_free (search->states);
  g_string_free (search->scratch, TRUE);
  g_clear_pointer (&search->found, g_array_unref);
  g_free (search);
}

static gboolean
has_words (Search       *search,
           sqlite3_stmt *row)
{
  char **words = search->query->words;
  const char *channel = herald_column_get_text (row, 1);
  guint known = 0;

  herald_history_words_look_in_message (words, &known, search->scratch, sqlite3_column_blob (row, 5),
                                        (gsize) sqlite3_column_bytes (row, 5));
  for (int i = 1; i < 5; i++)
    herald_history_words_look (words, &known, search->scratch, herald_column_get_text (row, i), -1);
  if (search->query->names != NULL)
    herald_history_words_look (words, &known, search->scratch, g_hash_table_lookup (search->query->names, channel), -1);

  return known == herald_history_words_get_all (words);
}

static gboolean
look_at (HeraldDatabase  *database,
         gint64           from,
         gint64           below,
         gpointer         task_data,
         GError         **error)
{
  Search *search = task_data;
  const HeraldHistoryQuery *query = search->query;
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *rows = herald_database_select (
      database, &problem,
      query->words != NULL ? "SELECT delivery.id, delivery.channel, delivery.dest, delivery.reason, delivery.note, delivery.body" FOUND
                           : "SELECT delivery.id" FOUND,
      "iiittttii", from, below, query->after, search->states, query->channel, query->kind, query->printer, query->since_ms,
      query->until_ms > 0 ? query->until_ms : G_MAXINT64);

  while (herald_database_next (database, rows, &problem))
    {
      gint64 id = sqlite3_column_int64 (rows, 0);

      if (search->found->len < search->limit && (query->words == NULL || has_words (search, rows)))
        g_array_append_val (search->found, id);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  return search->found->len < search->limit && from - 1 > query->after;
}

static void
return_found (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&search->found), (GDestroyNotify) g_array_unref);
}

/* Returns: G_SOURCE_REMOVE when there is nothing more to look at */
static gboolean
look_at_asked (gpointer user_data)
{
  GTask *task = user_data;
  Search *search = g_task_get_task_data (task);
  HeraldOutbox *outbox = g_task_get_source_object (task);
  GArray *ids = search->query->ids;
  g_autoptr(GError) error = NULL;

  for (guint end = MIN (search->n_looked + 64, ids->len); search->n_looked < end && error == NULL; search->n_looked++)
    {
      gint64 id = g_array_index (ids, gint64, search->n_looked);

      if (id > 0 && id < G_MAXINT64)
        look_at (herald_outbox_get_database (outbox), id, id + 1, search, &error);
    }

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  else if (search->n_looked < ids->len)
    return G_SOURCE_CONTINUE;
  else
    return_found (task);

  return G_SOURCE_REMOVE;
}

/**
 * herald_history_search_async:
 * @taken_query: what is wanted
 *
 * The loop is held for no more than some milliseconds at once, however many rows there are.
 */
void
herald_history_search_async (HeraldOutbox        *outbox,
                             HeraldHistoryQuery  *taken_query,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (outbox, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, herald_history_search_async);
  search->query = taken_query;
  search->states = herald_history_query_dup_states (taken_query);
  search->limit = taken_query->limit > 0 ? MIN (taken_query->limit, HERALD_HISTORY_MAX) : HERALD_HISTORY_MAX;
  search->scratch = g_string_new (NULL);
  search->found = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_task_set_task_data (task, search, search_free);

  if (taken_query->ids != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, look_at_asked, task, g_object_unref);
  else
    herald_history_walk (task, herald_outbox_get_database (outbox), "SELECT max(id) FROM delivery WHERE id<?1",
                         taken_query->before > 0 ? taken_query->before : G_MAXINT64, look_at, return_found);
}

/**
 * herald_history_search_finish:
 *
 * Returns: (transfer full) (element-type gint64): numbers of deliveries, the newest first, or in the order in which they were
 *   asked for; %NULL with a G_IO_ERROR
 */
GArray *
herald_history_search_finish (HeraldOutbox  *outbox,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, outbox), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
