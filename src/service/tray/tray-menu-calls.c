/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-menu-calls"

/* What a panel may ask the menu. Panels ask for items that are long gone, for all at once and in any order: what makes no
 * sense is refused, as the library many of them are built with does it, and costs no more than what does. */

#include "service/tray/tray-menu-private.h"

/* Of the interface, as all panels know it */
#define VERSION 3u
/* A panel that closes everything at once names each submenu. */
#define MAX_EVENTS 4096
/* There are nine properties. */
#define MAX_NAMES 64

static HeraldTrayMenuNode *
find (HeraldTrayMenu *self,
      int             id)
{
  return g_hash_table_lookup (self->ids, GINT_TO_POINTER (id));
}

static void
refuse_id (GDBusMethodInvocation *invocation,
           int                    id)
{
  g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                                         "The menu has no item %d", id);
}

static gboolean
is_too_long (GDBusMethodInvocation *invocation,
             gsize                  length,
             gsize                  limit)
{
  if (length <= limit)
    return FALSE;

  g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED,
                                         "More than %" G_GSIZE_FORMAT " at once are not answered", limit);

  return TRUE;
}

static void
handle_get_layout (HeraldTrayMenu        *self,
                   GVariant              *arguments,
                   GDBusMethodInvocation *invocation)
{
  g_autofree const char **names = NULL;
  HeraldTrayMenuNode *parent;
  int parent_id = 0;
  int depth = 0;

  g_variant_get (arguments, "(ii^a&s)", &parent_id, &depth, &names);
  parent = find (self, parent_id);
  if (parent == NULL)
    refuse_id (invocation, parent_id);
  else if (!is_too_long (invocation, g_strv_length ((char **) names), MAX_NAMES))
    g_dbus_method_invocation_return_value (
      invocation, g_variant_new ("(u@(ia{sv}av))", self->revision,
                                 herald_tray_menu_node_get_layout (parent, depth, names)));
}

static void
add_properties (GVariantBuilder    *rows,
                HeraldTrayMenuNode *node,
                const char *const  *names)
{
  g_variant_builder_add (rows, "(i@a{sv})", node->id, herald_tray_menu_node_get_properties (node, names));
}

/* Without numbers all are meant; each is answered once, however often it is asked for. */
static void
handle_get_group_properties (HeraldTrayMenu        *self,
                             GVariant              *arguments,
                             GDBusMethodInvocation *invocation)
{
  g_autoptr(GVariant) ids = g_variant_get_child_value (arguments, 0);
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autofree const char **names = NULL;
  GVariantBuilder rows;
  GHashTableIter iter;
  gpointer node;
  gsize n_ids = 0;
  const gint32 *numbers = g_variant_get_fixed_array (ids, &n_ids, sizeof (gint32));

  g_variant_get_child (arguments, 1, "^a&s", &names);
  if (is_too_long (invocation, n_ids, HERALD_TRAY_MENU_MAX_ITEMS) ||
      is_too_long (invocation, g_strv_length ((char **) names), MAX_NAMES))
    return;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("a(ia{sv})"));
  for (gsize i = 0; i < n_ids; i++)
    {
      node = find (self, numbers[i]);
      if (node != NULL && g_hash_table_add (seen, node))
        add_properties (&rows, node, names);
    }
  g_hash_table_iter_init (&iter, self->ids);
  while (n_ids == 0 && g_hash_table_iter_next (&iter, NULL, &node))
    add_properties (&rows, node, names);

  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(a(ia{sv}))", &rows));
}

static void
handle_get_property (HeraldTrayMenu        *self,
                     GVariant              *arguments,
                     GDBusMethodInvocation *invocation)
{
  HeraldTrayMenuNode *node;
  GVariant *value;
  const char *name;
  int id = 0;

  g_variant_get (arguments, "(i&s)", &id, &name);
  node = find (self, id);
  value = node != NULL ? herald_tray_menu_node_get_property (node, name) : NULL;
  if (node == NULL)
    refuse_id (invocation, id);
  else if (value == NULL)
    g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                                           "Items have no property of that name");
  else
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(v)", value));
}

/* What happened to @id; only clicks, and that the menu is opened or closed, mean something. Panels draw late: a click on what
 * has become grey is passed on, so that somebody says why nothing comes of it. */
static void
take_event (HeraldTrayMenu *self,
            int             id,
            const char     *event)
{
  HeraldTrayMenuNode *node = find (self, id);
  g_autofree char *action = NULL;
  g_autoptr(GVariant) target = NULL;

  if (node == NULL)
    return;

  if (g_str_equal (event, "opened") && node->id == 0)
    herald_tray_menu_emit_shown (self);
  else if (g_str_equal (event, "closed") && node->id == 0)
    herald_tray_menu_emit_hidden (self);
  else if (g_str_equal (event, "clicked") && node->can_be_told && node->children == NULL)
    {
      /* The item may be gone once its action was done. */
      action = g_strdup (node->action);
      target = node->target != NULL ? g_variant_ref (node->target) : NULL;
      herald_tray_menu_emit_hidden (self);
      g_action_group_activate_action (self->actions, action, target);
    }
}

static void
handle_event (HeraldTrayMenu        *self,
              GVariant              *arguments,
              GDBusMethodInvocation *invocation)
{
  const char *event;
  int id = 0;

  g_variant_get (arguments, "(i&svu)", &id, &event, NULL, NULL);
  if (find (self, id) == NULL)
    {
      refuse_id (invocation, id);
      return;
    }

  g_dbus_method_invocation_return_value (invocation, NULL);
  take_event (self, id, event);
}

