/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-menu-node"

#include "service/tray/tray-menu-node.h"

#include <string.h>

/* What a panel takes for granted if it is not told. */
#define DEFAULT_TYPE "standard"

HeraldTrayMenuNode *
herald_tray_menu_node_new (HeraldTrayMenuKind kind)
{
  HeraldTrayMenuNode *self = g_new0 (HeraldTrayMenuNode, 1);

  self->kind = kind;
  self->enabled = TRUE;
  if (kind == HERALD_TRAY_MENU_SUBMENU)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_tray_menu_node_free);

  return self;
}

void
herald_tray_menu_node_free (HeraldTrayMenuNode *self)
{
  g_free (self->identity);
  g_free (self->label);
  g_free (self->action);
  g_clear_pointer (&self->icon, g_variant_unref);
  g_clear_pointer (&self->target, g_variant_unref);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

/* A bare underscore would mark the letter behind it as the key to press; our labels have no such keys, but names of printers
 * and files have underscores. */
static GVariant *
make_label (const HeraldTrayMenuNode *self)
{
  const char *rest = self->label != NULL ? self->label : "";
  g_autoptr(GString) doubled = g_string_sized_new (strlen (rest) + 8);

  for (; *rest != '\0'; rest++)
    {
      if (*rest == '_')
        g_string_append_c (doubled, '_');
      g_string_append_c (doubled, *rest);
    }

  return g_variant_new_string (doubled->str);
}

static GVariant *
make_enabled (const HeraldTrayMenuNode *self)
{
  return g_variant_new_boolean (self->enabled);
}

static GVariant *
make_visible (const HeraldTrayMenuNode *self)
{
  return g_variant_new_boolean (TRUE);
}

static GVariant *
make_type (const HeraldTrayMenuNode *self)
{
  return g_variant_new_string (self->kind == HERALD_TRAY_MENU_SEPARATOR ? "separator" : DEFAULT_TYPE);
}

static GVariant *
make_children_display (const HeraldTrayMenuNode *self)
{
  return g_variant_new_string (self->kind == HERALD_TRAY_MENU_SUBMENU ? "submenu" : "");
}

static GVariant *
make_toggle_type (const HeraldTrayMenuNode *self)
{
  if (self->kind == HERALD_TRAY_MENU_CHECK)
    return g_variant_new_string ("checkmark");

  return g_variant_new_string (self->kind == HERALD_TRAY_MENU_RADIO ? "radio" : "");
}

static gboolean
is_toggle (const HeraldTrayMenuNode *self)
{
  return self->kind == HERALD_TRAY_MENU_CHECK || self->kind == HERALD_TRAY_MENU_RADIO;
}

/* -1: there is nothing to toggle */
static GVariant *
make_toggle_state (const HeraldTrayMenuNode *self)
{
  return g_variant_new_int32 (is_toggle (self) ? self->is_toggled : -1);
}

static GVariant *
make_icon_name (const HeraldTrayMenuNode *self)
{
  g_autoptr(GIcon) icon = self->icon != NULL ? g_icon_deserialize (self->icon) : NULL;
  const char *const *names = G_IS_THEMED_ICON (icon) ? g_themed_icon_get_names (G_THEMED_ICON (icon)) : NULL;

  return g_variant_new_string (names != NULL && names[0] != NULL ? names[0] : "");
}

static GVariant *
make_icon_data (const HeraldTrayMenuNode *self)
{
  g_autoptr(GIcon) icon = self->icon != NULL ? g_icon_deserialize (self->icon) : NULL;
  GBytes *bytes = G_IS_BYTES_ICON (icon) ? g_bytes_icon_get_bytes (G_BYTES_ICON (icon)) : NULL;

  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes != NULL ? g_bytes_get_data (bytes, NULL) : NULL,
                                    bytes != NULL ? g_bytes_get_size (bytes) : 0, 1);
}

static gboolean
has_label (const HeraldTrayMenuNode *self)
{
  return self->label != NULL && *self->label != '\0';
}

static gboolean
is_disabled (const HeraldTrayMenuNode *self)
{
  return !self->enabled;
}

static gboolean
is_separator (const HeraldTrayMenuNode *self)
{
  return self->kind == HERALD_TRAY_MENU_SEPARATOR;
}

static gboolean
is_submenu (const HeraldTrayMenuNode *self)
{
  return self->kind == HERALD_TRAY_MENU_SUBMENU;
}

static gboolean
is_never (const HeraldTrayMenuNode *self)
{
  return FALSE;
}

static gboolean
has_icon (const HeraldTrayMenuNode *self,
          const char               *kind)
{
  const char *found = NULL;
  g_autoptr(GVariant) rest = NULL;

  /* A themed icon with one name is written as that name alone (g_icon_serialize). */
  if (self->icon == NULL)
    return FALSE;
  if (g_variant_is_of_type (self->icon, G_VARIANT_TYPE_STRING))
    return g_str_equal (kind, "themed");
  if (!g_variant_is_of_type (self->icon, G_VARIANT_TYPE ("(sv)")))
    return FALSE;
  g_variant_get (self->icon, "(&sv)", &found, &rest);

  return g_str_equal (found, kind);
}

static gboolean
has_icon_name (const HeraldTrayMenuNode *self)
{
  return has_icon (self, "themed");
}

static gboolean
has_icon_data (const HeraldTrayMenuNode *self)
{
  return has_icon (self, "bytes");
}

