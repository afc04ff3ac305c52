/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-model"

#include "service/tray/tray-model.h"

#include <string.h>

#include "core/channels/channel.h"
#include "fixtures/shown-printers.h"

#define ON HERALD_CONNECTION_CONNECTED

/* A menu as text: sections part by “--”, submenus are indented, actions stand in brackets */
static void
print_menu (GString    *text,
            GMenuModel *menu,
            int         depth)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr(GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr(GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);
      g_autofree char *label = NULL;
      g_autofree char *action = NULL;

      if (section != NULL)
        {
          if (i > 0)
            g_string_append_printf (text, "%*s--\n", depth * 2, "");
          print_menu (text, section, depth);
          continue;
        }

      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label);
      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action);
      g_string_append_printf (text, "%*s%s%s%s%s\n", depth * 2, "", label, action != NULL ? " [" : "",
                              action != NULL ? action : "", action != NULL ? "]" : "");
      if (submenu != NULL)
        print_menu (text, submenu, depth + 1);
    }
}

static char *
print (GMenu *menu)
{
  GString *text = g_string_new (NULL);

  print_menu (text, G_MENU_MODEL (menu), 0);

  return g_string_free (text, FALSE);
}

static GMenu *
make (const ShownPrinter *shown,
      guint               n_shown,
      gint64              muted_until_ms,
      gboolean            has_window)
{
  g_autoptr(GListModel) printers = shown_printers_list (shown, n_shown);
  g_autoptr(GListStore) channels = g_list_store_new (HERALD_TYPE_CHANNEL);
  HeraldTrayModelInput input = {
    .printers = printers,
    .channels = G_LIST_MODEL (channels),
    .headline = "Headline",
    .muted_until_ms = muted_until_ms,
    .now_ms = SHOWN_NOW_MS,
    .has_window = has_window,
  };

  return herald_tray_model_make (&input);
}

static void
assert_menu (GMenu      *taken_menu,
             const char *expected)
{
  g_autoptr(GMenu) menu = taken_menu;
  g_autofree char *text = print (menu);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_one_printer_has_its_items_at_the_top (void)
{
  static const ShownPrinter shown = { "Prusa", ON, HERALD_STATE_PRINTING, 42, 65 * 60, "benchy_1.gcode" };

  assert_menu (make (&shown, 1, 0, TRUE),
               "Headline\n"
               "--\n"
               "“benchy_1.gcode”\n"
               "Done at 18:05, in 1 hour 5 min\n"
               "--\n"
               "Pause [tray.pause.p1]\n"
               "Resume [tray.resume.p1]\n"
               "Cancel this print\n"
               "  “benchy_1.gcode” will be lost.\n"
               "  Yes, cancel it [tray.cancel.p1]\n"
               "--\n"
               "Show picture [tray.picture.p1]\n"
               "Open web page [tray.page.p1]\n"
               "Show in OctoHerald [tray.show.p1]\n"
               "Mute this print [tray.mute-print.p1]\n"
               "--\n"
               "Mute\n"
               "  For 1 hour [tray.mute-hour]\n"
               "  Until tomorrow 08:00 [tray.mute-morning]\n"
               "  Until I unmute [tray.mute-forever]\n"
               "--\n"
               "Open OctoHerald [tray.window.printers]\n"
               "Quit\n"
               "  1 print goes on, but you will hear nothing of it.\n"
               "  Yes, quit [tray.quit]\n");
}

static void
test_two_printers_have_a_submenu_each (void)
{
  static const ShownPrinter shown[] = {
    { "Ender", ON, HERALD_STATE_OFFLINE },
    { "<b>&\"'\n_x", HERALD_CONNECTION_UNREACHABLE, .error = "Nothing answers at http://x" },
  };

  assert_menu (make (shown, 2, SHOWN_NOW_MS + SHOWN_HOUR_MS, FALSE),
               "Headline\n"
               "--\n"
               "Ender: printer off\n"
               "  Pause [tray.pause.p1]\n"
               "  Resume [tray.resume.p1]\n"
               "  Cancel this print [tray.cancel.p1]\n"
               "  Connect to the printer [tray.connect.p1]\n"
               "  --\n"
               "  Show picture [tray.picture.p1]\n"
               "  Open web page [tray.page.p1]\n"
               "  Mute this print [tray.mute-print.p1]\n"
               "<b>&\"' _x: not reachable\n"
               "  Nothing answers at http://x\n"
               "  --\n"
               "  Pause [tray.pause.p2]\n"
               "  Resume [tray.resume.p2]\n"
               "  Cancel this print [tray.cancel.p2]\n"
               "  --\n"
               "  Show picture [tray.picture.p2]\n"
               "  Open web page [tray.page.p2]\n"
               "  Mute this print [tray.mute-print.p2]\n"
               "--\n"
               "Muted until 18:00\n"
               "  Unmute [tray.unmute]\n"
               "  For 1 hour [tray.mute-hour]\n"
               "  Until tomorrow 08:00 [tray.mute-morning]\n"
               "  Until I unmute [tray.mute-forever]\n"
               "--\n"
               "Quit [tray.quit]\n");
}

static guint
count_longest (GMenuModel *menu)
{
  guint longest = 0;
  guint n_here = 0;

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr(GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr(GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);

      n_here += section != NULL ? (guint) g_menu_model_get_n_items (section) : 1;
      if (section != NULL || submenu != NULL)
        longest = MAX (longest, count_longest (section != NULL ? section : submenu));
    }

  return MAX (longest, n_here);
}

/* Each can be found by its name, those that need somebody at once, and no menu is longer than a screen. */
static void
test_three_hundred_printers_stay_usable (void)
{
  g_autofree ShownPrinter *shown = g_new0 (ShownPrinter, 300);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GMenu) menu = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 300; i++)
    {
      char *name = g_strdup_printf ("Printer %03u", (i * 7) % 300);

      g_ptr_array_add (names, name);
      shown[i] = (ShownPrinter){ name, ON, i == 200 ? HERALD_STATE_ERROR : HERALD_STATE_OPERATIONAL };
    }
  menu = make (shown, 300, 0, TRUE);
  text = print (menu);

  g_assert_true (g_str_has_prefix (text, "Headline\n--\nPrinter 200: printer error\n"));
  g_assert_nonnull (strstr (text, "\nAll printers\n  Printer 000 – Printer 014\n    Printer 000: ready\n"));
  g_assert_nonnull (strstr (text, "\n  Printer 285 – Printer 299\n"));
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *line = g_strdup_printf ("\n    %s: ", shown[i].name);

      g_assert_nonnull (strstr (text, line));
    }
  g_assert_cmpuint (count_longest (G_MENU_MODEL (menu)), <=, 24);
}

