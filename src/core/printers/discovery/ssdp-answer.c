/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-ssdp-answer"

#include "core/printers/discovery/ssdp-answer.h"

#include <string.h>

#define LOCATION_MAX_BYTES 1024

#define HEADER "location:"

static gboolean
is_success (const char *line)
{
  g_auto(GStrv) words = g_strsplit (line, " ", 3);

  return words[0] != NULL && words[1] != NULL && g_str_has_prefix (words[0], "HTTP/1.") &&
         g_str_equal (words[1], "200");
}

static gboolean
is_plain_ascii (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p))
        return FALSE;
    }

  return TRUE;
}

/* Nobody may send us to somebody else: to this computer's own services, for instance. */
static gboolean
is_at_sender (const char   *location,
              GInetAddress *sender)
{
  g_autoptr(GUri) uri = g_uri_parse (location, G_URI_FLAGS_NONE, NULL);
  g_autoptr(GInetAddress) address = NULL;

  if (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), "http") != 0 ||
      g_uri_get_userinfo (uri) != NULL || g_uri_get_host (uri) == NULL)
    return FALSE;

  address = g_inet_address_new_from_string (g_uri_get_host (uri));

  return address != NULL && g_inet_address_equal (address, sender);
}

/**
 * herald_ssdp_answer_read:
 * @datagram: what came; any bytes
 * @sender: where it came from
 *
 * Reads the answer to a search (UPnP Device Architecture 1.0, 1.2.3).
 *
 * Returns: (transfer full) (nullable): its location, an http address at @sender;
 *   %NULL if it is anything else
 */
char *
herald_ssdp_answer_read (const char   *datagram,
                         gsize         length,
                         GInetAddress *sender)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  if (length == 0 || length > HERALD_SSDP_ANSWER_MAX_BYTES ||
      memchr (datagram, '\0', length) != NULL)
    return NULL;

  text = g_strndup (datagram, length);
  lines = g_strsplit (text, "\n", -1);
  if (!is_success (lines[0]))
    return NULL;

  for (char **line = lines + 1; *line != NULL && *g_strchomp (*line) != '\0'; line++)
    {
      char *location;

      if (g_ascii_strncasecmp (*line, HEADER, strlen (HEADER)) != 0)
        continue;

      location = g_strstrip (*line + strlen (HEADER));
      if (strlen (location) > LOCATION_MAX_BYTES || !is_plain_ascii (location) ||
          !is_at_sender (location, sender))
        return NULL;
      return g_strdup (location);
    }

  return NULL;
}
