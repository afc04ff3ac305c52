/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-menu-tree"

#include "service/tray/tray-menu-tree.h"

#include <string.h>

#include "core/base/text.h"
#include "service/tray/tray-menu.h"

#define LABEL_MAX_CHARS 200
/* Of submenus and sections. Nobody goes deeper, and a message on the bus may be nested 64 times, of which a submenu takes
 * three. */
#define MAX_LEVELS 16

/* While a model is read */
typedef struct
{
  GActionGroup *actions;
  GHashTable *models;
  guint n_items;
} Reader;

/* A level that is being read; a section begins and ends with a gap, of which only those between items are shown. */
typedef struct
{
  GPtrArray *children;
  gboolean has_gap;
} Level;

static void read_items (Reader     *reader,
                        GMenuModel *model,
                        Level      *level,
                        guint       n_levels);

static char *
dup_text (GMenuModel *model,
          int         position,
          const char *attribute)
{
  g_autoptr(GVariant) text = g_menu_model_get_item_attribute_value (model, position, attribute, G_VARIANT_TYPE_STRING);

  return text != NULL ? g_variant_dup_string (text, NULL) : NULL;
}

static void
append (Reader             *reader,
        Level              *level,
        HeraldTrayMenuNode *node)
{
  if (level->has_gap && level->children->len > 0)
    {
      HeraldTrayMenuNode *separator = herald_tray_menu_node_new (HERALD_TRAY_MENU_SEPARATOR);

      separator->identity = g_strdup ("-");
      g_ptr_array_add (level->children, separator);
      reader->n_items++;
    }

  level->has_gap = FALSE;
  g_ptr_array_add (level->children, node);
  reader->n_items++;
}

/* “tray.pause” is “pause” in our group. */
static const char *
strip_group (const char *action)
{
  const char *point = strchr (action, '.');

  return point != NULL ? point + 1 : action;
}

/* Enabled is only what the action would accept. */
static void
read_action (Reader             *reader,
             HeraldTrayMenuNode *node)
{
  const GVariantType *type = NULL;
  g_autoptr(GVariant) state = NULL;
  gboolean enabled = FALSE;

  node->enabled = FALSE;
  if (node->action == NULL ||
      !g_action_group_query_action (reader->actions, node->action, &enabled, &type, NULL, NULL, &state))
    return;

  node->can_be_told = node->target != NULL ? type != NULL && g_variant_is_of_type (node->target, type) : type == NULL;
  node->enabled = enabled && node->can_be_told;
  if (!node->can_be_told || state == NULL || node->kind != HERALD_TRAY_MENU_ITEM)
    return;

  if (node->target != NULL && g_variant_type_equal (g_variant_get_type (state), type))
    {
      node->kind = HERALD_TRAY_MENU_RADIO;
      node->is_toggled = g_variant_equal (state, node->target);
    }
  else if (node->target == NULL && g_variant_is_of_type (state, G_VARIANT_TYPE_BOOLEAN))
    {
      node->kind = HERALD_TRAY_MENU_CHECK;
      node->is_toggled = g_variant_get_boolean (state);
    }
}

/* An item is what it does, a submenu what is first done in it; lines of text differ by their place alone. Whoever knows better
 * says so with HERALD_TRAY_MENU_KEY. */
static void
identify (HeraldTrayMenuNode *node,
          const char         *key)
{
  static const char letters[] = { 'i', 'c', 'r', '-', 's' };
  g_autofree char *target = node->target != NULL ? g_variant_print (node->target, TRUE) : NULL;
  const char *first = NULL;

  for (guint i = 0; first == NULL && node->children != NULL && i < node->children->len; i++)
    {
      HeraldTrayMenuNode *child = g_ptr_array_index (node->children, i);

      if (child->action != NULL || child->children != NULL)
        first = child->identity;
    }

  node->identity = g_strdup_printf ("%c\n%s\n%s\n%s\n%s", letters[node->kind], key != NULL ? key : "",
                                    node->action != NULL ? node->action : "", target != NULL ? target : "",
                                    key == NULL && first != NULL ? first : "");
}

