/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-bus-link"

#include "service/session/bus-link.h"

#include "core/base/backoff.h"

/* A bus that is there answers in milliseconds. */
#define CONNECT_LIMIT_S 10
#define RETRY_BASE_MS 1000
#define RETRY_CAP_MS 60000

/**
 * HeraldBusLink:
 *
 * The connection to the bus of the user's session, or to that of the system, for as long as there is
 * one. A bus that is missing or dies never ends the program: it is tried
 * again, with growing pauses. Libraries that use the same bus get the same
 * connection wherever that is possible.
 */
struct _HeraldBusLink
{
  GObject parent_instance;

  GBusType type;
  GDBusConnection *connection;
  gulong closed_id;
  GCancellable *cancellable;
  guint limit_id;
  guint retry_id;
  guint n_failures;
  gboolean told_absent;
};

G_DEFINE_FINAL_TYPE (HeraldBusLink, herald_bus_link, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CONNECTED,
  SIGNAL_DISCONNECTED,
  SIGNAL_ABSENT,
  N_SIGNALS,
} HeraldBusLinkSignal;

static guint signals[N_SIGNALS];

static void try_to_connect (HeraldBusLink *self);

static gboolean
on_retry_timeout (gpointer user_data)
{
  HeraldBusLink *self = user_data;

  self->retry_id = 0;
  try_to_connect (self);

  return G_SOURCE_REMOVE;
}

static void
try_later (HeraldBusLink *self)
{
  gint64 wait_ms = herald_backoff_delay_ms (++self->n_failures, RETRY_BASE_MS, RETRY_CAP_MS,
                                            g_random_double ());

  g_clear_handle_id (&self->limit_id, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->retry_id = g_timeout_add ((guint) wait_ms, on_retry_timeout, self);
}

static void
fail (HeraldBusLink *self,
      const GError     *error)
{
  g_debug ("No %s bus: %s", self->type == G_BUS_TYPE_SESSION ? "session" : "system", error->message);
  try_later (self);

  if (!self->told_absent)
    {
      self->told_absent = TRUE;
      g_signal_emit (self, signals[SIGNAL_ABSENT], 0);
    }
}

static void
on_connection_closed (GDBusConnection *connection,
                      gboolean         remote_peer_vanished,
                      GError          *error,
                      gpointer         user_data)
{
  HeraldBusLink *self = user_data;

  g_clear_signal_handler (&self->closed_id, self->connection);
  try_later (self);
  g_signal_emit (self, signals[SIGNAL_DISCONNECTED], 0);
}

static void
take_connection (HeraldBusLink *self,
                 GDBusConnection  *connection)
{
  g_clear_handle_id (&self->limit_id, g_source_remove);
  g_clear_object (&self->cancellable);
  self->n_failures = 0;
  self->told_absent = TRUE;

  self->connection = connection;
  self->closed_id = g_signal_connect (connection, "closed", G_CALLBACK (on_connection_closed), self);
  g_signal_emit (self, signals[SIGNAL_CONNECTED], 0, connection);
}

static void
on_private_connection_ready (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data)
{
  g_autoptr(HeraldBusLink) self = HERALD_BUS_LINK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_finish (result, &error);

  if (self->cancellable == NULL)
    g_clear_object (&connection);
  else if (connection == NULL)
    fail (self, error);
  else
    take_connection (self, connection);
}

/* Somebody still holds the shared connection although it is closed, so that GLib would go on handing
 * it out. */
static void
connect_privately (HeraldBusLink *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *address = g_dbus_address_get_for_bus_sync (self->type, NULL, &error);

  if (address == NULL)
    {
      fail (self, error);
      return;
    }

  g_dbus_connection_new_for_address (address,
                                     G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                       G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                     NULL, self->cancellable, on_private_connection_ready,
                                     g_object_ref (self));
}

static void
on_shared_connection_ready (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr(HeraldBusLink) self = HERALD_BUS_LINK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) connection = g_bus_get_finish (result, &error);

  /* First of all: GLib ends the process when a shared connection dies */
  if (connection != NULL)
    g_dbus_connection_set_exit_on_close (connection, FALSE);

  if (self->cancellable == NULL)
    return;

  if (connection == NULL)
    fail (self, error);
  else if (g_dbus_connection_is_closed (connection))
    connect_privately (self);
  else
    take_connection (self, g_steal_pointer (&connection));
}

static gboolean
on_limit_timeout (gpointer user_data)
{
  HeraldBusLink *self = user_data;

  self->limit_id = 0;
  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_REMOVE;
}

static void
try_to_connect (HeraldBusLink *self)
{
  g_clear_object (&self->connection);
  self->cancellable = g_cancellable_new ();
  self->limit_id = g_timeout_add_seconds (CONNECT_LIMIT_S, on_limit_timeout, self);
  g_bus_get (self->type, self->cancellable, on_shared_connection_ready,
             g_object_ref (self));
}

/* GObject */

static void
herald_bus_link_dispose (GObject *object)
{
  herald_bus_link_stop (HERALD_BUS_LINK (object));

  G_OBJECT_CLASS (herald_bus_link_parent_class)->dispose (object);
}

static void
herald_bus_link_class_init (HeraldBusLinkClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_bus_link_dispose;

  signals[SIGNAL_CONNECTED] = g_signal_new ("connected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_DBUS_CONNECTION);
  signals[SIGNAL_DISCONNECTED] = g_signal_new ("disconnected", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                               NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ABSENT] = g_signal_new ("absent", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
}

static void
herald_bus_link_init (HeraldBusLink *self)
{
}

HeraldBusLink *
herald_bus_link_new (GBusType type)
{
  HeraldBusLink *self = g_object_new (HERALD_TYPE_BUS_LINK, NULL);

  self->type = type;

  return self;
}

/**
 * herald_bus_link_start:
 *
 * Begins to look for the bus. Every outcome is told by a signal.
 */
void
herald_bus_link_start (HeraldBusLink *self)
{
  g_return_if_fail (self->cancellable == NULL && self->connection == NULL);

  try_to_connect (self);
}

/**
 * herald_bus_link_stop:
 *
 * Stops looking and lets the connection go, without a signal.
 */
void
herald_bus_link_stop (HeraldBusLink *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->limit_id, g_source_remove);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  if (self->connection != NULL)
    g_clear_signal_handler (&self->closed_id, self->connection);
  g_clear_object (&self->connection);
}
