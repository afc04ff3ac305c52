/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-from-octotray"

#include "core/import/import-source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/text.h"

/* OctoTray 0.3 to 0.5: an array of QSettings, whose numbers begin with 1 */

#define PRINTERS "printers/"

/* Stands in the table until somebody has typed a key. */
#define NO_KEY "000000000_API_KEY_HERE_000000000"

static const char *
get (HeraldValues *values,
     guint         number,
     const char   *name)
{
  g_autofree char *key = g_strdup_printf (PRINTERS "%u/%s", number, name);

  return herald_values_get (values, key);
}

static void
read_printer (HeraldImportPlan *plan,
              HeraldValues     *values,
              guint             number)
{
  const char *host = get (values, number, "host");
  const char *type = get (values, number, "api_type");
  const char *key = get (values, number, "key");
  g_autofree char *label = herald_text_clean (host, 100);
  g_autofree char *url = NULL;

  if (*label == '\0')
    {
      herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, _("A printer"), _("It has no address. Please add it by hand."));
      return;
    }
  if (type != NULL && g_ascii_strcasecmp (type, "octoprint") != 0)
    {
      herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, label,
                               _("It does not run OctoPrint, and OctoHerald works with OctoPrint only."));
      return;
    }
  if (key != NULL && (g_str_equal (key, NO_KEY) || !herald_import_is_key (key)))
    key = NULL;
  if (key == NULL)
    herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, label,
                             _("Its key is missing or not valid. Ask the printer for access."));

  url = strstr (host, "://") != NULL ? g_strdup (host) : g_strconcat ("http://", host, NULL);
  herald_import_plan_add_printer (plan, label, NULL, url, key);
}

static gboolean
has_heat (HeraldValues *values,
          guint         number)
{
  const char *tool = get (values, number, "tool_preheat");
  const char *bed = get (values, number, "bed_preheat");

  return (tool != NULL && *tool != '\0' && !g_str_equal (tool, "0")) ||
         (bed != NULL && *bed != '\0' && !g_str_equal (bed, "0"));
}

/**
 * herald_from_octotray_read:
 * @values: of the file OctoTray.conf
 *
 * Returns: whether it is one
 */
gboolean
herald_from_octotray_read (HeraldImportPlan *plan,
                           HeraldValues     *values)
{
  const char *size = herald_values_get (values, PRINTERS "size");
  guint64 n_printers = 0;
  gboolean heats = FALSE;

  if (size == NULL || !g_ascii_string_to_unsigned (size, 10, 0, G_MAXUINT, &n_printers, NULL))
    return FALSE;

  for (guint i = 1; i <= MIN (n_printers, HERALD_IMPORT_MAX_PRINTERS); i++)
    {
      read_printer (plan, values, i);
      heats = heats || has_heat (values, i);
    }
  if (n_printers > HERALD_IMPORT_MAX_PRINTERS)
    herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, _("Printers"),
                             _("There are more than %d; the others are not taken over. Please add them by hand."),
                             HERALD_IMPORT_MAX_PRINTERS);
  if (heats)
    herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, _("Preheating and moving"),
                             _("OctoHerald neither heats nor moves a printer."));

  return TRUE;
}
