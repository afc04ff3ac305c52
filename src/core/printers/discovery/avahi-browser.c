/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-avahi-browser"

#include "core/printers/discovery/avahi-browser.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/net/time-limit.h"
#include "core/printers/discovery/network-service.h"

#define AVAHI "org.freedesktop.Avahi"
#define SERVER AVAHI ".Server"
#define SERVER2 AVAHI ".Server2"
#define BROWSER AVAHI ".ServiceBrowser"

/* Avahi's own numbers: any interface, any protocol, no flags */
#define ANY_INTERFACE (-1)
#define ANY_PROTOCOL (-1)
#define NO_FLAGS 0

#define ITEM_TYPE "(iisssu)"

/* A workshop of forty servers, each told of by IPv4 and IPv6 on one interface. What is more is
 * noise; and a bus has at most 128 questions of one client open. */
#define MAX_ITEMS 96

/* A search under way. The connection is its own: when it is closed, Avahi frees whatever was asked
 * for over it, also what it was just about to tell of. */
typedef struct
{
  char *service_type;
  HeraldTimeLimit *limit;
  GSource *over;
  GDBusConnection *bus;
  guint item_id;
  gboolean browsing;
  guint n_items;
  GPtrArray *services;
} BrowseCall;

static void
browse_call_free (BrowseCall *call)
{
  g_free (call->service_type);
  g_clear_pointer (&call->limit, herald_time_limit_free);
  g_clear_pointer (&call->over, g_source_unref);
  g_clear_object (&call->bus);
  g_clear_pointer (&call->services, g_ptr_array_unref);
  g_free (call);
}

/* The end */

static gboolean
is_over (BrowseCall *call)
{
  return g_source_is_destroyed (call->over);
}

static void
end (GTask *task)
{
  BrowseCall *call = g_task_get_task_data (task);

  if (call->bus != NULL)
    {
      g_dbus_connection_signal_unsubscribe (call->bus, call->item_id);
      g_dbus_connection_close (call->bus, NULL, NULL, NULL);
    }
  if (call->browsing)
    g_task_return_pointer (task, g_steal_pointer (&call->services),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNREACHABLE,
                             _("Avahi, which knows the services of the local network, "
                               "does not answer on this computer"));

  /* Drops what the source has kept of the task. */
  g_source_destroy (call->over);
}

static gboolean
on_limit_over (GCancellable *cancellable,
               gpointer      user_data)
{
  g_autoptr(GTask) task = g_object_ref (G_TASK (user_data));

  end (task);

  return G_SOURCE_REMOVE;
}

/* Any failure before the first service: there is no Avahi. */
static void
give_up (GTask        *task,
         const GError *error)
{
  BrowseCall *call = g_task_get_task_data (task);

  if (is_over (call))
    return;

  g_debug ("no Avahi: %s", error->message);
  call->browsing = FALSE;
  end (task);
}

/* Resolving */

static void
on_resolve_ready (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  BrowseCall *call = g_task_get_task_data (task);
  g_autoptr(GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr(HeraldNetworkService) service = NULL;

  /* It has gone again, or nobody knows its address */
  if (reply == NULL || is_over (call))
    return;

  service = herald_network_service_read (reply);
  if (service != NULL)
    g_ptr_array_add (call->services, g_steal_pointer (&service));
}

static void
on_item_new (GDBusConnection *bus,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *signal,
             GVariant        *arguments,
             gpointer         user_data)
{
  GTask *task = user_data;
  BrowseCall *call = g_task_get_task_data (task);
  int network_interface;
  int protocol;
  const char *name;
  const char *type;
  const char *domain;

  /* Who tells of services is there, even if the answer to the question comes after them. */
  call->browsing = TRUE;
  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE (ITEM_TYPE)) || ++call->n_items > MAX_ITEMS)
    return;

  g_variant_get (arguments, "(ii&s&s&su)", &network_interface, &protocol, &name, &type, &domain,
                 NULL);
  g_dbus_connection_call (bus, AVAHI, "/", SERVER, "ResolveService",
                          g_variant_new ("(iisssiu)", network_interface, protocol, name, type,
                                         domain, protocol, NO_FLAGS),
                          G_VARIANT_TYPE (HERALD_NETWORK_SERVICE_REPLY), G_DBUS_CALL_FLAGS_NONE, -1,
                          herald_time_limit_get_cancellable (call->limit), on_resolve_ready,
                          g_object_ref (task));
}

