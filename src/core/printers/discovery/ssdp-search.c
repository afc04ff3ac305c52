/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-ssdp-search"

#include "core/printers/discovery/ssdp-search.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "core/base/error.h"
#include "core/net/time-limit.h"
#include "core/printers/discovery/ssdp-answer.h"

#define GROUP "239.255.255.250"
#define PORT 1900

/* Two hops are what UPnP Device Architecture 1.1, 1.3.2 sets. */
#define HOPS 2

/* Datagrams get lost, on a wireless network more than elsewhere. */
#define REPEAT_MS 1000

/* A computer has some; bridges and tunnels of virtual machines may make them many. */
#define MAX_INTERFACES 16

/* A large home has some twenty devices that answer, each up to twice on each interface. */
#define MAX_LOCATIONS 64
#define MAX_DATAGRAMS 2000

/* The quotation marks are part of it. OctoPrint, for one, answers nothing else. */
static const char request[] = "M-SEARCH * HTTP/1.1\r\n"
                              "HOST: 239.255.255.250:1900\r\n"
                              "MAN: \"ssdp:discover\"\r\n"
                              "MX: 1\r\n"
                              "ST: upnp:rootdevice\r\n"
                              "\r\n";

typedef struct
{
  GSocketAddress *destination;
  HeraldTimeLimit *limit;
  GPtrArray *sockets;
  GPtrArray *sources;
  GPtrArray *locations;
  guint n_datagrams;
} SearchCall;

static void
destroy_source (gpointer data)
{
  GSource *source = data;

  g_source_destroy (source);
  g_source_unref (source);
}

static void
search_call_free (SearchCall *call)
{
  g_clear_object (&call->destination);
  g_clear_pointer (&call->limit, herald_time_limit_free);
  g_clear_pointer (&call->sources, g_ptr_array_unref);
  g_clear_pointer (&call->sockets, g_ptr_array_unref);
  g_clear_pointer (&call->locations, g_ptr_array_unref);
  g_free (call);
}

/* Takes the source. It lives until the search ends, which keeps the task. */
static void
attach (GTask       *task,
        GSource     *source,
        GSourceFunc  callback)
{
  SearchCall *call = g_task_get_task_data (task);

  g_source_set_callback (source, callback, task, NULL);
  g_source_attach (source, g_task_get_context (task));
  g_ptr_array_add (call->sources, source);
}

/* Sockets */

static GSocket *
make_socket (GInetAddress *local,
             guint         interface)
{
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (local, 0);
  g_autoptr(GSocket) socket = NULL;
  struct ip_mreqn request_interface = { .imr_ifindex = (int) interface };

  socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  if (socket == NULL)
    return NULL;

  g_socket_set_blocking (socket, FALSE);
  g_socket_set_multicast_ttl (socket, HOPS);
  if (interface != 0 && setsockopt (g_socket_get_fd (socket), IPPROTO_IP, IP_MULTICAST_IF,
                                    &request_interface, sizeof request_interface) != 0)
    return NULL;
  if (!g_socket_bind (socket, address, FALSE, NULL))
    return NULL;

  return g_steal_pointer (&socket);
}

/* One for each address, because the answer is wanted at that one. */
static void
open_on_interfaces (SearchCall *call)
{
  struct ifaddrs *list = NULL;

  if (getifaddrs (&list) != 0)
    return;

  for (struct ifaddrs *entry = list; entry != NULL && call->sockets->len < MAX_INTERFACES;
       entry = entry->ifa_next)
    {
      const struct sockaddr_in *address =
        (const struct sockaddr_in *) (const void *) entry->ifa_addr;
      g_autoptr(GInetAddress) local = NULL;
      GSocket *socket;

      if (address == NULL || address->sin_family != AF_INET || (entry->ifa_flags & IFF_UP) == 0 ||
          (entry->ifa_flags & IFF_MULTICAST) == 0)
        continue;

      local =
        g_inet_address_new_from_bytes ((const guint8 *) &address->sin_addr, G_SOCKET_FAMILY_IPV4);
      socket = make_socket (local, if_nametoindex (entry->ifa_name));
      if (socket != NULL)
        g_ptr_array_add (call->sockets, socket);
    }
  freeifaddrs (list);
}

static void
open_for_one (SearchCall *call)
{
  g_autoptr(GInetAddress) any = g_inet_address_new_any (G_SOCKET_FAMILY_IPV4);
  GSocket *socket = make_socket (any, 0);

  if (socket != NULL)
    g_ptr_array_add (call->sockets, socket);
}

/* Asking */

