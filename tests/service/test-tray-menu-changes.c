/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-menu-changes"

#include "tray-menu-session.h"

static GMenu *
make_printer (const char *id)
{
  GMenu *printer = g_menu_new ();
  g_autofree char *action = g_strdup_printf ("tray.pause('%s')", id);

  g_menu_append (printer, "Nothing to do", NULL);
  g_menu_append (printer, "Pause", action);

  return printer;
}

static void
insert_printer (TrayMenuSession *session,
                int              position,
                const char      *label,
                const char      *id)
{
  g_autoptr(GMenu) printer = make_printer (id);

  g_menu_insert_submenu (session->model, position, label, G_MENU_MODEL (printer));
}

static void
change (TrayMenuSession *session,
        int              position,
        const char      *label,
        const char      *action)
{
  g_menu_remove (session->model, position);
  g_menu_insert (session->model, position, label, action);
}

/* Two lines of text, two printers, an item */
static void
fill (TrayMenuSession *session)
{
  g_menu_append (session->model, "2 printing", NULL);
  insert_printer (session, -1, "MK3", "mk3");
  insert_printer (session, -1, "MK4", "mk4");
  g_menu_append (session->model, "Quit", "tray.quit");
  tray_menu_session_assert_told (session, "LayoutUpdated(2, 0)");
  tray_menu_session_assert_menu (session, "1 2 printing (off)\n2 MK3 >\n  3 Nothing to do (off)\n  4 Pause\n5 MK4 >\n"
                                          "  6 Nothing to do (off)\n  7 Pause\n8 Quit\n");
}

static void
test_label_is_a_change_of_a_property (TrayMenuSession *session,
                                      gconstpointer    data)
{
  fill (session);
  change (session, 0, "1 printing", NULL);
  tray_menu_session_assert_told (session, "ItemsPropertiesUpdated([(1, {'label': <'1 printing'>})], [])");
  tray_menu_session_assert_answer (session, "GetLayout", "(1, 0, ['label'])", "(uint32 2, (1, {'label': <'1 printing'>}, []))");
}

/* Whoever rebuilds the whole menu each second tells no more than who changes one word. */
static void
test_rebuilt_menu_is_the_same_menu (TrayMenuSession *session,
                                    gconstpointer    data)
{
  fill (session);
  g_menu_remove_all (session->model);
  g_menu_append (session->model, "2 printing", NULL);
  insert_printer (session, -1, "MK3", "mk3");
  insert_printer (session, -1, "MK4 – 42 %", "mk4");
  g_menu_append (session->model, "Quit", "tray.quit");
  tray_menu_session_assert_told (session, "ItemsPropertiesUpdated([(5, {'label': <'MK4 – 42 %'>})], [])");
}

static void
test_what_cannot_be_seen_is_not_told (TrayMenuSession *session,
                                      gconstpointer    data)
{
  fill (session);
  change (session, 0, "3 printing", NULL);
  change (session, 0, "2 printing", NULL);
  g_action_group_activate_action (G_ACTION_GROUP (session->actions), "muted", NULL);
  tray_menu_session_assert_told (session, "");
}

static void
test_many_changes_are_told_at_once (TrayMenuSession *session,
                                    gconstpointer    data)
{
  fill (session);
  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *label = g_strdup_printf ("%d printing", i);

      change (session, 0, label, NULL);
    }
  tray_menu_session_assert_told (session, "ItemsPropertiesUpdated([(1, {'label': <'999 printing'>})], [])");
}

/* Trap: GNOME's panel knows an item by its number and does not look again what kind it is. */
static void
test_new_printer_gets_numbers_nobody_had (TrayMenuSession *session,
                                          gconstpointer    data)
{
  fill (session);
  insert_printer (session, 1, "Mini", "mini");
  tray_menu_session_assert_told (session, "LayoutUpdated(3, 0)");
  tray_menu_session_assert_menu (session, "1 2 printing (off)\n9 Mini >\n  10 Nothing to do (off)\n  11 Pause\n2 MK3 >\n"
                                          "  3 Nothing to do (off)\n  4 Pause\n5 MK4 >\n  6 Nothing to do (off)\n  7 Pause\n"
                                          "8 Quit\n");
  g_menu_remove (session->model, 1);
  tray_menu_session_assert_told (session, "LayoutUpdated(4, 0)");
  insert_printer (session, 1, "Mini", "mini");
  tray_menu_session_assert_told (session, "LayoutUpdated(5, 0)");
  tray_menu_session_assert_answer (session, "GetProperty", "(12, 'label')", "(<'Mini'>,)");
}

