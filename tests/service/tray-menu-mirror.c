/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-menu-mirror"

#include "tray-menu-mirror.h"

#define INTERFACE "com.canonical.dbusmenu"

static GVariant *
call (TrayMenuMirror *mirror,
      const char     *method,
      GVariant       *arguments)
{
  g_autoptr(GError) error = NULL;
  GVariant *answer = tray_host_call (&mirror->session->host, HERALD_TRAY_MENU_PATH, INTERFACE, method, arguments, &error);

  g_assert_no_error (error);

  return answer;
}

static void
set_properties (TrayMenuMirror *mirror,
                int             id,
                GVariant       *values)
{
  GVariantDict *item = g_hash_table_lookup (mirror->items, GINT_TO_POINTER (id));
  GVariantIter iter;
  const char *name;
  GVariant *value;

  if (item == NULL)
    return;

  g_variant_iter_init (&iter, values);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    g_variant_dict_insert_value (item, name, value);
}

static void
on_properties (GDBusConnection *connection,
               const char      *sender,
               const char      *path,
               const char      *interface,
               const char      *signal,
               GVariant        *arguments,
               gpointer         user_data)
{
  g_autoptr(GVariant) updated = g_variant_get_child_value (arguments, 0);
  GVariantIter iter;
  GVariant *values;
  int id;

  g_variant_iter_init (&iter, updated);
  while (g_variant_iter_loop (&iter, "(i@a{sv})", &id, &values))
    set_properties (user_data, id, values);
}

static void
on_layout (GDBusConnection *connection,
           const char      *sender,
           const char      *path,
           const char      *interface,
           const char      *signal,
           GVariant        *arguments,
           gpointer         user_data)
{
  ((TrayMenuMirror *) user_data)->is_old = TRUE;
}

static void
learn (TrayMenuMirror *mirror,
       GVariant       *item)
{
  g_autoptr(GVariant) known = NULL;
  g_autoptr(GVariant) children = NULL;
  int id = 0;

  g_variant_get (item, "(i@a{sv}@av)", &id, &known, &children);
  if (!g_hash_table_contains (mirror->items, GINT_TO_POINTER (id)))
    {
      g_autoptr(GVariant) answer = call (mirror, "GetGroupProperties", g_variant_new_parsed ("([%i], @as [])", id));
      g_autoptr(GVariant) values = g_variant_get_child_value (answer, 0);

      g_hash_table_insert (mirror->items, GINT_TO_POINTER (id), g_variant_dict_new (NULL));
      for (gsize i = 0; i < g_variant_n_children (values); i++)
        {
          g_autoptr(GVariant) properties = NULL;

          g_variant_get_child (values, i, "(i@a{sv})", NULL, &properties);
          set_properties (mirror, id, properties);
        }
    }
  set_properties (mirror, id, known);

  for (gsize i = 0; i < g_variant_n_children (children); i++)
    {
      g_autoptr(GVariant) box = g_variant_get_child_value (children, i);
      g_autoptr(GVariant) child = g_variant_get_variant (box);

      learn (mirror, child);
    }
}

void
tray_menu_mirror_catch_up (TrayMenuMirror *mirror)
{
  g_autoptr(GVariant) answer = NULL;

  tray_host_settle (&mirror->session->host);
  if (!mirror->is_old)
    return;

  mirror->is_old = FALSE;
  answer = call (mirror, "GetLayout", g_variant_new_parsed ("(0, -1, ['type', 'children-display'])"));
  g_clear_pointer (&mirror->tree, g_variant_unref);
  mirror->tree = g_variant_get_child_value (answer, 1);
  learn (mirror, mirror->tree);
}

/* What is not told is as usual. */
static void
assert_value (TrayMenuMirror *mirror,
              int             id,
              const char     *name,
              GVariant       *properties,
              GVariant       *usual)
{
  GVariantDict *item = g_hash_table_lookup (mirror->items, GINT_TO_POINTER (id));
  g_autoptr(GVariant) otherwise = g_variant_ref_sink (usual);
  g_autoptr(GVariant) is = g_variant_lookup_value (properties, name, NULL);
  g_autoptr(GVariant) shown = g_variant_dict_lookup_value (item, name, NULL);

  g_assert_cmpvariant (shown != NULL ? shown : otherwise, is != NULL ? is : otherwise);
}

