/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-settings"

#include "core/printers/octoprint/octoprint-settings.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/printers/octoprint/octoprint-url.h"

/**
 * herald_octoprint_settings_check:
 * @settings: what the user wants; the address is put into its normal form here
 *
 * Returns: whether a printer can have them; if not, @error is HERALD_ERROR_SETTINGS
 */
gboolean
herald_octoprint_settings_check (HeraldValues  *settings,
                                 GError       **error)
{
  const char *name = herald_values_get (settings, "name");
  const char *typed = herald_values_get (settings, "url");
  g_autofree char *url = NULL;

  /* Without one it is called what its server calls it */
  if (name != NULL && *name == '\0')
    herald_values_set (settings, "name", NULL);
  if (typed == NULL || *typed == '\0')
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("The printer needs an address"));
      return FALSE;
    }

  url = herald_octoprint_url_normalise (typed, error);
  if (url == NULL)
    return FALSE;

  herald_values_set (settings, "url", url);
  return TRUE;
}
