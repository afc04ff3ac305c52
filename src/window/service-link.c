/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-service-link"

#include "window/service-link.h"

#include <glib/gi18n-lib.h>

#define BUS_NAME "io.github.octoherald.OctoHerald.Service"
#define OBJECT_PATH "/io/github/octoherald/OctoHerald"

/* The service opens its database and asks the keyring before it takes its name. */
#define START_LIMIT_MS 20000

/* For whatever has no limit of its own: the generated calls take that of their proxy. */
#define CALL_LIMIT_MS 30000

/**
 * HeraldServiceLink:
 *
 * The running service as seen over the bus: whether it is there, its printers
 * and channels as lists ordered by name, and that its history has changed. It outlives the service: when
 * that comes back, so does everything here.
 */
struct _HeraldServiceLink
{
  GObject parent_instance;

  HeraldLinkState state;
  char *problem;
  GCancellable *cancellable;
  GCancellable *inquiry; /* into what the service that runs now has */
  GDBusObjectManager *manager; /* NULL until that is known */
  HeraldDBusService1 *service; /* NULL until there was a link */
  GListStore *printers;
  GListStore *channels;
};

G_DEFINE_FINAL_TYPE (HeraldServiceLink, herald_service_link, G_TYPE_OBJECT)

enum
{
  STATE_CHANGED,
  DELIVERY_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_state (HeraldServiceLink *self,
           HeraldLinkState    state,
           const char        *problem)
{
  if (self->state == state && g_strcmp0 (self->problem, problem) == 0)
    return;

  self->state = state;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

/* Printers and channels both have a name and an id; the cached property, because they are two types. */
static char *
dup_property (GDBusProxy *proxy,
              const char *name)
{
  g_autoptr(GVariant) value = g_dbus_proxy_get_cached_property (proxy, name);

  return value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) ? g_variant_dup_string (value, NULL)
                                                                              : g_strdup ("");
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  g_autofree char *first_name = dup_property ((GDBusProxy *) a, "Name");
  g_autofree char *second_name = dup_property ((GDBusProxy *) b, "Name");
  int order = g_utf8_collate (first_name, second_name);

  return order != 0 ? order
                    : g_strcmp0 (g_dbus_proxy_get_object_path ((GDBusProxy *) a),
                                 g_dbus_proxy_get_object_path ((GDBusProxy *) b));
}

static void
on_printer_name_changed (HeraldServiceLink *self)
{
  g_list_store_sort (self->printers, compare_names, NULL);
}

static void
on_channel_name_changed (HeraldServiceLink *self)
{
  g_list_store_sort (self->channels, compare_names, NULL);
}

static void
add_proxy (HeraldServiceLink *self,
           GListStore        *store,
           gpointer           proxy,
           GCallback          on_name_changed)
{
  if (g_list_store_find (store, proxy, NULL))
    return;

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (proxy), CALL_LIMIT_MS);
  g_signal_connect_object (proxy, "notify::name", on_name_changed, self, G_CONNECT_SWAPPED);
  g_list_store_insert_sorted (store, proxy, compare_names, NULL);
}

static void
on_object_added (GDBusObjectManager *manager,
                 GDBusObject        *object,
                 gpointer            user_data)
{
  HeraldServiceLink *self = HERALD_SERVICE_LINK (user_data);
  g_autoptr(HeraldDBusPrinter1) printer = herald_dbus_object_get_printer1 (HERALD_DBUS_OBJECT (object));
  g_autoptr(HeraldDBusChannel1) channel = herald_dbus_object_get_channel1 (HERALD_DBUS_OBJECT (object));

  if (printer != NULL)
    add_proxy (self, self->printers, printer, G_CALLBACK (on_printer_name_changed));
  if (channel != NULL)
    add_proxy (self, self->channels, channel, G_CALLBACK (on_channel_name_changed));
}

/* By its path: when it is told, the object has lost its interfaces. */
static void
remove_path (GListStore *store,
             const char *path)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (store)); i > 0; i--)
    {
      g_autoptr(GDBusProxy) proxy = g_list_model_get_item (G_LIST_MODEL (store), i - 1);

      if (g_str_equal (g_dbus_proxy_get_object_path (proxy), path))
        g_list_store_remove (store, i - 1);
    }
}

/* The state first, so that who sees the lists get empty knows that nothing was removed. */
static void
forget_service (HeraldServiceLink *self,
                HeraldLinkState    state)
{
  g_cancellable_cancel (self->inquiry);
  g_clear_object (&self->inquiry);
  g_clear_object (&self->manager);
  set_state (self, state, NULL);
  g_list_store_remove_all (self->printers);
  g_list_store_remove_all (self->channels);
}

