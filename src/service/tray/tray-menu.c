/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-menu"

#include "service/tray/tray-menu-private.h"
#include "tray-interfaces.h"

/* Who is asked more often has nothing new to tell. */
#define SHOWN_PAUSE_MS 250

/**
 * HeraldTrayMenu:
 *
 * The menu as panels see it: com.canonical.dbusmenu, made of a menu model and its actions. It keeps a copy of what panels were
 * told last (tray-menu-tree.c); when the model or an action has changed, it reads all anew, compares, and tells the difference. Whoever asks is
 * answered (tray-menu-calls.c) by the present, never by a copy that waits to be renewed.
 */
G_DEFINE_FINAL_TYPE (HeraldTrayMenu, herald_tray_menu, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_SHOWN,
  SIGNAL_HIDDEN,
  N_SIGNALS,
} HeraldTrayMenuSignal;

static guint signals[N_SIGNALS];

static void on_changed (HeraldTrayMenu *self);

/* Watches the models that are part of the menu now, and no others. */
static void
watch_models (HeraldTrayMenu *self,
              GHashTable     *models)
{
  GHashTableIter iter;
  gpointer model;

  g_hash_table_iter_init (&iter, self->models);
  while (g_hash_table_iter_next (&iter, &model, NULL))
    {
      if (!g_hash_table_contains (models, model))
        g_signal_handlers_disconnect_by_data (model, self);
    }
  g_hash_table_iter_init (&iter, models);
  while (g_hash_table_iter_next (&iter, &model, NULL))
    {
      if (!g_hash_table_contains (self->models, model))
        g_signal_connect_object (model, "items-changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
    }

  g_hash_table_unref (self->models);
  self->models = g_hash_table_ref (models);
}

static void
tell (HeraldTrayMenu       *self,
      HeraldTrayMenuChange *change)
{
  if (change->layout_parent != HERALD_TRAY_MENU_NO_LAYOUT)
    self->revision++;
  if (self->registration_id == 0)
    return;

  if (change->has_properties)
    g_dbus_connection_emit_signal (self->connection, NULL, HERALD_TRAY_MENU_PATH, HERALD_TRAY_MENU_INTERFACE, "ItemsPropertiesUpdated",
                                   g_variant_new ("(a(ia{sv})a(ias))", &change->updated, &change->removed), NULL);
  if (change->layout_parent != HERALD_TRAY_MENU_NO_LAYOUT)
    g_dbus_connection_emit_signal (self->connection, NULL, HERALD_TRAY_MENU_PATH, HERALD_TRAY_MENU_INTERFACE, "LayoutUpdated",
                                   g_variant_new ("(ui)", self->revision, change->layout_parent), NULL);
}

/* Returns: whether there was anything to see */
gboolean
herald_tray_menu_flush (HeraldTrayMenu *self)
{
  g_autoptr(GHashTable) models = NULL;
  g_auto(HeraldTrayMenuChange) change = { 0 };
  HeraldTrayMenuNode *root;

  if (self->flush_id == 0)
    return FALSE;

  g_clear_handle_id (&self->flush_id, g_source_remove);
  models = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  herald_tray_menu_change_init (&change);
  root = herald_tray_menu_tree_read (self->model, self->actions, models);
  /* Whoever has seen two thousand million items has forgotten the first. */
  if (self->last_id > G_MAXINT - HERALD_TRAY_MENU_MAX_ITEMS * 2)
    self->last_id = 0;
  herald_tray_menu_tree_merge (self->root, root, &self->last_id, &change);

  herald_tray_menu_node_free (self->root);
  self->root = root;
  g_hash_table_remove_all (self->ids);
  herald_tray_menu_tree_index (root, self->ids);
  watch_models (self, models);
  tell (self, &change);

  return change.has_properties || change.layout_parent != HERALD_TRAY_MENU_NO_LAYOUT;
}

static gboolean
on_flush_idle (gpointer user_data)
{
  herald_tray_menu_flush (user_data);

  return G_SOURCE_REMOVE;
}

static void
on_changed (HeraldTrayMenu *self)
{
  if (self->flush_id == 0)
    self->flush_id = g_idle_add (on_flush_idle, self);
}

static gboolean
on_shown_timeout (gpointer user_data)
{
  HeraldTrayMenu *self = user_data;

  self->shown_id = 0;

  return G_SOURCE_REMOVE;
}

void
herald_tray_menu_emit_shown (HeraldTrayMenu *self)
{
  if (self->shown_id != 0)
    return;

  self->shown_id = g_timeout_add (SHOWN_PAUSE_MS, on_shown_timeout, self);
  g_signal_emit (self, signals[SIGNAL_SHOWN], 0);
}

void
herald_tray_menu_emit_hidden (HeraldTrayMenu *self)
{
  g_signal_emit (self, signals[SIGNAL_HIDDEN], 0);
}

/* GObject */

static void
herald_tray_menu_dispose (GObject *object)
{
  HeraldTrayMenu *self = HERALD_TRAY_MENU (object);

  herald_tray_menu_unexport (self);
  g_clear_handle_id (&self->flush_id, g_source_remove);
  g_clear_handle_id (&self->shown_id, g_source_remove);
  g_hash_table_remove_all (self->models);
  g_clear_object (&self->model);
  g_clear_object (&self->actions);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (herald_tray_menu_parent_class)->dispose (object);
}

static void
herald_tray_menu_finalize (GObject *object)
{
  HeraldTrayMenu *self = HERALD_TRAY_MENU (object);

  g_clear_pointer (&self->ids, g_hash_table_unref);
  g_clear_pointer (&self->models, g_hash_table_unref);
  g_clear_pointer (&self->readers, g_hash_table_unref);
  g_clear_pointer (&self->root, herald_tray_menu_node_free);

  G_OBJECT_CLASS (herald_tray_menu_parent_class)->finalize (object);
}

static void
herald_tray_menu_class_init (HeraldTrayMenuClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_tray_menu_dispose;
  object_class->finalize = herald_tray_menu_finalize;

  signals[SIGNAL_SHOWN] = g_signal_new ("shown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
  signals[SIGNAL_HIDDEN] = g_signal_new ("hidden", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
}

static void
herald_tray_menu_init (HeraldTrayMenu *self)
{
  self->ids = g_hash_table_new (NULL, NULL);
  self->models = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->readers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  self->revision = 1;
}

static void
watch_actions (HeraldTrayMenu *self)
{
  static const char *const details[] = {
    "action-added", "action-removed", "action-enabled-changed", "action-state-changed",
  };

  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    g_signal_connect_object (self->actions, details[i], G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
}

HeraldTrayMenu *
herald_tray_menu_new (GDBusConnection *connection,
                      GMenuModel      *model,
                      GActionGroup    *actions)
{
  HeraldTrayMenu *self = NULL;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (G_IS_MENU_MODEL (model) && G_IS_ACTION_GROUP (actions), NULL);

  self = g_object_new (HERALD_TYPE_TRAY_MENU, NULL);
  self->connection = g_object_ref (connection);
  self->model = g_object_ref (model);
  self->actions = g_object_ref (actions);
  self->root = herald_tray_menu_node_new (HERALD_TRAY_MENU_SUBMENU);
  herald_tray_menu_tree_index (self->root, self->ids);
  watch_actions (self);
  on_changed (self);
  herald_tray_menu_flush (self);

  return self;
}

/**
 * herald_tray_menu_export:
 *
 * Returns: %FALSE with @error if something else is at its place on the bus
 */
gboolean
herald_tray_menu_export (HeraldTrayMenu  *self,
                         GError         **error)
{
  g_return_val_if_fail (HERALD_IS_TRAY_MENU (self), FALSE);
  g_return_val_if_fail (self->registration_id == 0, FALSE);

  self->registration_id =
    g_dbus_connection_register_object (self->connection, HERALD_TRAY_MENU_PATH,
                                       (GDBusInterfaceInfo *) &com_canonical_dbusmenu_interface,
                                       &herald_tray_menu_vtable, self, NULL, error);

  return self->registration_id != 0;
}

void
herald_tray_menu_unexport (HeraldTrayMenu *self)
{
  g_return_if_fail (HERALD_IS_TRAY_MENU (self));

  if (self->registration_id != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration_id);
  self->registration_id = 0;
}