static void
handle_event_group (HeraldTrayMenu        *self,
                    GVariant              *arguments,
                    GDBusMethodInvocation *invocation)
{
  g_autoptr(GVariant) events = g_variant_get_child_value (arguments, 0);
  gsize n_events = g_variant_n_children (events);
  gsize n_unknown = 0;
  GVariantBuilder unknown;
  const char *event;
  int id = 0;

  if (is_too_long (invocation, n_events, MAX_EVENTS))
    return;

  g_variant_builder_init (&unknown, G_VARIANT_TYPE ("ai"));
  for (gsize i = 0; i < n_events; i++)
    {
      g_variant_get_child (events, i, "(i&svu)", &id, NULL, NULL, NULL);
      if (find (self, id) == NULL)
        {
          g_variant_builder_add (&unknown, "i", id);
          n_unknown++;
        }
    }

  if (n_events > 0 && n_unknown == n_events)
    {
      g_variant_builder_clear (&unknown);
      refuse_id (invocation, id);
      return;
    }

  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(ai)", &unknown));
  for (gsize i = 0; i < n_events; i++)
    {
      g_variant_get_child (events, i, "(i&svu)", &id, &event, NULL, NULL);
      take_event (self, id, event);
    }
}

/* Plasma takes the first LayoutUpdated after an AboutToShow for an echo and drops it, so what has ever changed is read anew. */
static gboolean
needs_update (HeraldTrayMenu *self,
              int             id)
{
  const HeraldTrayMenuNode *node = find (self, id);

  return node != NULL && node->has_changed;
}

static void
handle_about_to_show (HeraldTrayMenu        *self,
                      GVariant              *arguments,
                      GDBusMethodInvocation *invocation)
{
  gboolean changed;
  int id = 0;

  g_variant_get (arguments, "(i)", &id);
  if (find (self, id) == NULL)
    {
      refuse_id (invocation, id);
      return;
    }

  herald_tray_menu_emit_shown (self);
  changed = herald_tray_menu_flush (self);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(b)", changed || needs_update (self, id)));
}

/* Each is answered once, however often it is asked for, and none that is not. */
static void
handle_about_to_show_group (HeraldTrayMenu        *self,
                            GVariant              *arguments,
                            GDBusMethodInvocation *invocation)
{
  g_autoptr(GVariant) ids = g_variant_get_child_value (arguments, 0);
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  GVariantBuilder changed;
  GVariantBuilder unknown;
  gboolean has_news;
  gsize n_ids = 0;
  gsize n_unknown = 0;
  const gint32 *numbers = g_variant_get_fixed_array (ids, &n_ids, sizeof (gint32));

  if (is_too_long (invocation, n_ids, HERALD_TRAY_MENU_MAX_ITEMS))
    return;

  g_variant_builder_init (&changed, G_VARIANT_TYPE ("ai"));
  g_variant_builder_init (&unknown, G_VARIANT_TYPE ("ai"));
  for (gsize i = 0; i < n_ids; i++)
    {
      if (find (self, numbers[i]) != NULL)
        continue;
      g_variant_builder_add (&unknown, "i", numbers[i]);
      n_unknown++;
    }
  if (n_unknown < n_ids)
    herald_tray_menu_emit_shown (self);
  has_news = herald_tray_menu_flush (self);
  for (gsize i = 0; i < n_ids; i++)
    {
      HeraldTrayMenuNode *node = find (self, numbers[i]);

      if (node != NULL && (has_news || needs_update (self, numbers[i])) && g_hash_table_add (seen, node))
        g_variant_builder_add (&changed, "i", numbers[i]);
    }

  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(aiai)", &changed, &unknown));
}

static const struct
{
  const char *name;
  void (*handle) (HeraldTrayMenu        *self,
                  GVariant              *arguments,
                  GDBusMethodInvocation *invocation);
} methods[] = {
  { "GetLayout", handle_get_layout },
  { "GetGroupProperties", handle_get_group_properties },
  { "GetProperty", handle_get_property },
  { "Event", handle_event },
  { "EventGroup", handle_event_group },
  { "AboutToShow", handle_about_to_show },
  { "AboutToShowGroup", handle_about_to_show_group },
};

static void
on_method_call (GDBusConnection       *connection,
                const char            *sender,
                const char            *path,
                const char            *interface,
                const char            *method,
                GVariant              *arguments,
                GDBusMethodInvocation *invocation,
                gpointer               user_data)
{
  /* An action may be the end of us. */
  g_autoptr(HeraldTrayMenu) self = g_object_ref (user_data);

  herald_tray_menu_flush (self);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      if (g_str_equal (methods[i].name, method))
        {
          methods[i].handle (self, arguments, invocation);
          return;
        }
    }

  g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD,
                                         "There is no method %s", method);
}

static GVariant *
on_get_property (GDBusConnection  *connection,
                 const char       *sender,
                 const char       *path,
                 const char       *interface,
                 const char       *name,
                 GError          **error,
                 gpointer          user_data)
{
  if (g_str_equal (name, "Version"))
    return g_variant_new_uint32 (VERSION);
  if (g_str_equal (name, "TextDirection"))
    return g_variant_new_string ("ltr");
  if (g_str_equal (name, "Status"))
    return g_variant_new_string ("normal");
  if (g_str_equal (name, "IconThemePath"))
    return g_variant_new_strv (NULL, 0);

  g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_PROPERTY, "There is no property %s", name);

  return NULL;
}

const GDBusInterfaceVTable herald_tray_menu_vtable = {
  .method_call = on_method_call,
  .get_property = on_get_property,
};
