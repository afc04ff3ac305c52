/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-object-tree"

#include "service/bus/object-tree.h"

#include "service/bus/bus-audience.h"
#include "service/bus/channel-object.h"
#include "service/bus/names.h"
#include "service/bus/printer-object.h"
#include "service/bus/service-object.h"

/**
 * HeraldObjectTree:
 *
 * Everything the service shows on the bus: itself, and one object for each
 * printer and channel, coming and going with the engine's lists. It can move
 * from a connection that died to the next one.
 */
struct _HeraldObjectTree
{
  GObject parent_instance;

  HeraldEngine *engine;
  HeraldServiceObject *service;
  GDBusObjectManagerServer *manager;
  HeraldBusAudience *audience;

  /* Paths, in the order of the lists */
  GPtrArray *printer_paths;
  GPtrArray *channel_paths;
};

G_DEFINE_FINAL_TYPE (HeraldObjectTree, herald_object_tree, G_TYPE_OBJECT)

static void
export_printer (HeraldObjectTree *self,
                HeraldPrinter    *printer,
                const char       *path)
{
  g_autoptr(HeraldDBusObjectSkeleton) object = herald_dbus_object_skeleton_new (path);
  g_autoptr(HeraldPrinterObject) skeleton = herald_printer_object_new (self->engine, printer, self->audience);

  herald_dbus_object_skeleton_set_printer1 (object, HERALD_DBUS_PRINTER1 (skeleton));
  g_dbus_object_manager_server_export (self->manager, G_DBUS_OBJECT_SKELETON (object));
}

static void
export_channel (HeraldObjectTree *self,
                HeraldChannel    *channel,
                const char       *path)
{
  g_autoptr(HeraldDBusObjectSkeleton) object = herald_dbus_object_skeleton_new (path);
  g_autoptr(HeraldChannelObject) skeleton = herald_channel_object_new (self->engine, channel);

  herald_dbus_object_skeleton_set_channel1 (object, HERALD_DBUS_CHANNEL1 (skeleton));
  g_dbus_object_manager_server_export (self->manager, G_DBUS_OBJECT_SKELETON (object));
}

static void
forget_paths (HeraldObjectTree *self,
              GPtrArray        *paths,
              guint             position,
              guint             n_removed)
{
  for (guint i = 0; i < n_removed; i++)
    {
      g_dbus_object_manager_server_unexport (self->manager, g_ptr_array_index (paths, position));
      g_ptr_array_remove_index (paths, position);
    }
}

static void
on_printers_changed (GListModel *printers,
                     guint       position,
                     guint       n_removed,
                     guint       n_added,
                     gpointer    user_data)
{
  HeraldObjectTree *self = user_data;

  forget_paths (self, self->printer_paths, position, n_removed);
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (printers, i);
      char *path = herald_names_make_path ("printers", herald_printer_get_id (printer));

      g_ptr_array_insert (self->printer_paths, (int) i, path);
      export_printer (self, printer, path);
    }
}

static void
on_channels_changed (GListModel *channels,
                     guint       position,
                     guint       n_removed,
                     guint       n_added,
                     gpointer    user_data)
{
  HeraldObjectTree *self = user_data;

  forget_paths (self, self->channel_paths, position, n_removed);
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (channels, i);
      char *path = herald_names_make_path ("channels", herald_channel_get_id (channel));

      g_ptr_array_insert (self->channel_paths, (int) i, path);
      export_channel (self, channel, path);
    }
}

/* GObject */

static void
herald_object_tree_dispose (GObject *object)
{
  HeraldObjectTree *self = HERALD_OBJECT_TREE (object);

  if (self->service != NULL)
    herald_object_tree_unexport (self);
  g_clear_object (&self->manager);
  g_clear_object (&self->audience);
  g_clear_object (&self->service);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (herald_object_tree_parent_class)->dispose (object);
}

static void
herald_object_tree_finalize (GObject *object)
{
  HeraldObjectTree *self = HERALD_OBJECT_TREE (object);

  g_ptr_array_unref (self->printer_paths);
  g_ptr_array_unref (self->channel_paths);

  G_OBJECT_CLASS (herald_object_tree_parent_class)->finalize (object);
}

static void
herald_object_tree_class_init (HeraldObjectTreeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_object_tree_dispose;
  G_OBJECT_CLASS (klass)->finalize = herald_object_tree_finalize;
}

static void
herald_object_tree_init (HeraldObjectTree *self)
{
  self->manager = g_dbus_object_manager_server_new (HERALD_OBJECT_PATH);
  self->audience = herald_bus_audience_new (HERALD_OBJECT_PATH);
  self->printer_paths = g_ptr_array_new_with_free_func (g_free);
  self->channel_paths = g_ptr_array_new_with_free_func (g_free);
}

HeraldObjectTree *
herald_object_tree_new (HeraldEngine *engine)
{
  HeraldObjectTree *self = g_object_new (HERALD_TYPE_OBJECT_TREE, NULL);
  GListModel *printers = herald_engine_get_printers (engine);
  GListModel *channels = herald_engine_get_channels (engine);

  self->engine = g_object_ref (engine);
  self->service = herald_service_object_new (engine);

  g_signal_connect_object (printers, "items-changed", G_CALLBACK (on_printers_changed), self, 0);
  g_signal_connect_object (channels, "items-changed", G_CALLBACK (on_channels_changed), self, 0);
  on_printers_changed (printers, 0, 0, g_list_model_get_n_items (printers), self);
  on_channels_changed (channels, 0, 0, g_list_model_get_n_items (channels), self);

  return self;
}

/**
 * herald_object_tree_export:
 * @connection: where to be seen from now on
 */
gboolean
herald_object_tree_export (HeraldObjectTree  *self,
                           GDBusConnection   *connection,
                           GError           **error)
{
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->service), connection,
                                         HERALD_OBJECT_PATH, error))
    return FALSE;

  herald_bus_audience_set_connection (self->audience, connection);
  g_dbus_object_manager_server_set_connection (self->manager, connection);

  return TRUE;
}

void
herald_object_tree_unexport (HeraldObjectTree *self)
{
  g_dbus_object_manager_server_set_connection (self->manager, NULL);
  herald_bus_audience_set_connection (self->audience, NULL);
  if (g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (self->service)) != NULL)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->service));
}

/**
 * herald_object_tree_get_service:
 *
 * Returns: (transfer none): the service itself, for what others find out about the session
 */
HeraldDBusService1 *
herald_object_tree_get_service (HeraldObjectTree *self)
{
  return HERALD_DBUS_SERVICE1 (self->service);
}
