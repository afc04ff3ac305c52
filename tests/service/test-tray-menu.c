/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-menu"

#include "tray-menu-session.h"

static void
test_sections_are_parted_by_separators (TrayMenuSession *session,
                                        gconstpointer    data)
{
  g_autoptr(GMenu) first = g_menu_new ();
  g_autoptr(GMenu) empty = g_menu_new ();
  g_autoptr(GMenu) second = g_menu_new ();

  g_menu_append (first, "One", NULL);
  g_menu_append (first, "Two", NULL);
  g_menu_append (second, "Three", NULL);
  g_menu_append_section (session->model, NULL, G_MENU_MODEL (empty));
  g_menu_append_section (session->model, NULL, G_MENU_MODEL (first));
  g_menu_append_section (session->model, NULL, G_MENU_MODEL (empty));
  g_menu_append_section (session->model, NULL, G_MENU_MODEL (empty));
  g_menu_append_section (session->model, "Others", G_MENU_MODEL (second));
  g_menu_append (session->model, "Four", NULL);
  g_menu_append_section (session->model, NULL, G_MENU_MODEL (empty));

  tray_menu_session_assert_menu (session, "1 One (off)\n2 Two (off)\n3 ---\n4 Others (off)\n5 Three (off)\n6 ---\n7 Four (off)\n");
}

static void
test_items_are_what_their_actions_are (TrayMenuSession *session,
                                       gconstpointer    data)
{
  g_autoptr(GMenu) submenu = g_menu_new ();
  g_autoptr(GMenu) nothing = g_menu_new ();

  g_menu_append (submenu, "Pause", "tray.pause('mk3')");
  g_menu_append (session->model, "A line of text", NULL);
  g_menu_append (session->model, "Quit", "tray.quit");
  g_menu_append (session->model, "Without a group", "quit");
  g_menu_append (session->model, "Not there", "tray.unknown");
  g_menu_append (session->model, "Switched off", "tray.off");
  g_menu_append (session->model, "Muted", "tray.muted");
  g_menu_append (session->model, "An hour", "tray.mute-for::hour");
  g_menu_append (session->model, "A day", "tray.mute-for::day");
  g_menu_append (session->model, "No target", "tray.pause");
  g_menu_append (session->model, "Wrong target", "tray.pause(42)");
  g_menu_append (session->model, "Unwanted target", "tray.quit::now");
  g_menu_append_submenu (session->model, "MK3", G_MENU_MODEL (submenu));
  g_menu_append_submenu (session->model, "Empty", G_MENU_MODEL (nothing));

  tray_menu_session_assert_menu (session,
                                 "1 A line of text (off)\n2 Quit\n3 Without a group\n4 Not there (off)\n5 Switched off (off)\n"
                                 "6 Muted [checkmark 0]\n7 An hour [radio 1]\n8 A day [radio 0]\n9 No target (off)\n"
                                 "10 Wrong target (off)\n11 Unwanted target (off)\n12 MK3 >\n  13 Pause\n14 Empty >\n");
}

/* Names come from printers and files: an underscore is no key to press. */
static void
test_labels_are_read_as_they_are (TrayMenuSession *session,
                                  gconstpointer    data)
{
  g_menu_append (session->model, "my_file__v2.gcode_", NULL);
  g_menu_append (session->model, "<b>&\"'\n", NULL);
  g_menu_append (session->model, "\xe2\x80\xae" "evil\t\x1b[1m", NULL);
  g_menu_append (session->model, "", NULL);

  tray_menu_session_assert_menu (session, "1 my__file____v2.gcode__ (off)\n2 <b>&\"' (off)\n3 evil [1m (off)\n4  (off)\n");
}

static void
test_endless_labels_are_cut (TrayMenuSession *session,
                             gconstpointer    data)
{
  g_autofree char *endless = g_strnfill (1000000, 'x');
  g_autoptr(GVariant) answer = NULL;

  g_menu_append (session->model, endless, NULL);
  tray_host_settle (&session->host);
  answer = tray_menu_session_call (session, "GetLayout", "(0, -1, @as [])", NULL);
  g_assert_cmpuint (g_variant_get_size (answer), <, 1000);
}

