/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-model-sync"

#include "fixtures/shown-menu.h"
#include "service/tray/tray-model.h"
#include "service/tray/tray-printer-items.h"

#define ON HERALD_CONNECTION_CONNECTED

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
  g_autoptr(GMenu) live = shown_menu_make (before, 2, 0, TRUE);
  g_autoptr(GMenu) same = shown_menu_make (before, 2, 0, TRUE);
  g_autoptr(GMenu) other = shown_menu_make (after, 2, 0, TRUE);
  g_autoptr(GMenu) muted = shown_menu_make (before, 2, SHOWN_NOW_MS + 1000, FALSE);
  g_autofree char *wanted = shown_menu_print (muted);
  g_autofree char *got = NULL;
  guint n_changes = 0;

  follow (G_MENU_MODEL (live), &n_changes);
  herald_tray_model_sync (live, G_MENU_MODEL (same));
  g_assert_cmpuint (n_changes, ==, 0);

  /* GMenu tells the removal and the insertion of one line. */
  herald_tray_model_sync (live, G_MENU_MODEL (other));
  g_assert_cmpuint (n_changes, ==, 2);

  herald_tray_model_sync (live, G_MENU_MODEL (muted));
  got = shown_menu_print (live);
  g_assert_cmpstr (got, ==, wanted);
}

/* Any menu can become any other, also where parts of it are kept from one to the next. */
static void
test_sync_ends_where_it_should (void)
{
  static const HeraldStateId states[] = {
    HERALD_STATE_OFFLINE, HERALD_STATE_OPERATIONAL, HERALD_STATE_PRINTING, HERALD_STATE_PAUSED, HERALD_STATE_ERROR,
  };
  g_autoptr(GMenu) live = g_menu_new ();
  g_autoptr(GMenu) live_kept = g_menu_new ();
  g_autoptr(GHashTable) kept = herald_tray_printer_items_new_kept ();

  for (guint round = 0; round < 200; round++)
    {
      ShownPrinter shown[20] = { 0 };
      guint n = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (shown));
      gint64 muted_until_ms = g_test_rand_bit () ? SHOWN_NOW_MS + 1000 : 0;
      gboolean has_window = g_test_rand_bit ();
      g_autoptr(GMenu) wanted = NULL;
      g_autoptr(GMenu) renewed = NULL;
      g_autofree char *expected = NULL;
      g_autofree char *got = NULL;
      g_autofree char *got_kept = NULL;

      for (guint i = 0; i < n; i++)
        shown[i] = (ShownPrinter){ "X", ON, states[g_test_rand_int_range (0, G_N_ELEMENTS (states))],
                                   g_test_rand_int_range (-1, 100), g_test_rand_int_range (0, 5000), "f.gcode" };
      wanted = shown_menu_make (shown, n, muted_until_ms, has_window);
      herald_tray_model_sync (live, G_MENU_MODEL (wanted));
      expected = shown_menu_print (wanted);
      got = shown_menu_print (live);
      g_assert_cmpstr (got, ==, expected);

      renewed = shown_menu_renew (shown, n, muted_until_ms, has_window, kept);
      herald_tray_model_sync (live_kept, G_MENU_MODEL (renewed));
      got_kept = shown_menu_print (live_kept);
      g_assert_cmpstr (got_kept, ==, expected);
    }
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tray-model-sync/difference", test_only_what_differs_is_changed);
  g_test_add_func ("/tray-model-sync/random", test_sync_ends_where_it_should);

  return g_test_run ();
}
