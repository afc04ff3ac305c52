/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-menu-session"

#include "tray-menu-session.h"

#define INTERFACE "com.canonical.dbusmenu"

static void
on_done (GSimpleAction *action,
         GVariant      *target,
         gpointer       user_data)
{
  TrayMenuSession *self = user_data;
  g_autofree char *text = target != NULL ? g_variant_print (target, TRUE) : g_strdup ("");

  g_string_append_printf (self->done, "%s%s ", g_action_get_name (G_ACTION (action)), text);
}

void
tray_menu_session_set_up (TrayMenuSession *self,
                          gconstpointer    data)
{
  static const GActionEntry entries[] = {
    { "quit", on_done, NULL, NULL, NULL, { 0 } },
    { "off", on_done, NULL, NULL, NULL, { 0 } },
    { "pause", on_done, "s", NULL, NULL, { 0 } },
    { "muted", NULL, NULL, "false", NULL, { 0 } },
    { "mute-for", NULL, "s", "'hour'", NULL, { 0 } },
  };
  g_autoptr(GError) error = NULL;

  tray_host_set_up (&self->host, NULL);
  self->done = g_string_new ("");
  self->model = g_menu_new ();
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "off")), FALSE);

  self->menu = herald_tray_menu_new (self->host.service, G_MENU_MODEL (self->model), G_ACTION_GROUP (self->actions));
  herald_tray_menu_export (self->menu, &error);
  g_assert_no_error (error);
}

void
tray_menu_session_tear_down (TrayMenuSession *self,
                             gconstpointer    data)
{
  gpointer weak = self->menu;

  if (self->menu != NULL)
    g_object_add_weak_pointer (G_OBJECT (self->menu), &weak);
  g_clear_object (&self->menu);
  tray_host_settle (&self->host);
  g_assert_null (weak);
  g_assert_finalize_object (self->model);
  g_assert_finalize_object (self->actions);
  g_string_free (self->done, TRUE);
  tray_host_tear_down (&self->host, NULL);
}

GVariant *
tray_menu_session_call (TrayMenuSession  *self,
                        const char       *method,
                        const char       *arguments,
                        GError          **error)
{
  g_autoptr(GError) parse_error = NULL;
  g_autoptr(GVariant) value = g_variant_parse (NULL, arguments, NULL, NULL, &parse_error);

  g_assert_no_error (parse_error);

  return tray_host_call (&self->host, HERALD_TRAY_MENU_PATH, INTERFACE, method, value, error);
}

void
tray_menu_session_assert_answer (TrayMenuSession *self,
                                 const char      *method,
                                 const char      *arguments,
                                 const char      *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = tray_menu_session_call (self, method, arguments, &error);
  g_autoptr(GVariant) value = NULL;

  g_assert_no_error (error);
  value = g_variant_parse (g_variant_get_type (answer), expected, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpvariant (answer, value);
}

void
tray_menu_session_assert_error (TrayMenuSession *self,
                                const char      *method,
                                const char      *arguments,
                                int              code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = tray_menu_session_call (self, method, arguments, &error);

  g_assert_null (answer);
  g_assert_error (error, G_DBUS_ERROR, code);
}

void
tray_menu_session_click (TrayMenuSession *self,
                         int              id)
{
  g_autofree char *arguments = g_strdup_printf ("(%d, 'clicked', <'data'>, uint32 0)", id);
  g_autoptr(GVariant) answer = tray_menu_session_call (self, "Event", arguments, NULL);
}

static void
print_item (GVariant *item,
            int       indent,
            GString  *text)
{
  g_autoptr(GVariant) properties = NULL;
  g_autoptr(GVariant) children = NULL;
  const char *label = "";
  const char *word = "";
  gboolean enabled = TRUE;
  int toggled = 0;
  int id = 0;

  g_variant_get (item, "(i@a{sv}@av)", &id, &properties, &children);
  if (id != 0)
    {
      g_variant_lookup (properties, "label", "&s", &label);
      g_string_append_printf (text, "%*s%d %s", indent, "", id, g_variant_lookup (properties, "type", "&s", &word) ? "---" : label);
      if (g_variant_lookup (properties, "enabled", "b", &enabled) && !enabled)
        g_string_append (text, " (off)");
      if (g_variant_lookup (properties, "toggle-type", "&s", &word) && g_variant_lookup (properties, "toggle-state", "i", &toggled))
        g_string_append_printf (text, " [%s %d]", word, toggled);
      if (g_variant_lookup (properties, "children-display", "&s", &word))
        g_string_append (text, " >");
      g_string_append_c (text, '\n');
    }

  for (gsize i = 0; i < g_variant_n_children (children); i++)
    {
      g_autoptr(GVariant) box = g_variant_get_child_value (children, i);
      g_autoptr(GVariant) child = g_variant_get_variant (box);

      print_item (child, id != 0 ? indent + 2 : indent, text);
    }
}

void
tray_menu_session_assert_menu (TrayMenuSession *self,
                               const char      *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = tray_menu_session_call (self, "GetLayout", "(0, -1, @as [])", &error);
  g_autoptr(GString) text = g_string_new ("");
  g_autoptr(GVariant) root = NULL;

  g_assert_no_error (error);
  root = g_variant_get_child_value (answer, 1);
  print_item (root, 0, text);
  g_assert_cmpstr (text->str, ==, expected);
}

void
tray_menu_session_assert_told (TrayMenuSession *self,
                               const char      *expected)
{
  g_autofree char *told = tray_host_steal_signals (&self->host);

  g_assert_cmpstr (told, ==, expected);
}
