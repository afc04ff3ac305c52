/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-network-service"

#include "core/printers/discovery/network-service.h"

#include <gio/gio.h>
#include <string.h>

#include "core/base/text.h"

/* RFC 1035, 2.3.4 */
#define HOST_MAX_BYTES 253

/* RFC 6763, 6.2 and 6.4: a key has at most nine characters, a whole entry 255 bytes, all of them
 * together should not pass 1300. */
#define KEY_MAX_BYTES 32
#define ENTRY_MAX_BYTES 255
#define MAX_ENTRIES 64

#define NAME_MAX_CHARS 255

/* Avahi's flag of a service that this computer announces itself */
#define FROM_THIS_COMPUTER (1 << 3)

/* Only names of the local network: no other name is anything mDNS could vouch for. */
static char *
read_host (const char *host)
{
  g_autofree char *lower = g_ascii_strdown (host, -1);
  gsize length = strlen (lower);

  if (length > 0 && lower[length - 1] == '.')
    lower[--length] = '\0';
  if (length > HOST_MAX_BYTES || !g_str_has_suffix (lower, ".local") || !g_ascii_isalnum (*lower) ||
      strstr (lower, "..") != NULL ||
      strspn (lower, "abcdefghijklmnopqrstuvwxyz0123456789-.") != length)
    return g_strdup ("");

  return g_steal_pointer (&lower);
}

/* An address for everybody: a link-local one of IPv6 means nothing without its interface. */
static gboolean
is_usable (const char *text,
           gboolean    from_this_computer)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (text);

  if (address == NULL || g_inet_address_get_is_any (address) ||
      g_inet_address_get_is_multicast (address))
    return FALSE;
  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
      g_inet_address_get_is_link_local (address))
    return FALSE;

  /* Another computer has no business with the services of this one. */
  return from_this_computer || !g_inet_address_get_is_loopback (address);
}

/* RFC 6763, 6.4: keys do not differ by case, and the first one counts. */
static void
read_entry (HeraldValues *txt,
            GVariant     *entry)
{
  gsize length;
  const char *bytes = g_variant_get_fixed_array (entry, &length, 1);
  g_autofree char *text = NULL;
  g_autofree char *key = NULL;
  g_autofree char *value = NULL;
  const char *equals;

  if (length == 0 || length > ENTRY_MAX_BYTES || memchr (bytes, '\0', length) != NULL)
    return;

  text = g_strndup (bytes, length);
  equals = strchr (text, '=');
  if (equals == NULL || equals == text || equals - text > KEY_MAX_BYTES)
    return;

  key = g_ascii_strdown (text, equals - text);
  if (strspn (key, "abcdefghijklmnopqrstuvwxyz0123456789-_.") != strlen (key) ||
      herald_values_get (txt, key) != NULL)
    return;

  value = herald_text_clean (equals + 1, ENTRY_MAX_BYTES);
  herald_values_set (txt, key, value);
}

/**
 * herald_network_service_read:
 * @reply: of the type HERALD_NETWORK_SERVICE_REPLY: what ResolveService of Avahi's server returns
 *
 * Returns: (transfer full) (nullable): the service, or %NULL if nobody could connect to it
 */
HeraldNetworkService *
herald_network_service_read (GVariant *reply)
{
  g_autoptr(HeraldNetworkService) self = g_new0 (HeraldNetworkService, 1);
  const char *name;
  const char *host;
  const char *address;
  g_autoptr(GVariant) txt = NULL;
  guint32 flags;

  g_variant_get (reply, "(ii&s&s&s&si&sq@aayu)", NULL, NULL, &name, NULL, NULL, &host, NULL,
                 &address, &self->port, &txt, &flags);
  if (self->port == 0 || !is_usable (address, (flags & FROM_THIS_COMPUTER) != 0))
    return NULL;

  self->name = herald_text_clean (name, NAME_MAX_CHARS);
  self->host = read_host (host);
  self->address = g_strdup (address);
  self->txt = herald_values_new ();
  for (gsize i = 0; i < MIN (g_variant_n_children (txt), MAX_ENTRIES); i++)
    {
      g_autoptr(GVariant) entry = g_variant_get_child_value (txt, i);

      read_entry (self->txt, entry);
    }

  return g_steal_pointer (&self);
}

void
herald_network_service_free (HeraldNetworkService *self)
{
  g_free (self->name);
  g_free (self->host);
  g_free (self->address);
  g_clear_pointer (&self->txt, g_hash_table_unref);
  g_free (self);
}