/* What is as panels take it for granted is not told. What goes back to that is told as a value; only an icon can be gone. */
static const struct
{
  const char *name;
  gboolean can_go;
  gboolean (*is_told) (const HeraldTrayMenuNode *self);
  GVariant *(*make) (const HeraldTrayMenuNode *self);
} properties[] = {
  { "label", FALSE, has_label, make_label },
  { "enabled", FALSE, is_disabled, make_enabled },
  { "visible", FALSE, is_never, make_visible },
  { "type", FALSE, is_separator, make_type },
  { "children-display", FALSE, is_submenu, make_children_display },
  { "toggle-type", FALSE, is_toggle, make_toggle_type },
  { "toggle-state", FALSE, is_toggle, make_toggle_state },
  { "icon-name", TRUE, has_icon_name, make_icon_name },
  { "icon-data", TRUE, has_icon_data, make_icon_data },
};

static gboolean
is_wished (const char        *name,
           const char *const *names)
{
  return names == NULL || *names == NULL || g_strv_contains (names, name);
}

/**
 * herald_tray_menu_node_get_properties:
 *
 * Returns: (transfer floating): a{sv}
 */
GVariant *
herald_tray_menu_node_get_properties (const HeraldTrayMenuNode *self,
                                      const char *const        *names)
{
  GVariant *entries[G_N_ELEMENTS (properties)];
  gsize n_entries = 0;

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    {
      if (properties[i].is_told (self) && is_wished (properties[i].name, names))
        entries[n_entries++] = g_variant_new_dict_entry (g_variant_new_string (properties[i].name),
                                                         g_variant_new_variant (properties[i].make (self)));
    }

  return g_variant_new_array (G_VARIANT_TYPE ("{sv}"), entries, n_entries);
}

/**
 * herald_tray_menu_node_get_property:
 *
 * Returns: (transfer floating) (nullable): its value, also where it is the usual one; %NULL if there is no such property
 */
GVariant *
herald_tray_menu_node_get_property (const HeraldTrayMenuNode *self,
                                    const char               *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    {
      if (g_str_equal (properties[i].name, name))
        return properties[i].make (self);
    }

  return NULL;
}

/**
 * herald_tray_menu_node_get_layout:
 * @depth: how many levels below it; negative for all
 *
 * Returns: (transfer floating): (ia{sv}av)
 */
GVariant *
herald_tray_menu_node_get_layout (const HeraldTrayMenuNode *self,
                                  int                       depth,
                                  const char *const        *names)
{
  gsize n_children = self->children != NULL && depth != 0 ? self->children->len : 0;
  g_autofree GVariant **children = g_new (GVariant *, n_children);
  GVariant *parts[3];

  for (gsize i = 0; i < n_children; i++)
    children[i] = g_variant_new_variant (herald_tray_menu_node_get_layout (g_ptr_array_index (self->children, i),
                                                                           MAX (depth, 0) - 1, names));

  /* There may be thousands of them; format strings would take half as long again. */
  parts[0] = g_variant_new_int32 (self->id);
  parts[1] = herald_tray_menu_node_get_properties (self, names);
  parts[2] = g_variant_new_array (G_VARIANT_TYPE_VARIANT, children, n_children);

  return g_variant_new_tuple (parts, G_N_ELEMENTS (parts));
}

/* Most items are, most of the time. */
static gboolean
looks_same (const HeraldTrayMenuNode *before,
            const HeraldTrayMenuNode *after)
{
  return before->kind == after->kind && before->enabled == after->enabled && before->is_toggled == after->is_toggled &&
         g_strcmp0 (before->label, after->label) == 0 && before->icon == NULL && after->icon == NULL;
}

/**
 * herald_tray_menu_node_compare:
 * @before: the same item as it was told last
 * @updated: a(ia{sv}) to which is added what is different
 * @removed: a(ias) to which is added what it does not have any more
 *
 * Returns: whether anything was added
 */
gboolean
herald_tray_menu_node_compare (const HeraldTrayMenuNode *before,
                               const HeraldTrayMenuNode *after,
                               GVariantBuilder          *updated,
                               GVariantBuilder          *removed)
{
  g_auto(GVariantDict) values = G_VARIANT_DICT_INIT (NULL);
  g_autoptr(GPtrArray) gone = g_ptr_array_new ();
  guint n_values = 0;

  if (looks_same (before, after))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    {
      gboolean was_told = properties[i].is_told (before);
      gboolean is_told = properties[i].is_told (after);
      g_autoptr(GVariant) old = NULL;
      g_autoptr(GVariant) new = NULL;

      if (!was_told && !is_told)
        continue;

      old = g_variant_ref_sink (properties[i].make (before));
      new = g_variant_ref_sink (properties[i].make (after));
      if (g_variant_equal (old, new))
        continue;

      if (!is_told && properties[i].can_go)
        g_ptr_array_add (gone, (gpointer) properties[i].name);
      else
        {
          g_variant_dict_insert_value (&values, properties[i].name, new);
          n_values++;
        }
    }

  if (n_values > 0)
    g_variant_builder_add (updated, "(i@a{sv})", after->id, g_variant_dict_end (&values));
  if (gone->len > 0)
    g_variant_builder_add (removed, "(i@as)", after->id,
                           g_variant_new_strv ((const char *const *) gone->pdata, gone->len));

  return n_values > 0 || gone->len > 0;
}