static void
test_number_of_one_printer_never_becomes_another (TrayMenuSession *session,
                                                  gconstpointer    data)
{
  fill (session);
  g_menu_remove (session->model, 1);
  tray_menu_session_assert_told (session, "LayoutUpdated(3, 0)");
  tray_menu_session_assert_error (session, "Event", "(4, 'clicked', <0>, uint32 0)", G_DBUS_ERROR_INVALID_ARGS);
  tray_menu_session_click (session, 7);
  g_assert_cmpstr (session->done->str, ==, "pause'mk4' ");
}

/* The panel has seen "Pause" of the MK3; the click arrives when there is something else in its place. */
static void
test_click_that_comes_late_hits_nothing (TrayMenuSession *session,
                                         gconstpointer    data)
{
  g_menu_append (session->model, "Pause", "tray.pause::mk3");
  tray_menu_session_assert_menu (session, "1 Pause\n");
  change (session, 0, "Quit", "tray.quit");
  tray_menu_session_assert_error (session, "Event", "(1, 'clicked', <0>, uint32 0)", G_DBUS_ERROR_INVALID_ARGS);
  g_assert_cmpstr (session->done->str, ==, "");
  tray_menu_session_assert_menu (session, "2 Quit\n");
}

static void
test_only_what_is_above_a_change_is_read_anew (TrayMenuSession *session,
                                               gconstpointer    data)
{
  g_autoptr(GMenuModel) mk3 = NULL;
  g_autoptr(GMenuModel) mk4 = NULL;

  fill (session);
  mk3 = g_menu_model_get_item_link (G_MENU_MODEL (session->model), 1, G_MENU_LINK_SUBMENU);
  mk4 = g_menu_model_get_item_link (G_MENU_MODEL (session->model), 2, G_MENU_LINK_SUBMENU);
  g_menu_append (G_MENU (mk3), "New", NULL);
  tray_menu_session_assert_told (session, "LayoutUpdated(3, 2)");
  g_menu_append (G_MENU (mk3), "New", NULL);
  g_menu_append (G_MENU (mk4), "New", NULL);
  tray_menu_session_assert_told (session, "LayoutUpdated(4, 0)");
  change (session, 0, "Both", NULL);
  g_menu_remove (G_MENU (mk4), 2);
  tray_menu_session_assert_told (session, "ItemsPropertiesUpdated([(1, {'label': <'Both'>})], []) LayoutUpdated(5, 5)");
}

/* Plasma drops the first LayoutUpdated after an AboutToShow, and reads a submenu by itself alone. */
static void
test_what_has_changed_is_read_anew_when_it_opens (TrayMenuSession *session,
                                                  gconstpointer    data)
{
  g_autoptr(GMenuModel) mk4 = NULL;

  fill (session);
  mk4 = g_menu_model_get_item_link (G_MENU_MODEL (session->model), 2, G_MENU_LINK_SUBMENU);
  g_menu_append (G_MENU (mk4), "New", NULL);
  tray_menu_session_assert_told (session, "LayoutUpdated(3, 5)");
  tray_menu_session_assert_answer (session, "AboutToShowGroup", "([2, 5],)", "([5], @ai [])");
}

static GSimpleAction *
find_action (TrayMenuSession *session,
             const char      *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (session->actions), name));
}

