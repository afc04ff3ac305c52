/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-url"

#include "core/printers/octoprint/octoprint-url.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

#define URL_MAX_BYTES 1024

static gboolean
is_web_address (GUri *uri)
{
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return (g_strcmp0 (scheme, "http") == 0 || g_strcmp0 (scheme, "https") == 0) &&
         host != NULL && *host != '\0' && strpbrk (host, " %<>\"\\") == NULL;
}

/**
 * herald_octoprint_url_normalise:
 * @typed: what a person typed: `octopi.local`, `192.168.1.5:5000`, `https://host/octoprint/`
 *
 * Returns: (transfer full): the address with scheme and without a slash at its
 *   end, or %NULL with HERALD_ERROR_SETTINGS
 */
char *
herald_octoprint_url_normalise (const char  *typed,
                                GError     **error)
{
  g_autofree char *stripped = g_strstrip (g_strndup (typed, URL_MAX_BYTES));
  g_autofree char *full = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GUri) uri = NULL;
  g_autoptr(GUri) base = NULL;
  gsize end;

  full = strstr (stripped, "://") != NULL ? g_strdup (stripped) : g_strconcat ("http://", stripped, NULL);
  uri = g_uri_parse (full, G_URI_FLAGS_NONE, NULL);
  if (!is_web_address (uri))
    {
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                   _("“%s” is not an address of an OctoPrint. Type it as in your browser, e.g. http://octopi.local"),
                   stripped);
      return NULL;
    }
  if (g_uri_get_userinfo (uri) != NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("The address must not contain a user name or password"));
      return NULL;
    }

  path = g_strdup (g_uri_get_path (uri));
  end = strlen (path);
  while (end > 0 && path[end - 1] == '/')
    path[--end] = '\0';
  base = g_uri_build (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                      g_uri_get_port (uri), path, NULL, NULL);

  return g_uri_to_string (base);
}

/**
 * herald_octoprint_url_join:
 * @base: a normalised address
 * @path: starts with a slash; of OctoPrint, whatever prefix a proxy has put before it
 *
 * Returns: (transfer full): the whole address
 */
char *
herald_octoprint_url_join (const char *base,
                           const char *path)
{
  return g_strconcat (base, path, NULL);
}

/**
 * herald_octoprint_url_dup_origin:
 * @base: a normalised address
 *
 * Returns: (transfer full): scheme, host and port, which a key belongs to
 */
char *
herald_octoprint_url_dup_origin (const char *base)
{
  g_autoptr(GUri) uri = g_uri_parse (base, G_URI_FLAGS_NONE, NULL);
  const char *host;
  int port;

  if (uri == NULL)
    return g_strdup (base);

  host = g_uri_get_host (uri);

  port = g_uri_get_port (uri);
  if (port < 0)
    port = g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;

  return g_strdup_printf (strchr (host, ':') != NULL ? "%s://[%s]:%d" : "%s://%s:%d",
                          g_uri_get_scheme (uri), host, port);
}
