/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-past-event"

#include "core/outbox/past-event.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

#define SELECT \
  "SELECT event.kind, event.source, server.printer, event.occurred_ms, event.observed_ms, event.payload, event.dedupe" \
  " FROM event JOIN server ON server.id=event.server "

/* %NULL if the row makes no sense */
static HeraldEvent *
read_row (sqlite3_stmt *row)
{
  const char *printer = herald_column_get_text (row, 2);
  const char *payload = herald_column_get_text (row, 5);
  g_autoptr(HeraldValues) values = NULL;
  HeraldEventSource source;
  HeraldEventKind kind;
  HeraldEvent *event;

  if (payload != NULL)
    values = herald_values_from_json (payload, strlen (payload), NULL);
  if (values == NULL || !herald_event_kind_from_id (herald_column_get_text (row, 0), &kind) ||
      !herald_event_source_from_id (herald_column_get_text (row, 1), &source))
    return NULL;

  event = herald_event_new (kind, source, printer != NULL && *printer != '\0' ? printer : NULL, NULL,
                            herald_column_get_text (row, 6), sqlite3_column_int64 (row, 4), values);
  herald_event_set_occurred (event, sqlite3_column_int64 (row, 3));

  return event;
}

/* To the last row, so that the statement can be used again */
static HeraldEvent *
read_first (HeraldDatabase  *database,
            sqlite3_stmt    *rows,
            GError         **problem)
{
  HeraldEvent *event = NULL;

  while (herald_database_next (database, rows, problem))
    {
      if (event == NULL)
        event = read_row (rows);
    }

  return event;
}

/**
 * herald_past_event_load:
 * @id: as the history has it
 *
 * Returns: (transfer full): the event; %NULL with HERALD_ERROR_SETTINGS if there is none, or a G_IO_ERROR
 */
HeraldEvent *
herald_past_event_load (HeraldDatabase  *database,
                        gint64           id,
                        GError         **error)
{
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *rows = herald_database_select (database, &problem, SELECT "WHERE event.id=?1", "i", id);
  HeraldEvent *event = read_first (database, rows, &problem);

  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (event == NULL)
    g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                         _("There is no event of that number; the history shows all"));

  return event;
}

/**
 * herald_past_event_load_last:
 * @printer: (nullable): id of a printer; %NULL for any
 *
 * Returns: (transfer full) (nullable): the newest event of @kind; %NULL if there is none, or with a G_IO_ERROR
 */
HeraldEvent *
herald_past_event_load_last (HeraldDatabase   *database,
                             HeraldEventKind   kind,
                             const char       *printer,
                             GError          **error)
{
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *rows = herald_database_select (
    database, &problem,
    SELECT "WHERE event.kind=?1 AND (?2 IS NULL OR server.printer=?2) ORDER BY event.id DESC LIMIT 1", "tt",
    herald_event_kind_get_info (kind)->id, printer);
  HeraldEvent *event = read_first (database, rows, &problem);

  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));

  return event;
}
