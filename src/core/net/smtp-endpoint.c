/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-endpoint"

#include "core/net/smtp-endpoint.h"

#include <string.h>

#include "core/net/time-limit.h"

static void
on_connect_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldTimeLimit *limit = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  GSocketConnection *socket = NULL;

  socket = g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (object), result, &error);
  if (socket != NULL)
    g_task_return_pointer (task, socket, g_object_unref);
  else if (herald_time_limit_is_over (limit))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no connection in time");
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * herald_smtp_endpoint_dial_async:
 * @direct: not through a proxy, even if the system has one: a proxy on this
 *   computer would look like a server on this computer
 * @limit_ms: how long finding and reaching the host may take
 *
 * Connects to @host, trying its addresses in turn (RFC 8305).
 */
void
herald_smtp_endpoint_dial_async (const char          *host,
                                 guint16              port,
                                 gboolean             direct,
                                 guint                limit_ms,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  HeraldTimeLimit *limit = herald_time_limit_new (limit_ms, cancellable);

  g_socket_client_set_enable_proxy (client, !direct);
  g_task_set_task_data (task, limit, (GDestroyNotify) herald_time_limit_free);
  g_socket_client_connect_to_host_async (client, host, port, herald_time_limit_get_cancellable (limit),
                                         on_connect_ready, g_steal_pointer (&task));
}

/**
 * herald_smtp_endpoint_dial_finish:
 *
 * Returns: (transfer full): a connection, or %NULL with an error of GIO
 */
GSocketConnection *
herald_smtp_endpoint_dial_finish (GAsyncResult  *result,
                                  GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * herald_smtp_endpoint_is_loopback:
 *
 * Returns: whether the other end is on this very computer, so that nobody can listen in
 */
gboolean
herald_smtp_endpoint_is_loopback (GSocketConnection *socket)
{
  g_autoptr(GSocketAddress) address = NULL;

  address = g_socket_connection_get_remote_address (socket, NULL);

  return G_IS_INET_SOCKET_ADDRESS (address) &&
         g_inet_address_get_is_loopback (
             g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

/**
 * herald_smtp_endpoint_dup_own_name:
 *
 * Returns: (transfer full): what we call ourselves in EHLO: this computer's full name, or else
 *   its address in brackets (RFC 5321 4.1.3, 4.1.4). Some servers refuse a bare name.
 */
char *
herald_smtp_endpoint_dup_own_name (GSocketConnection *socket)
{
  g_autofree char *name = g_hostname_to_ascii (g_get_host_name ());
  g_autoptr(GSocketAddress) address = NULL;
  g_autofree char *text = NULL;
  GInetAddress *inet;

  if (name != NULL && strchr (name, '.') != NULL && *name != '.' && !g_str_has_suffix (name, ".") &&
      strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-") ==
        strlen (name))
    return g_steal_pointer (&name);

  address = g_socket_connection_get_local_address (socket, NULL);
  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("[127.0.0.1]");

  inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));
  text = g_inet_address_to_string (inet);

  return g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV6
           ? g_strdup_printf ("[IPv6:%s]", text)
           : g_strdup_printf ("[%s]", text);
}
