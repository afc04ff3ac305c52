/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-address-guard"

#include "core/net/address-guard.h"

#include <string.h>

/* Where a request keeps its guard */
#define GUARD "herald-address-guard"

#define IPV4_BYTES 4
#define IPV6_BYTES 16

/* Looks at where a request has arrived, not at the name it was sent to: a name may mean another address the
 * second time it is asked for. */
typedef struct
{
  HeraldAddresses allowed;
  GCancellable *cancellable;
  gboolean has_refused;
} Guard;

static void
guard_free (Guard *guard)
{
  g_clear_object (&guard->cancellable);
  g_free (guard);
}

/* The IPv4 address in an IPv6 one (RFC 4291 section 2.5.5.2) is where the bytes go. */
static GInetAddress *
unmap (GInetAddress *address)
{
  static const guint8 prefix[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_native_size (address) == IPV6_BYTES && memcmp (bytes, prefix, sizeof prefix) == 0)
    return g_inet_address_new_from_bytes (bytes + sizeof prefix, G_SOCKET_FAMILY_IPV4);

  return g_object_ref (address);
}

/* Also what providers and private networks over the internet use inside (RFC 6598, RFC 4193) */
static gboolean
is_private (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_is_site_local (address))
    return TRUE;
  if (g_inet_address_get_native_size (address) == IPV4_BYTES)
    return bytes[0] == 100 && (bytes[1] & 0xc0) == 64;

  return (bytes[0] & 0xfe) == 0xfc;
}

/**
 * herald_addresses_allow:
 *
 * Returns: whether a request may go to @address
 */
gboolean
herald_addresses_allow (HeraldAddresses   allowed,
                     GInetAddress *address)
{
  g_autoptr(GInetAddress) plain = unmap (address);
  const guint8 *bytes = g_inet_address_to_bytes (plain);
  gboolean is_ipv4 = g_inet_address_get_native_size (plain) == IPV4_BYTES;

  /* 0.x.y.z is this computer, too; from 224.0.0.0 on nobody is one computer */
  if (g_inet_address_get_is_any (plain) || g_inet_address_get_is_multicast (plain) ||
      (is_ipv4 && (bytes[0] == 0 || bytes[0] >= 224)))
    return FALSE;
  if (g_inet_address_get_is_loopback (plain))
    return (allowed & HERALD_ADDRESSES_LOOPBACK) != 0;
  if (g_inet_address_get_is_link_local (plain))
    return (allowed & HERALD_ADDRESSES_LINK_LOCAL) != 0;

  return is_private (plain) || (allowed & HERALD_ADDRESSES_PUBLIC) != 0;
}

static void
on_network_event (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  gpointer            user_data)
{
  Guard *guard = user_data;
  g_autoptr(GSocketAddress) remote = NULL;

  if (event != G_SOCKET_CLIENT_CONNECTED || !G_IS_SOCKET_CONNECTION (connection))
    return;

  remote = g_socket_connection_get_remote_address (G_SOCKET_CONNECTION (connection), NULL);
  if (G_IS_INET_SOCKET_ADDRESS (remote) &&
      herald_addresses_allow (guard->allowed, g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote))))
    return;

  guard->has_refused = TRUE;
  g_cancellable_cancel (guard->cancellable);
}

/**
 * herald_address_guard:
 * @message: not sent yet; gets a connection of its own, which nobody uses after it
 * @cancellable: what it is sent with; cancelled when it has come where it may not go, before a byte is written
 */
void
herald_address_guard (SoupMessage  *message,
                      HeraldAddresses   allowed,
                      GCancellable *cancellable)
{
  Guard *guard = g_new0 (Guard, 1);

  guard->allowed = allowed;
  guard->cancellable = g_object_ref (cancellable);
  g_object_set_data_full (G_OBJECT (message), GUARD, guard, (GDestroyNotify) guard_free);
  soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Connection", "close");
  g_signal_connect (message, "network-event", G_CALLBACK (on_network_event), guard);
}

gboolean
herald_address_guard_has_refused (SoupMessage *message)
{
  Guard *guard = g_object_get_data (G_OBJECT (message), GUARD);

  return guard != NULL && guard->has_refused;
}
