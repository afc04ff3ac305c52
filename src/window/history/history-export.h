/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "herald-dbus.h"

G_BEGIN_DECLS

/**
 * HeraldExportFormat:
 * @HERALD_EXPORT_CSV: a table, as spreadsheets read it (RFC 4180)
 * @HERALD_EXPORT_JSON: as `octoheraldctl history --json` prints it
 */
typedef enum
{
  HERALD_EXPORT_CSV,
  HERALD_EXPORT_JSON,
} HeraldExportFormat;

/* Writes the messages of @taken_ids (gint64) into a new file in a folder of the user's, some at a time */
void   herald_history_export_async  (HeraldDBusService1    *service,
                                     GArray                *taken_ids,
                                     HeraldExportFormat     format,
                                     GFileProgressCallback  progress,
                                     gpointer               progress_data,
                                     GAsyncReadyCallback    callback,
                                     gpointer               user_data);
GFile *herald_history_export_finish (GAsyncResult          *result,
                                     GError               **error);

/* In history-export-text.c: a piece of the file; @rows: an aa{sv} */
void   herald_history_export_add_rows (GString             *text,
                                     HeraldExportFormat     format,
                                     GVariant              *rows,
                                     gboolean               is_first);
void   herald_history_export_add_end  (GString             *text,
                                     HeraldExportFormat     format,
                                     gboolean               is_empty);

G_END_DECLS