static void
on_items_changed (GMenuModel *model,
                  int         position,
                  int         n_removed,
                  int         n_added,
                  gpointer    user_data)
{
  ++*(guint *) user_data;
}

static void
follow (GMenuModel *menu,
        guint      *n_changes)
{
  g_signal_connect (menu, "items-changed", G_CALLBACK (on_items_changed), n_changes);
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr(GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr(GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);

      if (section != NULL || submenu != NULL)
        follow (section != NULL ? section : submenu, n_changes);
    }
}

static void
test_only_what_differs_is_changed (void)
{
  static const ShownPrinter before[] = {
    { "Ender", ON, HERALD_STATE_OFFLINE },
    { "Prusa", ON, HERALD_STATE_PRINTING, 42, 3600, "a.gcode" },
  };
  static const ShownPrinter after[] = {
    { "Ender", ON, HERALD_STATE_OFFLINE },
    { "Prusa", ON, HERALD_STATE_PRINTING, 43, 3600, "a.gcode" },
  };
  g_autoptr(GMenu) live = make (before, 2, 0, TRUE);
  g_autoptr(GMenu) same = make (before, 2, 0, TRUE);
  g_autoptr(GMenu) other = make (after, 2, 0, TRUE);
  g_autoptr(GMenu) muted = make (before, 2, SHOWN_NOW_MS + 1000, FALSE);
  g_autofree char *wanted = print (muted);
  g_autofree char *got = NULL;
  guint n_changes = 0;

  follow (G_MENU_MODEL (live), &n_changes);
  herald_tray_model_sync (live, G_MENU_MODEL (same));
  g_assert_cmpuint (n_changes, ==, 0);

  /* GMenu tells the removal and the insertion of one line. */
  herald_tray_model_sync (live, G_MENU_MODEL (other));
  g_assert_cmpuint (n_changes, ==, 2);

  herald_tray_model_sync (live, G_MENU_MODEL (muted));
  got = print (live);
  g_assert_cmpstr (got, ==, wanted);
}

/* Any menu can become any other. */
static void
test_sync_ends_where_it_should (void)
{
  static const HeraldStateId states[] = {
    HERALD_STATE_OFFLINE, HERALD_STATE_OPERATIONAL, HERALD_STATE_PRINTING, HERALD_STATE_PAUSED, HERALD_STATE_ERROR,
  };
  g_autoptr(GMenu) live = g_menu_new ();

  for (guint round = 0; round < 200; round++)
    {
      ShownPrinter shown[20] = { 0 };
      guint n = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (shown));
      g_autoptr(GMenu) wanted = NULL;
      g_autofree char *expected = NULL;
      g_autofree char *got = NULL;

      for (guint i = 0; i < n; i++)
        shown[i] = (ShownPrinter){ "X", ON, states[g_test_rand_int_range (0, G_N_ELEMENTS (states))],
                                   g_test_rand_int_range (-1, 100), g_test_rand_int_range (0, 5000), "f.gcode" };
      wanted = make (shown, n, g_test_rand_bit () ? SHOWN_NOW_MS + 1000 : 0, g_test_rand_bit ());
      herald_tray_model_sync (live, G_MENU_MODEL (wanted));
      expected = print (wanted);
      got = print (live);
      g_assert_cmpstr (got, ==, expected);
    }
}

static void
test_until_tomorrow_ends_after_a_night (void)
{
  static const struct
  {
    gint64 now_s;
    gint64 morning_s;
  } rows[] = {
    { 1795280400, 1795334400 }, /* 17:00 → 08:00 of the next day */
    { 1795305599, 1795334400 }, /* 23:59:59 */
    { 1795305600, 1795334400 }, /* 00:00: the day that has begun */
    { 1795323599, 1795334400 }, /* 04:59:59 */
    { 1795323600, 1795420800 }, /* 05:00: who is up early means the next day */
    { 1795334400, 1795420800 }, /* 08:00 */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (herald_tray_model_find_morning (rows[i].now_s * 1000), ==, rows[i].morning_s * 1000);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tray-model/one", test_one_printer_has_its_items_at_the_top);
  g_test_add_func ("/tray-model/two", test_two_printers_have_a_submenu_each);
  g_test_add_func ("/tray-model/many", test_three_hundred_printers_stay_usable);
  g_test_add_func ("/tray-model/sync", test_only_what_differs_is_changed);
  g_test_add_func ("/tray-model/sync-random", test_sync_ends_where_it_should);
  g_test_add_func ("/tray-model/morning", test_until_tomorrow_ends_after_a_night);

  return g_test_run ();
}