static gboolean
is_hidden (Reader             *reader,
           HeraldTrayMenuNode *node,
           const char         *hidden_when)
{
  if (hidden_when == NULL)
    return FALSE;
  if (g_str_equal (hidden_when, "action-disabled"))
    return !node->enabled;

  return g_str_equal (hidden_when, "action-missing") &&
         (node->action == NULL || !g_action_group_has_action (reader->actions, node->action));
}

static void
read_item (Reader     *reader,
           GMenuModel *model,
           int         position,
           Level      *level,
           guint       n_levels)
{
  g_autoptr(GMenuModel) submenu = g_menu_model_get_item_link (model, position, G_MENU_LINK_SUBMENU);
  g_autoptr(HeraldTrayMenuNode) node =
    herald_tray_menu_node_new (submenu != NULL ? HERALD_TRAY_MENU_SUBMENU : HERALD_TRAY_MENU_ITEM);
  g_autofree char *label = dup_text (model, position, G_MENU_ATTRIBUTE_LABEL);
  g_autofree char *action = dup_text (model, position, G_MENU_ATTRIBUTE_ACTION);
  g_autofree char *hidden_when = dup_text (model, position, "hidden-when");
  g_autofree char *key = dup_text (model, position, HERALD_TRAY_MENU_KEY);

  node->label = herald_text_clean (label, LABEL_MAX_CHARS);
  node->icon = g_menu_model_get_item_attribute_value (model, position, G_MENU_ATTRIBUTE_ICON, NULL);
  node->target = g_menu_model_get_item_attribute_value (model, position, G_MENU_ATTRIBUTE_TARGET, NULL);
  node->action = action != NULL ? g_strdup (strip_group (action)) : NULL;
  if (submenu == NULL || action != NULL)
    read_action (reader, node);
  if (is_hidden (reader, node, hidden_when))
    return;

  if (submenu != NULL && n_levels < MAX_LEVELS)
    {
      Level inner = { node->children, FALSE };

      read_items (reader, submenu, &inner, n_levels + 1);
    }
  identify (node, key);
  append (reader, level, g_steal_pointer (&node));
}

static void
read_items (Reader     *reader,
            GMenuModel *model,
            Level      *level,
            guint       n_levels)
{
  int n_items = g_menu_model_get_n_items (model);

  g_hash_table_add (reader->models, g_object_ref (model));
  for (int i = 0; i < n_items && reader->n_items < HERALD_TRAY_MENU_MAX_ITEMS; i++)
    {
      g_autoptr(GMenuModel) section = g_menu_model_get_item_link (model, i, G_MENU_LINK_SECTION);
      g_autofree char *heading = section != NULL ? dup_text (model, i, G_MENU_ATTRIBUTE_LABEL) : NULL;

      if (section == NULL)
        {
          read_item (reader, model, i, level, n_levels);
          continue;
        }

      level->has_gap = TRUE;
      if (heading != NULL)
        read_item (reader, model, i, level, n_levels);
      if (n_levels < MAX_LEVELS)
        read_items (reader, section, level, n_levels + 1);
      level->has_gap = TRUE;
    }
}

/**
 * herald_tray_menu_tree_read:
 *
 * Reads a menu with all that is below it, as it stands now.
 */
HeraldTrayMenuNode *
herald_tray_menu_tree_read (GMenuModel   *model,
                            GActionGroup *actions,
                            GHashTable   *models)
{
  HeraldTrayMenuNode *root = herald_tray_menu_node_new (HERALD_TRAY_MENU_SUBMENU);
  Level level = { root->children, FALSE };
  Reader reader = { actions, models, 0 };

  read_items (&reader, model, &level, 1);
  identify (root, "");

  return root;
}

static void
number (HeraldTrayMenuNode *node,
        int                *last_id)
{
  node->id = ++*last_id;
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    number (g_ptr_array_index (node->children, i), last_id);
}

static gboolean
is_same (GPtrArray *before,
         guint      before_index,
         GPtrArray *after,
         guint      after_index)
{
  HeraldTrayMenuNode *old = g_ptr_array_index (before, before_index);
  HeraldTrayMenuNode *new = g_ptr_array_index (after, after_index);

  return g_str_equal (old->identity, new->identity);
}

