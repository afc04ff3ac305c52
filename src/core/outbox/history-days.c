/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-days"

#include "core/outbox/history-days.h"

#include "core/outbox/history-walk.h"

typedef struct
{
  GArray *days;
  char *printer;
  gint64 end_ms;
} Count;

static void
count_free (gpointer data)
{
  Count *count = data;

  g_clear_pointer (&count->days, g_array_unref);
  g_free (count->printer);
  g_free (count);
}

/* (nullable): the day in which @ms is; they are not all of the same length */
static HeraldHistoryDay *
find_day (Count  *count,
          gint64  ms)
{
  if (ms >= count->end_ms)
    return NULL;

  for (guint i = count->days->len; i > 0; i--)
    {
      HeraldHistoryDay *day = &g_array_index (count->days, HeraldHistoryDay, i - 1);

      if (ms >= day->start_ms)
        return day;
    }

  return NULL;
}

static gboolean
end_step (Count     *count,
          gint64     oldest_ms,
          GError    *problem,
          GError   **error)
{
  if (problem != NULL)
    {
      g_propagate_error (error, g_error_copy (problem));
      return FALSE;
    }

  return oldest_ms >= g_array_index (count->days, HeraldHistoryDay, 0).start_ms;
}

static gboolean
count_prints (HeraldDatabase  *database,
              gint64           from,
              gint64           below,
              gpointer         task_data,
              GError         **error)
{
  Count *count = task_data;
  gint64 oldest_ms = G_MAXINT64;
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *rows = herald_database_select (
      database, &problem,
      "SELECT kind, coalesce(occurred_ms,observed_ms), observed_ms FROM event WHERE id>=?1 AND id<?2"
      " AND (?3 IS NULL OR server=(SELECT id FROM server WHERE printer=?3)) ORDER BY id DESC",
      "iit", from, below, count->printer);

  while (herald_database_next (database, rows, &problem))
    {
      HeraldHistoryDay *day = find_day (count, sqlite3_column_int64 (rows, 1));
      HeraldEventKind kind;

      oldest_ms = sqlite3_column_int64 (rows, 2);
      if (day == NULL || !herald_event_kind_from_id (herald_column_get_text (rows, 0), &kind))
        continue;
      day->n_finished += kind == HERALD_KIND_PRINT_DONE;
      day->n_failed += kind == HERALD_KIND_PRINT_FAILED || kind == HERALD_KIND_PRINT_CANCELLED;
    }

  return end_step (count, oldest_ms, problem, error);
}

static void
add_delivery (HeraldHistoryDay    *day,
              HeraldDeliveryState  state)
{
  switch ((guint) state)
    {
    case HERALD_DELIVERY_DELIVERED:
    case HERALD_DELIVERY_PROBABLE:
    case HERALD_DELIVERY_DIGESTED:
      day->n_delivered++;
      break;
    case HERALD_DELIVERY_EXPIRED:
    case HERALD_DELIVERY_REJECTED:
    case HERALD_DELIVERY_QUARANTINED:
      day->n_lost++;
      break;
    /* What somebody called back, or wanted to be silent, is not lost. */
    case HERALD_DELIVERY_CANCELLED:
    default:
      break;
    }
}

static gboolean
count_deliveries (HeraldDatabase  *database,
                  gint64           from,
                  gint64           below,
                  gpointer         task_data,
                  GError         **error)
{
  Count *count = task_data;
  gint64 oldest_ms = G_MAXINT64;
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *rows = herald_database_select (
      database, &problem,
      "SELECT delivery.state, delivery.created_ms FROM delivery CROSS JOIN event ON event.id=delivery.event"
      " WHERE delivery.id>=?1 AND delivery.id<?2"
      " AND (?3 IS NULL OR event.server=(SELECT id FROM server WHERE printer=?3)) ORDER BY delivery.id DESC",
      "iit", from, below, count->printer);

  while (herald_database_next (database, rows, &problem))
    {
      HeraldHistoryDay *day = find_day (count, sqlite3_column_int64 (rows, 1));
      HeraldDeliveryState state;

      oldest_ms = sqlite3_column_int64 (rows, 1);
      if (day != NULL && herald_delivery_state_from_id (herald_column_get_text (rows, 0), &state))
        add_delivery (day, state);
    }

  return end_step (count, oldest_ms, problem, error);
}

static void
return_days (GTask *task)
{
  Count *count = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&count->days), (GDestroyNotify) g_array_unref);
}

static void
go_on_with_deliveries (GTask *task)
{
  herald_history_walk (g_object_ref (task), herald_outbox_get_database (g_task_get_source_object (task)),
                       "SELECT max(id) FROM delivery WHERE id<?1", G_MAXINT64, count_deliveries, return_days);
}

/* By the calendar: where clocks are changed a day has 23 or 25 hours. */
static GArray *
make_days (guint      n_days,
           gint64     now_ms,
           GTimeZone *zone,
           gint64    *end_ms)
{
  GArray *days = g_array_new (FALSE, TRUE, sizeof (HeraldHistoryDay));
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr(GDateTime) now = g_date_time_to_timezone (utc, zone);

  for (guint i = 0; i <= n_days; i++)
    {
      g_autoptr(GDateTime) some = g_date_time_add_days (now, (int) i + 1 - (int) n_days);
      g_autoptr(GDateTime) midnight = g_date_time_new (zone, g_date_time_get_year (some), g_date_time_get_month (some),
                                                       g_date_time_get_day_of_month (some), 0, 0, 0);
      HeraldHistoryDay day = { .start_ms = g_date_time_to_unix (midnight) * 1000 };

      if (i < n_days)
        g_array_append_val (days, day);
      else
        *end_ms = day.start_ms;
    }

  return days;
}

/**
 * herald_history_days_async:
 *
 * The loop is held for no more than some milliseconds at once.
 */
void
herald_history_days_async (HeraldOutbox        *outbox,
                           guint                n_days,
                           gint64               now_ms,
                           GTimeZone           *zone,
                           const char          *printer,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (outbox, cancellable, callback, user_data);
  Count *count = g_new0 (Count, 1);

  g_return_if_fail (n_days > 0 && n_days <= HERALD_HISTORY_DAYS_MAX);

  g_task_set_source_tag (task, herald_history_days_async);
  count->days = make_days (n_days, now_ms, zone, &count->end_ms);
  count->printer = g_strdup (printer);
  g_task_set_task_data (task, count, count_free);
  herald_history_walk (task, herald_outbox_get_database (outbox), "SELECT max(id) FROM event WHERE id<?1", G_MAXINT64,
                       count_prints, go_on_with_deliveries);
}

/**
 * herald_history_days_finish:
 *
 * Returns: (transfer full) (element-type HeraldHistoryDay): today is the last; %NULL with a G_IO_ERROR
 */
GArray *
herald_history_days_finish (HeraldOutbox  *outbox,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, outbox), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