/* A number is of one kind for ever. */
static void
assert_meaning (TrayMenuMirror *mirror,
                int             id,
                GVariant       *properties)
{
  const char *kind = "";
  const char *toggle = "";
  const char *before = g_hash_table_lookup (mirror->meanings, GINT_TO_POINTER (id));
  g_autofree char *now = NULL;

  g_variant_lookup (properties, "type", "&s", &kind);
  g_variant_lookup (properties, "children-display", "&s", &kind);
  g_variant_lookup (properties, "toggle-type", "&s", &toggle);
  now = g_strconcat (kind, toggle, NULL);
  if (before == NULL)
    g_hash_table_insert (mirror->meanings, GINT_TO_POINTER (id), g_strdup (now));
  else
    g_assert_cmpstr (before, ==, now);
}

static void
assert_same (TrayMenuMirror *mirror,
             GVariant       *shown,
             GVariant       *menu)
{
  g_autoptr(GVariant) properties = NULL;
  g_autoptr(GVariant) children = NULL;
  g_autoptr(GVariant) shown_children = NULL;
  int id = 0;
  int shown_id = 0;

  g_variant_get (shown, "(i@a{sv}@av)", &shown_id, NULL, &shown_children);
  g_variant_get (menu, "(i@a{sv}@av)", &id, &properties, &children);
  g_assert_cmpint (shown_id, ==, id);
  g_assert_cmpuint (g_variant_n_children (shown_children), ==, g_variant_n_children (children));
  assert_value (mirror, id, "label", properties, g_variant_new_string (""));
  assert_value (mirror, id, "enabled", properties, g_variant_new_boolean (TRUE));
  assert_value (mirror, id, "type", properties, g_variant_new_string ("standard"));
  assert_value (mirror, id, "children-display", properties, g_variant_new_string (""));
  assert_value (mirror, id, "toggle-type", properties, g_variant_new_string (""));
  assert_value (mirror, id, "toggle-state", properties, g_variant_new_int32 (-1));
  assert_meaning (mirror, id, properties);

  for (gsize i = 0; i < g_variant_n_children (children); i++)
    {
      g_autoptr(GVariant) shown_box = g_variant_get_child_value (shown_children, i);
      g_autoptr(GVariant) shown_child = g_variant_get_variant (shown_box);
      g_autoptr(GVariant) box = g_variant_get_child_value (children, i);
      g_autoptr(GVariant) child = g_variant_get_variant (box);

      assert_same (mirror, shown_child, child);
    }
}

void
tray_menu_mirror_set_up (TrayMenuMirror  *mirror,
                         TrayMenuSession *session)
{
  const char *service = g_dbus_connection_get_unique_name (session->host.service);

  mirror->session = session;
  mirror->items = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_variant_dict_unref);
  mirror->meanings = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  mirror->is_old = TRUE;
  g_dbus_connection_signal_subscribe (session->host.panel, service, INTERFACE, "ItemsPropertiesUpdated", NULL, NULL,
                                      G_DBUS_SIGNAL_FLAGS_NONE, on_properties, mirror, NULL);
  g_dbus_connection_signal_subscribe (session->host.panel, service, INTERFACE, "LayoutUpdated", NULL, NULL,
                                      G_DBUS_SIGNAL_FLAGS_NONE, on_layout, mirror, NULL);
}

void
tray_menu_mirror_tear_down (TrayMenuMirror *mirror)
{
  g_clear_pointer (&mirror->items, g_hash_table_unref);
  g_clear_pointer (&mirror->meanings, g_hash_table_unref);
  g_clear_pointer (&mirror->tree, g_variant_unref);
}

/* What it shows is what the menu is. */
void
tray_menu_mirror_assert_true (TrayMenuMirror *mirror)
{
  g_autoptr(GVariant) answer = NULL;
  g_autoptr(GVariant) menu = NULL;

  tray_menu_mirror_catch_up (mirror);
  answer = call (mirror, "GetLayout", g_variant_new_parsed ("(0, -1, @as [])"));
  menu = g_variant_get_child_value (answer, 1);
  assert_same (mirror, mirror->tree, menu);
}
