/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-settings"

#include "core/printers/octoprint/octoprint-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/net/certificate.h"
#include "core/printers/octoprint/octoprint-url.h"

#define USER_MAX_BYTES 255

/* The name is set before the password with a colon between them (RFC 7617 section 2). */
static gboolean
check_user (HeraldValues  *settings,
            GError       **error)
{
  const char *user = herald_values_get (settings, "user");

  if (user == NULL)
    return TRUE;

  if (strlen (user) > USER_MAX_BYTES || strchr (user, ':') != NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("The user name for the proxy must not contain a colon or be longer "
                             "than 255 characters"));
      return FALSE;
    }
  for (const char *p = user; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      {
        g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                             _("The user name for the proxy contains a character nobody can "
                               "type"));
        return FALSE;
      }

  return TRUE;
}

static gboolean
check_certificate (HeraldValues  *settings,
                   GError       **error)
{
  const char *typed = herald_values_get (settings, "certificate");
  g_autofree char *fingerprint = NULL;

  if (typed == NULL || *typed == '\0')
    return TRUE;

  fingerprint = herald_certificate_check_fingerprint (typed, error);
  if (fingerprint == NULL)
    return FALSE;

  herald_values_set (settings, "certificate", fingerprint);
  return TRUE;
}

/**
 * herald_octoprint_settings_check:
 * @settings: what the user wants: `name`, `url`, `enabled`, `user` (for a proxy), `certificate` (the
 *   only key to trust). Address and fingerprint are put into their normal form here
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
  if (url == NULL || !check_user (settings, error) || !check_certificate (settings, error))
    return FALSE;

  herald_values_set (settings, "url", url);
  return TRUE;
}