static void
test_hidden_items_are_not_there (TrayMenuSession *session,
                                 gconstpointer    data)
{
  static const struct
  {
    const char *action;
    const char *when;
  } rows[] = {
    { "tray.off", "action-disabled" }, { "tray.quit", "action-disabled" }, { "tray.unknown", "action-missing" },
    { "tray.off", "action-missing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (rows[i].action, rows[i].action);

      g_menu_item_set_attribute (item, "hidden-when", "s", rows[i].when);
      g_menu_append_item (session->model, item);
    }

  tray_menu_session_assert_menu (session, "1 tray.quit\n2 tray.off (off)\n");
}

static void
test_icons_are_named_or_sent (TrayMenuSession *session,
                              gconstpointer    data)
{
  g_autoptr(GIcon) named = g_themed_icon_new ("printer");
  g_autoptr(GBytes) bytes = g_bytes_new_static ("png", 3);
  g_autoptr(GIcon) sent = g_bytes_icon_new (bytes);
  GIcon *const icons[] = { named, sent };

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new ("x", NULL);

      g_menu_item_set_icon (item, icons[i]);
      g_menu_append_item (session->model, item);
    }

  tray_host_settle (&session->host);
  tray_menu_session_assert_answer (session, "GetGroupProperties", "([1, 2], ['icon-name', 'icon-data'])",
                                   "([(1, {'icon-name': <'printer'>}), (2, {'icon-data': <[byte 0x70, 0x6e, 0x67]>})],)");
}

static void
add_printers (TrayMenuSession *session)
{
  g_autoptr(GMenu) sure = g_menu_new ();
  g_autoptr(GMenu) printer = g_menu_new ();

  g_menu_append (sure, "Yes", "tray.quit");
  g_menu_append_submenu (printer, "Cancel", G_MENU_MODEL (sure));
  g_menu_append_submenu (session->model, "MK3", G_MENU_MODEL (printer));
  tray_host_settle (&session->host);
}

static void
test_layout_is_cut_as_it_was_asked_for (TrayMenuSession *session,
                                        gconstpointer    data)
{
  static const char *const rows[][2] = {
    { "(0, 0, ['label'])", "(uint32 2, (0, {}, []))" },
    { "(0, 1, ['label'])", "(uint32 2, (0, {}, [<(1, {'label': <'MK3'>}, @av [])>]))" },
    { "(2, 0, ['label', 'type'])", "(uint32 2, (2, {'label': <'Cancel'>}, []))" },
    { "(2, -1, ['label'])", "(uint32 2, (2, {'label': <'Cancel'>}, [<(3, {'label': <'Yes'>}, @av [])>]))" },
    { "(2, -7, ['nonsense'])", "(uint32 2, (2, {}, [<(3, @a{sv} {}, @av [])>]))" },
    { "(2, 2147483647, ['label'])", "(uint32 2, (2, {'label': <'Cancel'>}, [<(3, {'label': <'Yes'>}, @av [])>]))" },
    { "(3, -2147483648, @as [])", "(uint32 2, (3, {'label': <'Yes'>}, []))" },
    { "(0, 1, @as [])",
      "(uint32 2, (0, {'children-display': <'submenu'>}, "
      "[<(1, {'label': <'MK3'>, 'children-display': <'submenu'>}, @av [])>]))" },
  };

  add_printers (session);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    tray_menu_session_assert_answer (session, "GetLayout", rows[i][0], rows[i][1]);
}

static void
test_properties_are_answered_one_by_one (TrayMenuSession *session,
                                         gconstpointer    data)
{
  static const char *const rows[][2] = {
    { "(1, 'label')", "(<'MK3'>,)" },
    { "(1, 'children-display')", "(<'submenu'>,)" },
    { "(1, 'enabled')", "(<true>,)" },
    { "(1, 'visible')", "(<true>,)" },
    { "(1, 'type')", "(<'standard'>,)" },
    { "(1, 'toggle-type')", "(<''>,)" },
    { "(1, 'toggle-state')", "(<-1>,)" },
    { "(1, 'icon-name')", "(<''>,)" },
    { "(0, 'children-display')", "(<'submenu'>,)" },
  };

  add_printers (session);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    tray_menu_session_assert_answer (session, "GetProperty", rows[i][0], rows[i][1]);
}

