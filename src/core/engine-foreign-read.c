/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine-foreign-read"

#include "core/engine-foreign.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/engine-private.h"
#include "core/printers/octoprint/octoprint-answer.h"

/* With many plugins the settings take some 200 KB. */
#define SETTINGS_MAX_BYTES (2 * 1024 * 1024)

/* A file */

static void
parse_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  GError *error = NULL;
  gsize length = 0;
  const char *content = g_bytes_get_data (task_data, &length);
  HeraldImportFile *file = herald_import_file_parse (content, length, &error);

  if (file != NULL)
    g_task_return_pointer (task, file, (GDestroyNotify) herald_import_file_free);
  else
    g_task_return_error (task, error);
}

static void
on_parsed (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;
  g_autoptr(HeraldImportFile) file = g_task_propagate_pointer (G_TASK (result), &error);
  HeraldImportPlan *plan = file != NULL ? herald_import_file_read (file, g_task_get_task_data (task), &error) : NULL;

  if (plan != NULL)
    g_task_return_pointer (task, plan, (GDestroyNotify) herald_import_plan_free);
  else
    g_task_return_error (task, error);
}

/**
 * herald_engine_read_file_async:
 * @content: of any bytes
 * @source: (nullable): only this program; %NULL for whatever is in there
 *
 * Nothing is changed by it.
 */
void
herald_engine_read_file_async (HeraldEngine             *self,
                               GBytes                   *content,
                               const HeraldImportSource *source,
                               GCancellable             *cancellable,
                               GAsyncReadyCallback       callback,
                               gpointer                  user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(GTask) parsing = g_task_new (NULL, cancellable, on_parsed, task);

  g_task_set_source_tag (task, herald_engine_read_file_async);
  g_task_set_task_data (task, (gpointer) source, NULL);
  if (g_bytes_get_size (content) > HERALD_IMPORT_MAX_BYTES)
    {
      g_task_return_new_error (parsing, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                               _("This file is too large to be settings of a program"));
      return;
    }

  g_task_set_task_data (parsing, g_bytes_ref (content), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (parsing, parse_in_thread);
}

HeraldImportPlan *
herald_engine_read_file_finish (HeraldEngine  *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A printer */

static void
on_settings_ready (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;
  g_autoptr(JsonObject) settings = herald_octoprint_ask_finish (result, &error);
  HeraldImportPlan *plan = NULL;

  if (settings != NULL)
    plan = herald_import_read_octoprint (g_task_get_task_data (task), settings, &error);
  if (plan != NULL)
    g_task_return_pointer (task, plan, (GDestroyNotify) herald_import_plan_free);
  else
    g_task_return_error (task, error);
}

static void
on_server_loaded (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  g_autoptr(HeraldOctoprintServer) server = herald_octoprint_server_load_finish (result, &error);

  if (server == NULL)
    g_task_return_error (task, error);
  else
    herald_octoprint_ask_async (server, "/api/settings", SETTINGS_MAX_BYTES, cancellable, on_settings_ready,
                                g_steal_pointer (&task));
}

/**
 * herald_engine_read_printer_async:
 * @printer: id of a printer
 * @source: (nullable): only this program; %NULL for all
 *
 * OctoPrint tells what the owner of the key may see. Nothing is changed by it, here or there.
 */
void
herald_engine_read_printer_async (HeraldEngine             *self,
                                  const char               *printer,
                                  const HeraldImportSource *source,
                                  GCancellable             *cancellable,
                                  GAsyncReadyCallback       callback,
                                  gpointer                  user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  HeraldPrinter *here = herald_engine_find_printer (self, printer);

  g_task_set_source_tag (task, herald_engine_read_printer_async);
  g_task_set_task_data (task, (gpointer) source, NULL);
  if (here == NULL)
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("There is no “%s” here"), printer);
      return;
    }

  herald_octoprint_server_load_async (self->http, self->secrets, printer, herald_printer_get_settings (here), cancellable,
                                      on_server_loaded, g_steal_pointer (&task));
}

HeraldImportPlan *
herald_engine_read_printer_finish (HeraldEngine  *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
