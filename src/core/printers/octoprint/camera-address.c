/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-camera-address"

#include "core/printers/octoprint/camera-address.h"

#include <string.h>

#include "core/printers/octoprint/octoprint-url.h"

/* OctoPrint writes the address of a camera as its own computer sees it: 127.0.0.1 is then that one, and here it would
 * be a stranger's service. */

/* Only who has an address can bind to it; nothing is sent for that. */
static gboolean
is_own_address (const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);
  g_autoptr(GSocketAddress) endpoint = NULL;
  g_autoptr(GSocket) probe = NULL;

  if (address == NULL)
    return FALSE;
  if (g_inet_address_get_is_loopback (address))
    return TRUE;

  endpoint = g_inet_socket_address_new (address, 0);
  probe = g_socket_new (g_inet_address_get_family (address), G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);

  return probe != NULL && g_socket_bind (probe, endpoint, FALSE, NULL);
}

static gboolean
is_own_name (const char *host)
{
  g_autofree char *local = g_strconcat (g_get_host_name (), ".local", NULL);

  return g_ascii_strcasecmp (host, "localhost") == 0 || g_str_has_suffix (host, ".localhost") ||
         g_ascii_strcasecmp (host, g_get_host_name ()) == 0 || g_ascii_strcasecmp (host, local) == 0;
}

static GUri *
parse (const char *url)
{
  g_autoptr(GUri) uri = url != NULL ? g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  return uri != NULL && g_uri_get_host (uri) != NULL ? g_steal_pointer (&uri) : NULL;
}

gboolean
herald_camera_is_loopback (const char *url)
{
  g_autoptr(GUri) uri = parse (url);
  const char *host = uri != NULL ? g_uri_get_host (uri) : "";
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);

  if (address == NULL)
    return g_ascii_strcasecmp (host, "localhost") == 0 || g_str_has_suffix (host, ".localhost");

  return g_inet_address_get_is_any (address) ||
         !herald_addresses_allow (HERALD_ADDRESSES_PUBLIC | HERALD_ADDRESSES_LINK_LOCAL, address);
}

gboolean
herald_camera_server_is_here (const char *base_url)
{
  g_autoptr(GUri) uri = parse (base_url);
  const char *host = uri != NULL ? g_uri_get_host (uri) : "";

  return is_own_name (host) || is_own_address (host);
}

gboolean
herald_camera_is_same_host (const char *url,
                            const char *other)
{
  g_autoptr(GUri) first = parse (url);
  g_autoptr(GUri) second = parse (other);

  return first != NULL && second != NULL &&
         g_ascii_strcasecmp (g_uri_get_host (first), g_uri_get_host (second)) == 0;
}

gboolean
herald_camera_is_same_origin (const char *url,
                              const char *other)
{
  g_autoptr(GUri) first = parse (url);
  g_autoptr(GUri) second = parse (other);

  return first != NULL && second != NULL && herald_camera_is_same_host (url, other) &&
         g_strcmp0 (g_uri_get_scheme (first), g_uri_get_scheme (second)) == 0 &&
         g_uri_get_port (first) == g_uri_get_port (second);
}

/**
 * herald_camera_get_addresses:
 * @url: absolute
 * @base_url: of the printer's OctoPrint
 * @typed: (nullable): the address that the user has entered for a picture
 *
 * Returns: everywhere for a host that the user has typed himself; else this computer only if OctoPrint is on it, and
 *   the internet only encrypted
 */
HeraldAddresses
herald_camera_get_addresses (const char *url,
                         const char *base_url,
                         const char *typed)
{
  gboolean is_same_host = herald_camera_is_same_host (url, base_url);
  guint allowed = HERALD_ADDRESSES_PRIVATE;

  if (typed != NULL && herald_camera_is_same_origin (url, typed))
    return HERALD_ADDRESSES_ALL;

  if (herald_camera_server_is_here (base_url))
    allowed |= HERALD_ADDRESSES_LOOPBACK;
  if (is_same_host)
    allowed |= HERALD_ADDRESSES_LINK_LOCAL;
  if (is_same_host || g_str_has_prefix (url, "https:"))
    allowed |= HERALD_ADDRESSES_PUBLIC;

  return (HeraldAddresses) allowed;
}