static void
test_menu_says_what_it_is (TrayMenuSession *session,
                           gconstpointer    data)
{
  static const char *const rows[][2] = {
    { "Version", "uint32 3" }, { "TextDirection", "'ltr'" }, { "Status", "'normal'" }, { "IconThemePath", "@as []" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GVariant) value = tray_host_get (&session->host, HERALD_TRAY_MENU_PATH, "com.canonical.dbusmenu", rows[i][0]);
      g_autofree char *text = g_variant_print (value, TRUE);

      g_assert_cmpstr (text, ==, rows[i][1]);
    }
}

static void
test_click_does_what_the_item_says (TrayMenuSession *session,
                                    gconstpointer    data)
{
  g_menu_append (session->model, "Text", NULL);
  g_menu_append (session->model, "Quit", "tray.quit");
  g_menu_append (session->model, "Off", "tray.off");
  g_menu_append (session->model, "Pause", "tray.pause('mk3')");
  g_menu_append (session->model, "Muted", "tray.muted");
  g_menu_append (session->model, "Day", "tray.mute-for::day");
  tray_host_settle (&session->host);

  for (int id = 0; id <= 6; id++)
    tray_menu_session_click (session, id);
  g_assert_cmpstr (session->done->str, ==, "quit pause'mk3' ");
  tray_menu_session_assert_menu (session, "1 Text (off)\n2 Quit\n3 Off (off)\n4 Pause\n5 Muted [checkmark 1]\n6 Day [radio 1]\n");
}

static void
on_shown (TrayMenuSession *session)
{
  g_menu_remove (session->model, 0);
  g_menu_append (session->model, "Just now", NULL);
}

static void
test_menu_is_brought_up_to_date_when_it_opens (TrayMenuSession *session,
                                               gconstpointer    data)
{
  g_menu_append (session->model, "A while ago", NULL);
  tray_menu_session_assert_told (session, "LayoutUpdated(2, 0)");
  g_signal_connect_swapped (session->menu, "shown", G_CALLBACK (on_shown), session);
  tray_menu_session_assert_answer (session, "AboutToShow", "(0,)", "(true,)");
  tray_menu_session_assert_menu (session, "1 Just now (off)\n");
  tray_menu_session_assert_answer (session, "AboutToShow", "(0,)", "(false,)");
}

/* LXQt does not ask, it says that it has opened the menu. */
static void
test_opened_menu_is_brought_up_to_date_too (TrayMenuSession *session,
                                            gconstpointer    data)
{
  g_menu_append (session->model, "A while ago", NULL);
  tray_menu_session_assert_told (session, "LayoutUpdated(2, 0)");
  g_signal_connect_swapped (session->menu, "shown", G_CALLBACK (on_shown), session);
  tray_menu_session_assert_answer (session, "Event", "(0, 'opened', <0>, uint32 0)", "()");
  tray_menu_session_assert_told (session, "ItemsPropertiesUpdated([(1, {'label': <'Just now'>})], [])");
}

static void
test_nothing_is_told_by_who_is_not_there (TrayMenuSession *session,
                                          gconstpointer    data)
{
  g_autoptr(GError) error = NULL;

  herald_tray_menu_unexport (session->menu);
  g_menu_append (session->model, "Text", NULL);
  tray_menu_session_assert_told (session, "");
  tray_menu_session_assert_error (session, "AboutToShow", "(0,)", G_DBUS_ERROR_UNKNOWN_METHOD);
  herald_tray_menu_export (session->menu, &error);
  g_assert_no_error (error);
  tray_menu_session_assert_menu (session, "1 Text (off)\n");
}

#define ADD(name, function) \
  g_test_add ("/tray-menu/" name, TrayMenuSession, NULL, tray_menu_session_set_up, function, tray_menu_session_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("sections", test_sections_are_parted_by_separators);
  ADD ("items", test_items_are_what_their_actions_are);
  ADD ("labels", test_labels_are_read_as_they_are);
  ADD ("endless", test_endless_labels_are_cut);
  ADD ("hidden", test_hidden_items_are_not_there);
  ADD ("icons", test_icons_are_named_or_sent);
  ADD ("layout", test_layout_is_cut_as_it_was_asked_for);
  ADD ("properties", test_properties_are_answered_one_by_one);
  ADD ("itself", test_menu_says_what_it_is);
  ADD ("click", test_click_does_what_the_item_says);
  ADD ("shown", test_menu_is_brought_up_to_date_when_it_opens);
  ADD ("opened", test_opened_menu_is_brought_up_to_date_too);
  ADD ("unexported", test_nothing_is_told_by_who_is_not_there);

  return tray_host_run ();
}