/* Browsing */

static void
on_start_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  BrowseCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply == NULL)
    give_up (task, error);
  else
    call->browsing = TRUE;
}

static void
call_server (GTask               *task,
             const char          *interface,
             const char          *method,
             GAsyncReadyCallback  callback)
{
  BrowseCall *call = g_task_get_task_data (task);

  g_dbus_connection_call (
      call->bus, AVAHI, "/", interface, method,
      g_variant_new ("(iissu)", ANY_INTERFACE, ANY_PROTOCOL, call->service_type, "", NO_FLAGS),
      G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1,
      herald_time_limit_get_cancellable (call->limit), callback, g_object_ref (task));
}

static void
on_prepare_ready (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  BrowseCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  const char *path;

  /* Before 0.8 a browser began at once, and told of services before we knew its path. */
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_INTERFACE))
    {
      call_server (task, SERVER, "ServiceBrowserNew", on_start_ready);
      return;
    }
  if (reply == NULL)
    {
      give_up (task, error);
      return;
    }

  g_variant_get (reply, "(&o)", &path);
  g_dbus_connection_call (
      call->bus, AVAHI, path, BROWSER, "Start", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1,
      herald_time_limit_get_cancellable (call->limit), on_start_ready, g_object_ref (task));
}

static void
on_bus_ready (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  BrowseCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) bus = g_dbus_connection_new_for_address_finish (result, &error);

  if (bus == NULL)
    {
      give_up (task, error);
      return;
    }
  if (is_over (call))
    {
      g_dbus_connection_close (bus, NULL, NULL, NULL);
      return;
    }

  call->bus = g_steal_pointer (&bus);
  /* Before there is a browser, and whatever its path: nothing can be missed. */
  call->item_id = g_dbus_connection_signal_subscribe (call->bus, AVAHI, BROWSER, "ItemNew", NULL,
                                                      NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_item_new,
                                                      g_object_ref (task), g_object_unref);
  call_server (task, SERVER2, "ServiceBrowserPrepare", on_prepare_ready);
}

/**
 * herald_avahi_browse_async:
 * @service_type: of DNS-SD (RFC 6763, 4.1.2), without the domain
 * @duration_ms: how long to collect
 *
 * Asks Avahi over its D-Bus API, on the system bus. Takes @duration_ms, less if
 * there is no Avahi.
 */
void
herald_avahi_browse_async (const char          *service_type,
                           guint                duration_ms,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  BrowseCall *call = g_new0 (BrowseCall, 1);
  g_autofree char *address = NULL;
  g_autoptr(GError) error = NULL;

  g_task_set_source_tag (task, herald_avahi_browse_async);
  g_task_set_task_data (task, call, (GDestroyNotify) browse_call_free);
  call->service_type = g_strdup (service_type);
  call->services = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_network_service_free);
  call->limit = herald_time_limit_new (duration_ms, cancellable);
  call->over = g_cancellable_source_new (herald_time_limit_get_cancellable (call->limit));
  g_source_set_callback (call->over, G_SOURCE_FUNC (on_limit_over), g_object_ref (task),
                         g_object_unref);
  g_source_attach (call->over, g_task_get_context (task));

  /* Of the system bus it only looks at the environment. */
  address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SYSTEM, NULL, &error);
  if (address == NULL)
    {
      give_up (task, error);
      return;
    }

  g_dbus_connection_new_for_address (address,
                                     G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                       G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                     NULL, herald_time_limit_get_cancellable (call->limit),
                                     on_bus_ready, g_object_ref (task));
}

/**
 * herald_avahi_browse_finish:
 *
 * Returns: (transfer full) (element-type HeraldNetworkService): what was found;
 *   %NULL with HERALD_ERROR_UNREACHABLE if there is no Avahi to ask
 */
GPtrArray *
herald_avahi_browse_finish (GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
