/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-settings"

#include "core/printers/octoprint/octoprint-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/net/certificate.h"
#include "core/printers/octoprint/octoprint-url.h"

#define USER_MAX_BYTES 255
#define URL_MAX_BYTES 1024
#define CAMERA_MAX_BYTES 255

/* Shorter no camera is, and longer nobody waits for a message. */
#define SNAPSHOT_TIMEOUT_MIN_S 1
#define SNAPSHOT_TIMEOUT_MAX_S 30

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

/* Typed by the user himself, so it may be anywhere; but a password would lie open in the settings. */
static gboolean
check_snapshot_url (HeraldValues  *settings,
                    GError       **error)
{
  const char *typed = herald_values_get (settings, "snapshot-url");
  g_autoptr(GUri) uri = NULL;
  const char *scheme;

  if (typed == NULL || *typed == '\0')
    return TRUE;

  uri = strlen (typed) <= URL_MAX_BYTES ? g_uri_parse (typed, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  if ((g_strcmp0 (scheme, "http") != 0 && g_strcmp0 (scheme, "https") != 0) || g_uri_get_host (uri) == NULL ||
      *g_uri_get_host (uri) == '\0')
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("The address of the picture must begin with http:// or https://, as in "
                             "http://camera.local/?action=snapshot"));
      return FALSE;
    }
  if (g_uri_get_userinfo (uri) != NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("The address of the picture must not contain a user name or password"));
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_snapshot_timeout (HeraldValues  *settings,
                        GError       **error)
{
  const char *typed = herald_values_get (settings, "snapshot-timeout");
  guint64 seconds;

  if (typed == NULL || *typed == '\0' ||
      g_ascii_string_to_unsigned (typed, 10, SNAPSHOT_TIMEOUT_MIN_S, SNAPSHOT_TIMEOUT_MAX_S, &seconds, NULL))
    return TRUE;

  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                       _("The camera can be given 1 to 30 seconds to answer"));
  return FALSE;
}

static gboolean
check_turns (HeraldValues  *settings,
             GError       **error)
{
  static const char *const names[] = { "flip-horizontally", "flip-vertically", "rotate-left" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *typed = herald_values_get (settings, names[i]);

      if (typed == NULL || *typed == '\0' || g_str_equal (typed, "true") || g_str_equal (typed, "false"))
        continue;

      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                   /* Translators: the name of a setting */
                   _("“%s” is “true” or “false”, or empty to do as OctoPrint says"), names[i]);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_camera (HeraldValues  *settings,
              GError       **error)
{
  const char *camera = herald_values_get (settings, "camera");

  if (camera == NULL || strlen (camera) <= CAMERA_MAX_BYTES)
    return check_snapshot_url (settings, error) && check_snapshot_timeout (settings, error) &&
           check_turns (settings, error);

  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("No camera has such a long name"));
  return FALSE;
}

/**
 * herald_octoprint_settings_check_names:
 * @changes: what somebody wants to set
 *
 * A file may have names of a later version, which are kept; who types one has mistyped it.
 *
 * Returns: whether a printer has settings with these names; if not, @error is HERALD_ERROR_SETTINGS
 */
gboolean
herald_octoprint_settings_check_names (HeraldValues  *changes,
                                       GError       **error)
{
  static const char *const names[] = {
    "name", "url", "enabled", "user", "certificate", "snapshot-url", "snapshot-timeout", "camera", "flip-horizontally",
    "flip-vertically", "rotate-left", "demo", NULL,
  };
  const char *enabled = herald_values_get (changes, "enabled");
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      if (g_strv_contains (names, name))
        continue;

      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("A printer has no setting “%s”"), (char *) name);
      return FALSE;
    }
  if (enabled == NULL || *enabled == '\0' || g_str_equal (enabled, "true") || g_str_equal (enabled, "false"))
    return TRUE;

  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("“%s” must be true or false"), "enabled");
  return FALSE;
}

/**
 * herald_octoprint_settings_check:
 * @settings: what the user wants: `name`, `url`, `enabled`, `user` (for a proxy), `certificate` (the
 *   only key to trust), `snapshot-url`, `snapshot-timeout` (seconds), `camera`, `flip-horizontally`,
 *   `flip-vertically`, `rotate-left`. Address and fingerprint are put into their normal form here
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
  if (url == NULL || !check_user (settings, error) || !check_certificate (settings, error) ||
      !check_camera (settings, error))
    return FALSE;

  herald_values_set (settings, "url", url);
  return TRUE;
}
