/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-appearance"

#include "core/printers/octoprint/octoprint-appearance.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"
#include "core/printers/octoprint/octoprint-answer.h"
#include "core/printers/octoprint/octoprint-cameras.h"

/* With many plugins the settings take some 200 KB. */
#define SETTINGS_MAX_BYTES (2 * 1024 * 1024)

#define NAME_MAX_CHARS 100
#define COLOR_MAX_CHARS 20

void
herald_octoprint_appearance_ask_async (HeraldOctoprintServer *server,
                                       GCancellable          *cancellable,
                                       GAsyncReadyCallback    callback,
                                       gpointer               user_data)
{
  herald_octoprint_ask_async (server, "/api/settings", SETTINGS_MAX_BYTES, cancellable, callback, user_data);
}

gboolean
herald_octoprint_appearance_ask_finish (HeraldPrinter *printer,
                                        GAsyncResult  *result,
                                        GError       **error)
{
  g_autoptr(HeraldOctoprintServer) server = HERALD_OCTOPRINT_SERVER (g_async_result_get_source_object (result));
  g_autoptr(JsonObject) settings = herald_octoprint_ask_finish (result, error);
  JsonObject *appearance = herald_json_get_object (settings, "appearance");

  if (settings == NULL)
    return FALSE;
  if (!g_str_equal (herald_octoprint_server_get_base_url (server), herald_printer_get_url (printer)))
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE, _("There is no connection to OctoPrint"));
      return FALSE;
    }

  if (appearance != NULL)
    {
      g_autofree char *name = herald_json_dup_text (appearance, "name", NAME_MAX_CHARS);
      g_autofree char *color = herald_json_dup_text (appearance, "color", COLOR_MAX_CHARS);

      herald_printer_set_server_name (printer, name, color);
    }
  herald_octoprint_cameras_take (herald_octoprint_cameras_get (printer), settings);

  return TRUE;
}

static void
on_settings_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(HeraldPrinter) printer = HERALD_PRINTER (g_steal_pointer (&user_data));

  herald_octoprint_appearance_ask_finish (printer, result, NULL);
}

void
herald_octoprint_appearance_fetch (HeraldOctoprintServer *server,
                                   HeraldPrinter         *printer,
                                   GCancellable          *cancellable)
{
  herald_octoprint_appearance_ask_async (server, cancellable, on_settings_ready, g_object_ref (printer));
}
