/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-bus-audience"

#include "service/bus/bus-audience.h"

/* While so many look, it does not matter who else does. */
#define VISITORS_MAX 128

/* What the thread of the connection has of us. It only counts references; @audience is for our own thread. */
typedef struct
{
  HeraldBusAudience *audience; /* NULL when it is gone */
  char *root;
} Filter;

/**
 * HeraldBusAudience:
 *
 * Whether anybody looks at our objects: a program that has asked one of them something and is still on
 * the bus. Whoever wants to follow properties has to ask for them first, so a signal that nobody of
 * these hears need not be sent.
 */
struct _HeraldBusAudience
{
  GObject parent_instance;

  char *root;
  GDBusConnection *connection;
  Filter *filter;
  guint filter_id;
  GHashTable *names; /* of those who look, and the id of the watch */
};

G_DEFINE_FINAL_TYPE (HeraldBusAudience, herald_bus_audience, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_ARRIVED,
  N_SIGNALS,
} HeraldBusAudienceSignal;

static guint signals[N_SIGNALS];

/* A question on its way from that thread to ours */
typedef struct
{
  Filter *filter;
  char *sender;
} Arrival;

static void
clear_filter (gpointer data)
{
  Filter *self = data;

  g_free (self->root);
}

static void
filter_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, clear_filter);
}

static void
arrival_free (gpointer data)
{
  Arrival *self = data;

  filter_unref (self->filter);
  g_free (self->sender);
  g_free (self);
}

static void
on_visitor_vanished (GDBusConnection *connection,
                     const char      *name,
                     gpointer         user_data)
{
  g_hash_table_remove (HERALD_BUS_AUDIENCE (user_data)->names, name);
}

/* Each of them alone is watched: otherwise every program that comes or goes in the session would wake us. */
static void
watch_visitor (HeraldBusAudience *self,
               const char        *name)
{
  guint id = g_bus_watch_name_on_connection (self->connection, name, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL,
                                             on_visitor_vanished, self, NULL);

  g_hash_table_insert (self->names, g_strdup (name), GUINT_TO_POINTER (id));
}

static void
unwatch_visitor (gpointer data)
{
  g_bus_unwatch_name (GPOINTER_TO_UINT (data));
}

static gboolean
on_arrival (gpointer user_data)
{
  Arrival *arrival = user_data;
  HeraldBusAudience *self = arrival->filter->audience;

  if (self == NULL || g_hash_table_contains (self->names, arrival->sender) ||
      g_hash_table_size (self->names) >= VISITORS_MAX)
    return G_SOURCE_REMOVE;

  watch_visitor (self, arrival->sender);
  if (g_hash_table_size (self->names) == 1)
    g_signal_emit (self, signals[SIGNAL_ARRIVED], 0);

  return G_SOURCE_REMOVE;
}

/* In the thread of the connection. Ahead of the question itself, so that it is answered with what is set on arrival. */
static GDBusMessage *
on_message (GDBusConnection *connection,
            GDBusMessage    *message,
            gboolean         incoming,
            gpointer         user_data)
{
  Filter *filter = user_data;
  const char *path = g_dbus_message_get_path (message);
  const char *sender = g_dbus_message_get_sender (message);
  Arrival *arrival;

  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL || path == NULL ||
      sender == NULL || !g_str_has_prefix (path, filter->root))
    return message;

  arrival = g_new0 (Arrival, 1);
  arrival->filter = g_atomic_rc_box_acquire (filter);
  arrival->sender = g_strdup (sender);
  g_main_context_invoke_full (NULL, G_PRIORITY_HIGH, on_arrival, arrival, arrival_free);

  return message;
}

/* GObject */

static void
herald_bus_audience_finalize (GObject *object)
{
  HeraldBusAudience *self = HERALD_BUS_AUDIENCE (object);

  herald_bus_audience_set_connection (self, NULL);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->root, g_free);

  G_OBJECT_CLASS (herald_bus_audience_parent_class)->finalize (object);
}

static void
herald_bus_audience_class_init (HeraldBusAudienceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = herald_bus_audience_finalize;

  signals[SIGNAL_ARRIVED] = g_signal_new ("arrived", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
}

static void
herald_bus_audience_init (HeraldBusAudience *self)
{
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unwatch_visitor);
}

/**
 * herald_bus_audience_new:
 * @root: the path all our objects are at or below
 *
 * The signal "arrived" tells that nobody looked before and somebody does now; the question that somebody has asked is
 * answered after it.
 */
HeraldBusAudience *
herald_bus_audience_new (const char *root)
{
  HeraldBusAudience *self = g_object_new (HERALD_TYPE_BUS_AUDIENCE, NULL);

  self->root = g_strdup (root);

  return self;
}

/**
 * herald_bus_audience_set_connection:
 * @connection: (nullable): where we are seen from now on
 */
void
herald_bus_audience_set_connection (HeraldBusAudience *self,
                                    GDBusConnection   *connection)
{
  Filter *filter;

  if (self->connection == connection)
    return;

  if (self->connection != NULL)
    {
      g_dbus_connection_remove_filter (self->connection, self->filter_id);
      self->filter->audience = NULL;
      g_clear_pointer (&self->filter, filter_unref);
    }
  g_hash_table_remove_all (self->names);
  g_set_object (&self->connection, connection);
  if (connection == NULL)
    return;

  filter = g_atomic_rc_box_new0 (Filter);
  filter->audience = self;
  filter->root = g_strdup (self->root);
  self->filter = filter;
  self->filter_id = g_dbus_connection_add_filter (connection, on_message, g_atomic_rc_box_acquire (filter), filter_unref);
}

gboolean
herald_bus_audience_is_there (HeraldBusAudience *self)
{
  return g_hash_table_size (self->names) > 0;
}