static void
test_actions_change_properties (TrayMenuSession *session,
                                gconstpointer    data)
{
  fill (session);
  g_menu_append (session->model, "Muted", "tray.muted");
  g_menu_append (session->model, "Hour", "tray.mute-for::hour");
  g_menu_append (session->model, "Day", "tray.mute-for::day");
  tray_menu_session_assert_told (session, "LayoutUpdated(3, 0)");

  g_simple_action_set_enabled (find_action (session, "quit"), FALSE);
  tray_menu_session_assert_told (session, "ItemsPropertiesUpdated([(8, {'enabled': <false>})], [])");
  g_simple_action_set_enabled (find_action (session, "quit"), TRUE);
  tray_menu_session_assert_told (session, "ItemsPropertiesUpdated([(8, {'enabled': <true>})], [])");
  g_simple_action_set_enabled (find_action (session, "pause"), FALSE);
  tray_menu_session_assert_told (session, "ItemsPropertiesUpdated([(4, {'enabled': <false>}), (7, {'enabled': <false>})], [])");
  g_simple_action_set_state (find_action (session, "muted"), g_variant_new_boolean (TRUE));
  tray_menu_session_assert_told (session, "ItemsPropertiesUpdated([(9, {'toggle-state': <1>})], [])");
  g_simple_action_set_state (find_action (session, "mute-for"), g_variant_new_string ("day"));
  tray_menu_session_assert_told (session, "ItemsPropertiesUpdated([(10, {'toggle-state': <0>}), "
                                          "(11, {'toggle-state': <1>})], [])");
  g_action_map_remove_action (G_ACTION_MAP (session->actions), "quit");
  tray_menu_session_assert_told (session, "ItemsPropertiesUpdated([(8, {'enabled': <false>})], [])");
  /* It is another kind of item now. */
  g_action_map_remove_action (G_ACTION_MAP (session->actions), "muted");
  tray_menu_session_assert_told (session, "LayoutUpdated(4, 0)");
}

static void
set_keyed_item (TrayMenuSession *session,
                int              position,
                const char      *label,
                const char      *key)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_attribute (item, HERALD_TRAY_MENU_KEY, "s", key);
  g_menu_insert_item (session->model, position, item);
}

static void
test_key_says_who_an_item_is (TrayMenuSession *session,
                              gconstpointer    data)
{
  set_keyed_item (session, 0, "A", "a");
  set_keyed_item (session, 1, "B", "b");
  tray_menu_session_assert_menu (session, "1 A (off)\n2 B (off)\n");
  g_menu_remove_all (session->model);
  set_keyed_item (session, 0, "B, changed", "b");
  tray_menu_session_assert_menu (session, "2 B, changed (off)\n");
}

static void
test_icon_that_is_gone_is_told (TrayMenuSession *session,
                                gconstpointer    data)
{
  g_autoptr(GMenuItem) item = g_menu_item_new ("Text", NULL);
  g_autoptr(GIcon) icon = g_themed_icon_new ("printer");

  g_menu_item_set_icon (item, icon);
  g_menu_append_item (session->model, item);
  tray_menu_session_assert_told (session, "LayoutUpdated(2, 0)");
  change (session, 0, "Text", NULL);
  tray_menu_session_assert_told (session, "ItemsPropertiesUpdated([], [(1, ['icon-name'])])");
}

static void
count (guint *n_times)
{
  (*n_times)++;
}

static void
test_menu_says_when_it_is_closed (TrayMenuSession *session,
                                  gconstpointer    data)
{
  guint n_times = 0;

  fill (session);
  g_signal_connect_swapped (session->menu, "hidden", G_CALLBACK (count), &n_times);
  tray_menu_session_assert_answer (session, "Event", "(0, 'opened', <0>, uint32 0)", "()");
  tray_menu_session_assert_answer (session, "Event", "(2, 'closed', <0>, uint32 0)", "()");
  g_assert_cmpuint (n_times, ==, 0);
  tray_menu_session_assert_answer (session, "Event", "(0, 'closed', <0>, uint32 0)", "()");
  g_assert_cmpuint (n_times, ==, 1);
  /* Xfce tells of clicks only. */
  tray_menu_session_click (session, 8);
  g_assert_cmpuint (n_times, ==, 2);
}

#define ADD(name, function) \
  g_test_add ("/tray-menu-changes/" name, TrayMenuSession, NULL, tray_menu_session_set_up, function, \
              tray_menu_session_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("label", test_label_is_a_change_of_a_property);
  ADD ("rebuilt", test_rebuilt_menu_is_the_same_menu);
  ADD ("unseen", test_what_cannot_be_seen_is_not_told);
  ADD ("many", test_many_changes_are_told_at_once);
  ADD ("new", test_new_printer_gets_numbers_nobody_had);
  ADD ("another", test_number_of_one_printer_never_becomes_another);
  ADD ("late", test_click_that_comes_late_hits_nothing);
  ADD ("above", test_only_what_is_above_a_change_is_read_anew);
  ADD ("opened", test_what_has_changed_is_read_anew_when_it_opens);
  ADD ("actions", test_actions_change_properties);
  ADD ("key", test_key_says_who_an_item_is);
  ADD ("closed", test_menu_says_when_it_is_closed);
  ADD ("icon", test_icon_that_is_gone_is_told);

  return tray_host_run ();
}