static void
on_object_removed (GDBusObjectManager *manager,
                   GDBusObject        *object,
                   gpointer            user_data)
{
  HeraldServiceLink *self = HERALD_SERVICE_LINK (user_data);
  const char *path = g_dbus_object_get_object_path (object);
  g_autofree char *owner = g_dbus_object_manager_client_get_name_owner (G_DBUS_OBJECT_MANAGER_CLIENT (manager));

  /* A service that goes may lose one after the other before its name is gone. */
  if (owner == NULL)
    forget_service (self, HERALD_LINK_ABSENT);
  remove_path (self->printers, path);
  remove_path (self->channels, path);
}

/* ── A service that runs ────────────────────────────────────────────────── */

static void
on_manager_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(HeraldServiceLink) self = HERALD_SERVICE_LINK (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusObjectManager) manager = herald_dbus_object_manager_client_new_finish (result, &error);
  g_autofree char *owner = NULL;
  GList *objects;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (manager == NULL)
    {
      g_debug ("No object manager: %s", error->message);
      set_state (self, HERALD_LINK_ABSENT, _("The service does not answer. Please log out and in "
                                             "again."));
      return;
    }

  /* It is gone already, which is told in a moment. */
  owner = g_dbus_object_manager_client_get_name_owner (G_DBUS_OBJECT_MANAGER_CLIENT (manager));
  if (owner == NULL)
    return;

  self->manager = g_steal_pointer (&manager);
  g_signal_connect_object (self->manager, "object-added", G_CALLBACK (on_object_added), self, 0);
  g_signal_connect_object (self->manager, "object-removed", G_CALLBACK (on_object_removed), self, 0);
  objects = g_dbus_object_manager_get_objects (self->manager);
  for (GList *entry = objects; entry != NULL; entry = entry->next)
    on_object_added (self->manager, entry->data, self);
  g_list_free_full (objects, g_object_unref);
  set_state (self, HERALD_LINK_RUNNING, NULL);
}

/* Each life of the service is asked by the name that no other will have. By the other one GLib would ask the next life by
 * itself, but tell nobody if that fails. */
static void
on_owner_changed (HeraldServiceLink *self)
{
  g_autofree char *owner = g_dbus_proxy_get_name_owner (G_DBUS_PROXY (self->service));

  forget_service (self, owner != NULL ? HERALD_LINK_CONNECTING : HERALD_LINK_ABSENT);
  if (owner == NULL)
    return;

  self->inquiry = g_cancellable_new ();
  herald_dbus_object_manager_client_new (g_dbus_proxy_get_connection (G_DBUS_PROXY (self->service)),
                                         G_DBUS_OBJECT_MANAGER_CLIENT_FLAGS_NONE, owner, OBJECT_PATH, self->inquiry,
                                         on_manager_ready, g_object_ref (self));
}

static void
on_delivery_changed (HeraldDBusService1 *service,
                     gint64              id,
                     gpointer            user_data)
{
  g_signal_emit (user_data, signals[DELIVERY_CHANGED], 0);
}

/* ── Starting it ────────────────────────────────────────────────────────── */

static void
on_start_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(HeraldServiceLink) self = HERALD_SERVICE_LINK (user_data);
  g_autoptr(GVariant) answer = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *owner = NULL;

  answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_debug ("The bus could not start the service: %s", error->message);
  /* One that was started by hand may be there all the same. */
  owner = g_dbus_proxy_get_name_owner (G_DBUS_PROXY (self->service));
  if (owner == NULL)
    set_state (self, HERALD_LINK_ABSENT, _("The service could not be started. Please check that OctoHerald is "
                                           "installed completely, then log out and in again."));
}

/* What runs is asked at once; what is started is asked when it has its name. */
static void
find_or_start (HeraldServiceLink *self)
{
  GDBusConnection *bus = g_dbus_proxy_get_connection (G_DBUS_PROXY (self->service));
  g_autofree char *owner = g_dbus_proxy_get_name_owner (G_DBUS_PROXY (self->service));

  if (owner != NULL)
    {
      on_owner_changed (self);
      return;
    }

  g_dbus_connection_call (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "StartServiceByName",
                          g_variant_new ("(su)", BUS_NAME, 0), G_VARIANT_TYPE ("(u)"),
                          G_DBUS_CALL_FLAGS_NONE, START_LIMIT_MS, self->cancellable,
                          on_start_ready, g_object_ref (self));
}

static void
on_service_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(HeraldServiceLink) self = HERALD_SERVICE_LINK (user_data);
  g_autoptr(GError) error = NULL;

  self->service = herald_dbus_service1_proxy_new_for_bus_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (self->service == NULL)
    {
      g_debug ("No session bus: %s", error->message);
      set_state (self, HERALD_LINK_ABSENT, _("There is no desktop session to find the service in. "
                                             "Please log out and in again."));
      return;
    }

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (self->service), CALL_LIMIT_MS);
  g_signal_connect_object (self->service, "notify::g-name-owner", G_CALLBACK (on_owner_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->service, "delivery-changed", G_CALLBACK (on_delivery_changed), self, 0);
  find_or_start (self);
}

/* GObject */