/* Returns: the item whose children have to be read anew, or HERALD_TRAY_MENU_NO_LAYOUT */
static int merge_node (HeraldTrayMenuNode   *before,
                       HeraldTrayMenuNode   *after,
                       int                  *last_id,
                       HeraldTrayMenuChange *change);

static int
merge_children (HeraldTrayMenuNode   *before,
                HeraldTrayMenuNode   *after,
                int                  *last_id,
                HeraldTrayMenuChange *change)
{
  GPtrArray *old = before->children;
  GPtrArray *new = after->children;
  guint n_head = 0;
  guint n_tail = 0;
  int parent = HERALD_TRAY_MENU_NO_LAYOUT;

  while (n_head < MIN (old->len, new->len) && is_same (old, n_head, new, n_head))
    n_head++;
  while (n_tail < MIN (old->len, new->len) - n_head && is_same (old, old->len - 1 - n_tail, new, new->len - 1 - n_tail))
    n_tail++;
  if (n_head + n_tail < MAX (old->len, new->len))
    parent = after->id;
  after->has_changed = before->has_changed || parent != HERALD_TRAY_MENU_NO_LAYOUT;

  for (guint i = 0; i < new->len; i++)
    {
      guint counterpart = i < n_head ? i : i + old->len - new->len;
      int inner = HERALD_TRAY_MENU_NO_LAYOUT;

      if (i < n_head || i >= new->len - n_tail)
        inner = merge_node (g_ptr_array_index (old, counterpart), g_ptr_array_index (new, i), last_id, change);
      else
        number (g_ptr_array_index (new, i), last_id);

      /* Two places have changed: what is above both is read anew. */
      if (inner != HERALD_TRAY_MENU_NO_LAYOUT)
        parent = parent == HERALD_TRAY_MENU_NO_LAYOUT ? inner : after->id;
    }

  return parent;
}

static int
merge_node (HeraldTrayMenuNode   *before,
            HeraldTrayMenuNode   *after,
            int                  *last_id,
            HeraldTrayMenuChange *change)
{
  after->id = before->id;
  change->has_properties |= herald_tray_menu_node_compare (before, after, &change->updated, &change->removed);

  return after->children != NULL ? merge_children (before, after, last_id, change) : HERALD_TRAY_MENU_NO_LAYOUT;
}

/**
 * herald_tray_menu_tree_merge:
 * @before: as it was told last
 * @after: without numbers; the same item gets its number again, a new one a number that no other item ever had
 * @change: what panels have to be told is added to it
 *
 * Items that are between others as before stay who they are; between them, all that differs is new. Panels keep what they
 * know of a number, so none may ever mean something else.
 */
void
herald_tray_menu_tree_merge (HeraldTrayMenuNode   *before,
                             HeraldTrayMenuNode   *after,
                             int                  *last_id,
                             HeraldTrayMenuChange *change)
{
  change->layout_parent = merge_node (before, after, last_id, change);
}

void
herald_tray_menu_tree_index (HeraldTrayMenuNode *self,
                             GHashTable         *ids)
{
  g_hash_table_insert (ids, GINT_TO_POINTER (self->id), self);
  for (guint i = 0; self->children != NULL && i < self->children->len; i++)
    herald_tray_menu_tree_index (g_ptr_array_index (self->children, i), ids);
}

void
herald_tray_menu_change_init (HeraldTrayMenuChange *self)
{
  g_variant_builder_init (&self->updated, G_VARIANT_TYPE ("a(ia{sv})"));
  g_variant_builder_init (&self->removed, G_VARIANT_TYPE ("a(ias)"));
  self->has_properties = FALSE;
  self->layout_parent = HERALD_TRAY_MENU_NO_LAYOUT;
}

void
herald_tray_menu_change_clear (HeraldTrayMenuChange *self)
{
  g_variant_builder_clear (&self->updated);
  g_variant_builder_clear (&self->removed);
}
