/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-endpoint"

#include "core/net/smtp-endpoint.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
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

  socket = g_socket_client_connect_finish (G_SOCKET_CLIENT (object), result, &error);
  if (socket != NULL)
    g_task_return_pointer (task, socket, g_object_unref);
  else if (herald_time_limit_is_over (limit))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no connection in time");
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * herald_smtp_endpoint_new_server:
 * @host: (nullable): a name in any script, or an address, with or without the brackets of IPv6
 *
 * Returns: (transfer full): where to connect to, and whom to expect there; %NULL with
 *   HERALD_ERROR_SETTINGS if it is no name (RFC 5890)
 */
GSocketConnectable *
herald_smtp_endpoint_new_server (const char  *host,
                                 guint16      port,
                                 GError     **error)
{
  gsize length = host != NULL ? strlen (host) : 0;
  gboolean in_brackets = length > 2 && host[0] == '[' && host[length - 1] == ']';
  g_autofree char *bare = in_brackets ? g_strndup (host + 1, length - 2) : g_strdup (host != NULL ? host : "");
  g_autofree char *ascii = g_hostname_is_ip_address (bare) ? g_strdup (bare) : g_hostname_to_ascii (bare);

  if (ascii == NULL || *ascii == '\0' || strpbrk (ascii, " /@") != NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("The name of the mail server is not one that a server can have. Check it."));
      return NULL;
    }

  return g_network_address_new (ascii, port);
}

/**
 * herald_smtp_endpoint_dial_async:
 * @direct: not through a proxy, even if the system has one: a proxy on this
 *   computer would look like a server on this computer
 * @limit_ms: how long finding and reaching the host may take
 *
 * Connects to @server, trying its addresses in turn (RFC 8305).
 */
void
herald_smtp_endpoint_dial_async (GSocketConnectable  *server,
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
  g_socket_client_connect_async (client, server, herald_time_limit_get_cancellable (limit), on_connect_ready,
                                 g_steal_pointer (&task));
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

/* Whether a name can be told to a server: complete, and not one that every computer has. */
static gboolean
is_full_name (const char *name)
{
  return strchr (name, '.') != NULL && !g_str_has_prefix (name, ".") && !g_str_has_suffix (name, ".") &&
         strstr (name, "..") == NULL && !g_str_has_prefix (name, "localhost.") &&
         strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS ".-") == strlen (name);
}

/**
 * herald_smtp_endpoint_dup_own_name:
 * @name: what this computer is called
 * @address: (nullable): the one it has where it talks to the server
 *
 * Returns: (transfer full): what we call ourselves in EHLO: this computer's full name, or else
 *   its address in brackets (RFC 5321 4.1.3, 4.1.4). Some servers refuse a bare name.
 */
char *
herald_smtp_endpoint_dup_own_name (const char    *name,
                                   GInetAddress  *address)
{
  g_autofree char *ascii = g_hostname_to_ascii (name);
  g_autofree char *text = NULL;

  if (ascii != NULL && is_full_name (ascii))
    return g_steal_pointer (&ascii);
  if (address == NULL)
    return g_strdup ("[127.0.0.1]");

  text = g_inet_address_to_string (address);

  return g_strdup_printf (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 ? "[IPv6:%s]" : "[%s]", text);
}