static void
herald_service_link_dispose (GObject *object)
{
  HeraldServiceLink *self = HERALD_SERVICE_LINK (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->inquiry);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->inquiry);
  g_clear_object (&self->manager);
  g_clear_object (&self->service);
  g_clear_object (&self->printers);
  g_clear_object (&self->channels);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (herald_service_link_parent_class)->dispose (object);
}

static void
herald_service_link_class_init (HeraldServiceLinkClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_service_link_dispose;

  signals[STATE_CHANGED] = g_signal_new ("state-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  signals[DELIVERY_CHANGED] = g_signal_new ("delivery-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);
}

static void
herald_service_link_init (HeraldServiceLink *self)
{
  self->state = HERALD_LINK_ABSENT;
  self->cancellable = g_cancellable_new ();
  self->printers = g_list_store_new (HERALD_DBUS_TYPE_PRINTER1);
  self->channels = g_list_store_new (HERALD_DBUS_TYPE_CHANNEL1);
}

HeraldServiceLink *
herald_service_link_new (void)
{
  return g_object_new (HERALD_TYPE_SERVICE_LINK, NULL);
}

/**
 * herald_service_link_start_service:
 *
 * Asks the bus to start the service if it does not run, and links with it.
 * What comes of it is told by `state-changed`, after 20 seconds at the latest.
 */
void
herald_service_link_start_service (HeraldServiceLink *self)
{
  g_return_if_fail (HERALD_IS_SERVICE_LINK (self));

  if (self->state != HERALD_LINK_ABSENT)
    return;

  set_state (self, HERALD_LINK_CONNECTING, NULL);
  if (self->service != NULL)
    find_or_start (self);
  else
    herald_dbus_service1_proxy_new_for_bus (G_BUS_TYPE_SESSION, G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START, BUS_NAME, OBJECT_PATH,
                                            self->cancellable, on_service_ready, g_object_ref (self));
}

HeraldLinkState
herald_service_link_get_state (HeraldServiceLink *self)
{
  return self->state;
}

/**
 * herald_service_link_get_problem:
 *
 * Returns: (nullable) (transfer none): why the service is absent and what to do, if that is known
 */
const char *
herald_service_link_get_problem (HeraldServiceLink *self)
{
  return self->problem;
}

/**
 * herald_service_link_get_printers:
 *
 * Returns: (transfer none): of #HeraldDBusPrinter1, by name
 */
GListModel *
herald_service_link_get_printers (HeraldServiceLink *self)
{
  return G_LIST_MODEL (self->printers);
}

/**
 * herald_service_link_get_channels:
 *
 * Returns: (transfer none): of #HeraldDBusChannel1, by name
 */
GListModel *
herald_service_link_get_channels (HeraldServiceLink *self)
{
  return G_LIST_MODEL (self->channels);
}

/**
 * herald_service_link_get_service:
 *
 * Returns: (nullable) (transfer none): Service1, once there was a link
 */
HeraldDBusService1 *
herald_service_link_get_service (HeraldServiceLink *self)
{
  return self->service;
}

/* (transfer full) (nullable) */
static GDBusProxy *
find_by_id (GListStore *store,
            const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr(GDBusProxy) proxy = g_list_model_get_item (G_LIST_MODEL (store), i);
      g_autofree char *found = dup_property (proxy, "Id");

      if (g_strcmp0 (found, id) == 0)
        return g_steal_pointer (&proxy);
    }

  return NULL;
}

static char *
dup_name (GListStore *store,
          const char *id)
{
  g_autoptr(GDBusProxy) proxy = find_by_id (store, id);

  return proxy != NULL ? dup_property (proxy, "Name") : g_strdup (id);
}

/**
 * herald_service_link_ref_printer:
 * @id: of a printer, which may be gone
 *
 * Returns: (nullable) (transfer full): it
 */
HeraldDBusPrinter1 *
herald_service_link_ref_printer (HeraldServiceLink *self,
                                 const char        *id)
{
  return (HeraldDBusPrinter1 *) find_by_id (self->printers, id);
}

/**
 * herald_service_link_ref_channel:
 * @id: of a channel, which may be gone
 *
 * Returns: (nullable) (transfer full): it
 */
HeraldDBusChannel1 *
herald_service_link_ref_channel (HeraldServiceLink *self,
                                 const char        *id)
{
  return (HeraldDBusChannel1 *) find_by_id (self->channels, id);
}

/**
 * herald_service_link_dup_printer_name:
 * @id: of a printer, which may be gone
 *
 * Returns: (transfer full): its name, or @id
 */
char *
herald_service_link_dup_printer_name (HeraldServiceLink *self,
                                      const char        *id)
{
  return dup_name (self->printers, id);
}

/**
 * herald_service_link_dup_channel_name:
 * @id: of a channel, which may be gone
 *
 * Returns: (transfer full): its name, or @id
 */
char *
herald_service_link_dup_channel_name (HeraldServiceLink *self,
                                      const char        *id)
{
  return dup_name (self->channels, id);
}