static guint
send_request (SearchCall *call)
{
  guint n_sent = 0;

  for (guint i = 0; i < call->sockets->len; i++)
    {
      g_autoptr(GError) error = NULL;

      if (g_socket_send_to (g_ptr_array_index (call->sockets, i), call->destination, request,
                            strlen (request), NULL, &error) > 0)
        n_sent++;
      else
        g_debug ("one interface could not be asked: %s", error->message);
    }

  return n_sent;
}

static gboolean
on_repeat_timeout (gpointer user_data)
{
  send_request (g_task_get_task_data (G_TASK (user_data)));

  return G_SOURCE_REMOVE;
}

/* Listening */

static void
take_datagram (SearchCall     *call,
               const char     *datagram,
               gsize           length,
               GSocketAddress *sender)
{
  GInetAddress *address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (sender));
  g_autofree char *location = herald_ssdp_answer_read (datagram, length, address);

  if (location == NULL || call->locations->len >= MAX_LOCATIONS ||
      g_ptr_array_find_with_equal_func (call->locations, location, g_str_equal, NULL))
    return;

  g_ptr_array_add (call->locations, g_steal_pointer (&location));
}

static gboolean
on_readable (GSocket      *socket,
             GIOCondition  condition,
             gpointer      user_data)
{
  GTask *task = user_data;
  SearchCall *call = g_task_get_task_data (task);
  g_autoptr(GSocketAddress) sender = NULL;
  char datagram[HERALD_SSDP_ANSWER_MAX_BYTES + 1];
  gssize length;

  /* One at a time: whoever floods us does not hold the loop, and in the end is not listened to. */
  length = g_socket_receive_from (socket, &sender, datagram, sizeof datagram, NULL, NULL);
  if (length >= 0 && G_IS_INET_SOCKET_ADDRESS (sender))
    take_datagram (call, datagram, (gsize) length, sender);

  return ++call->n_datagrams < MAX_DATAGRAMS;
}

/* Time is up, or the caller has enough. */
static gboolean
on_limit_over (GCancellable *cancellable,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  SearchCall *call = g_task_get_task_data (task);

  g_ptr_array_set_size (call->sources, 0);
  g_task_return_pointer (task, g_steal_pointer (&call->locations),
                         (GDestroyNotify) g_ptr_array_unref);

  return G_SOURCE_REMOVE;
}

/* Keeps the task until the end. */
static void
listen_to_answers (GTask *task)
{
  SearchCall *call = g_task_get_task_data (task);
  GCancellable *over = herald_time_limit_get_cancellable (call->limit);

  for (guint i = 0; i < call->sockets->len; i++)
    attach (task, g_socket_create_source (g_ptr_array_index (call->sockets, i), G_IO_IN, NULL),
            G_SOURCE_FUNC (on_readable));
  attach (task, g_timeout_source_new (REPEAT_MS), on_repeat_timeout);
  attach (g_object_ref (task), g_cancellable_source_new (over), G_SOURCE_FUNC (on_limit_over));
}

/**
 * herald_ssdp_search_async:
 * @destination: (nullable): the only one to ask; %NULL asks everybody
 * @duration_ms: how long to listen
 *
 * Searches for root devices (UPnP Device Architecture 1.0, 1.2). Takes
 * @duration_ms whether anybody answers or not.
 */
void
herald_ssdp_search_async (GSocketAddress      *destination,
                          guint                duration_ms,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  SearchCall *call = g_new0 (SearchCall, 1);

  g_task_set_source_tag (task, herald_ssdp_search_async);
  g_task_set_task_data (task, call, (GDestroyNotify) search_call_free);
  call->sockets = g_ptr_array_new_with_free_func (g_object_unref);
  call->sources = g_ptr_array_new_with_free_func (destroy_source);
  call->locations = g_ptr_array_new_with_free_func (g_free);
  if (destination != NULL)
    {
      call->destination = g_object_ref (destination);
      open_for_one (call);
    }
  else
    {
      call->destination = g_inet_socket_address_new_from_string (GROUP, PORT);
      open_on_interfaces (call);
    }

  if (send_request (call) == 0)
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNREACHABLE,
                               _("This computer is in no network that could be searched"));
      return;
    }

  call->limit = herald_time_limit_new (duration_ms, cancellable);
  listen_to_answers (task);
}

/**
 * herald_ssdp_search_finish:
 *
 * Returns: (transfer full) (element-type utf8): the locations, each once; %NULL
 *   with HERALD_ERROR_UNREACHABLE if there was no network to ask
 */
GPtrArray *
herald_ssdp_search_finish (GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
