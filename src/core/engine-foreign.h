/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "core/import/import-source.h"

G_BEGIN_DECLS

/**
 * HeraldForeignMode:
 * @HERALD_FOREIGN_TRY: only says what would become of it
 * @HERALD_FOREIGN_TAKE: does it
 */
typedef enum
{
  HERALD_FOREIGN_TRY,
  HERALD_FOREIGN_TAKE,
} HeraldForeignMode;

/* Takes @plan, and over what it says: all of it, or nothing. @printer: (nullable): id of that to which it belongs. The result
 * is the plan with all its lines, (transfer full); NULL with HERALD_ERROR_SETTINGS, HERALD_ERROR_BUSY or a G_IO_ERROR: then
 * nothing has changed. */
void              herald_engine_take_plan_async  (HeraldEngine         *self,
                                                  HeraldImportPlan     *take_plan,
                                                  const char           *printer,
                                                  HeraldForeignMode     mode,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
HeraldImportPlan *herald_engine_take_plan_finish (HeraldEngine         *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

/* Reads a file in a worker. @source: (nullable) */
void              herald_engine_read_file_async     (HeraldEngine             *self,
                                                     GBytes                   *content,
                                                     const HeraldImportSource *source,
                                                     GCancellable             *cancellable,
                                                     GAsyncReadyCallback       callback,
                                                     gpointer                  user_data);
HeraldImportPlan *herald_engine_read_file_finish    (HeraldEngine             *self,
                                                     GAsyncResult             *result,
                                                     GError                  **error);

/* Asks a printer's OctoPrint for its settings and reads them. @source: (nullable) */
void              herald_engine_read_printer_async  (HeraldEngine             *self,
                                                     const char               *printer,
                                                     const HeraldImportSource *source,
                                                     GCancellable             *cancellable,
                                                     GAsyncReadyCallback       callback,
                                                     gpointer                  user_data);
HeraldImportPlan *herald_engine_read_printer_finish (HeraldEngine             *self,
                                                     GAsyncResult             *result,
                                                     GError                  **error);

G_END_DECLS
