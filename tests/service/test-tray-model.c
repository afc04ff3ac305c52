/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-model"

#include "service/tray/tray-model.h"

#include <string.h>

#include "core/base/time-words.h"
#include "core/outbox/fake-channel.h"
#include "fixtures/shown-menu.h"

#define ON HERALD_CONNECTION_CONNECTED

static void
assert_menu (GMenu      *taken_menu,
             const char *expected)
{
  g_autoptr(GMenu) menu = taken_menu;
  g_autofree char *text = shown_menu_print (menu);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_one_printer_has_its_items_at_the_top (void)
{
  static const ShownPrinter shown = { "Prusa", ON, HERALD_STATE_PRINTING, 42, 65 * 60, "benchy_1.gcode" };

  assert_menu (shown_menu_make (&shown, 1, 0, TRUE),
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
               "Mute everything\n"
               "  For 1 hour [tray.mute-hour]\n"
               "  Until tomorrow 08:00 [tray.mute-morning]\n"
               "  Until I unmute [tray.mute-forever]\n"
               "--\n"
               "Open OctoHerald [tray.window.printers]\n"
               "Quit\n"
               "  1 print goes on, but you will hear nothing of it.\n"
               "  Yes, quit [tray.quit-anyway]\n");
}

static void
test_quitting_asks_about_prints_nobody_can_reach (void)
{
  static const ShownPrinter shown[] = {
    { "Away", HERALD_CONNECTION_UNREACHABLE, HERALD_STATE_PRINTING, 42 },
    { "Off", ON, HERALD_STATE_PRINTING, 42, .is_disabled = TRUE },
    { "Ready", ON, HERALD_STATE_OPERATIONAL },
  };
  g_autoptr(GMenu) menu = shown_menu_make (shown, G_N_ELEMENTS (shown), 0, FALSE);
  g_autofree char *text = shown_menu_print (menu);

  g_assert_true (g_str_has_suffix (text, "Quit\n"
                                         "  1 print goes on, but you will hear nothing of it.\n"
                                         "  Yes, quit [tray.quit-anyway]\n"));
}

static void
test_two_printers_have_a_submenu_each (void)
{
  static const ShownPrinter shown[] = {
    { "Ender", ON, HERALD_STATE_OFFLINE },
    { "<b>&\"'\n_x", HERALD_CONNECTION_UNREACHABLE, .error = "Nothing answers at http://x" },
  };

  assert_menu (shown_menu_make (shown, 2, SHOWN_NOW_MS + SHOWN_HOUR_MS, FALSE),
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

static void
test_channels_are_tested_and_the_held_one_asks (void)
{
  g_autoptr(GListModel) printers = shown_printers_list (NULL, 0);
  g_autoptr(GListStore) channels = g_list_store_new (HERALD_TYPE_CHANNEL);
  g_autoptr(FakeChannel) held = fake_channel_new ("post");
  g_autoptr(FakeChannel) other = fake_channel_new ("desk_top");
  HeraldTrayModelInput input = { printers, G_LIST_MODEL (channels), "Headline", 0, SHOWN_NOW_MS, TRUE };

  g_list_store_append (channels, held);
  g_list_store_append (channels, other);
  herald_channel_set_problem (HERALD_CHANNEL (held), "The password is\nwrong.");

  assert_menu (herald_tray_model_make (&input),
               "Headline\n"
               "--\n"
               "“post” is waiting for you\n"
               "  The password is wrong.\n"
               "  Try again now [tray.retry.post]\n"
               "  Open OctoHerald [tray.window.accounts]\n"
               "--\n"
               "Mute everything\n"
               "  For 1 hour [tray.mute-hour]\n"
               "  Until tomorrow 08:00 [tray.mute-morning]\n"
               "  Until I unmute [tray.mute-forever]\n"
               "Send a test message\n"
               "  post [tray.test.post]\n"
               "  desk_top [tray.test.desk_top]\n"
               "  All of them [tray.test-all]\n"
               "--\n"
               "Open OctoHerald [tray.window.printers]\n"
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
  menu = shown_menu_make (shown, 300, 0, TRUE);
  text = shown_menu_print (menu);

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
    g_assert_cmpint (herald_time_words_find_morning (rows[i].now_s * 1000), ==, rows[i].morning_s * 1000);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tray-model/one", test_one_printer_has_its_items_at_the_top);
  g_test_add_func ("/tray-model/quit", test_quitting_asks_about_prints_nobody_can_reach);
  g_test_add_func ("/tray-model/two", test_two_printers_have_a_submenu_each);
  g_test_add_func ("/tray-model/channels", test_channels_are_tested_and_the_held_one_asks);
  g_test_add_func ("/tray-model/many", test_three_hundred_printers_stay_usable);
  g_test_add_func ("/tray-model/morning", test_until_tomorrow_ends_after_a_night);

  return g_test_run ();
}
