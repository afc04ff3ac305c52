/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-from-octoprint-desktop"

#include "core/import/import-source.h"

#include <glib/gi18n-lib.h>

#include "core/base/json-reader.h"
#include "core/import/plugin-settings.h"

/* OctoPrint-Desktop of 2021: an object for one server, or a list of them */

/* What counts where nothing is written */
#define USUAL_NAME "3d printer"
#define USUAL_URL "http://octopi.local"
#define NO_KEY "invalidapikey"

static gboolean
is_server (JsonObject *object)
{
  return json_object_has_member (object, "octoprintURL") || json_object_has_member (object, "apiKey") ||
         json_object_has_member (object, "printerName");
}

static void
read_server (HeraldImportPlan *plan,
             JsonObject       *object)
{
  g_autofree char *name = herald_plugin_dup_text (object, "printerName");
  g_autofree char *url = herald_plugin_dup_text (object, "octoprintURL");
  g_autofree char *key = herald_plugin_dup_secret (object, "apiKey");
  JsonArray *events = herald_json_get_array (object, "eventNotification");
  const char *address = url != NULL ? url : USUAL_URL;
  const char *label = name != NULL ? name : address;

  if (key == NULL || g_str_equal (key, NO_KEY) || !herald_import_is_key (key))
    {
      g_clear_pointer (&key, g_free);
      herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, label,
                               _("Its key is missing or not valid. Ask the printer for access."));
    }
  herald_import_plan_add_printer (plan, label, g_strcmp0 (name, USUAL_NAME) != 0 ? name : NULL, address, key);

  if (events != NULL && json_array_get_length (events) > 0)
    herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, label,
                             _("The words of its notifications are not taken over: OctoHerald has its own, which you can change."));
}

/**
 * herald_from_octoprint_desktop_read:
 * @document: of the file octoprint-desktop.json
 *
 * Returns: whether it is one
 */
gboolean
herald_from_octoprint_desktop_read (HeraldImportPlan *plan,
                                    JsonNode         *document)
{
  JsonArray *servers = JSON_NODE_HOLDS_ARRAY (document) ? json_node_get_array (document) : NULL;
  guint n_servers = servers != NULL ? json_array_get_length (servers) : 0;
  gboolean found = FALSE;

  if (JSON_NODE_HOLDS_OBJECT (document) && is_server (json_node_get_object (document)))
    {
      read_server (plan, json_node_get_object (document));
      return TRUE;
    }

  for (guint i = 0; i < MIN (n_servers, HERALD_IMPORT_MAX_PRINTERS); i++)
    {
      JsonNode *node = json_array_get_element (servers, i);

      if (!JSON_NODE_HOLDS_OBJECT (node) || !is_server (json_node_get_object (node)))
        continue;

      read_server (plan, json_node_get_object (node));
      found = TRUE;
    }
  if (found && n_servers > HERALD_IMPORT_MAX_PRINTERS)
    herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, _("Printers"),
                             _("There are more than %d; the others are not taken over. Please add them by hand."),
                             HERALD_IMPORT_MAX_PRINTERS);

  return found;
}
