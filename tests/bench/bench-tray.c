/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-bench-tray"

/* What the icon in the panel and its menu cost: an icon drawn anew in all sizes, and the menu of very many printers read,
 * compared with the one before, and written for the bus. */

#include <glib/gstdio.h>
#include <time.h>

#include "fixtures/shown-printers.h"
#include "service/tray/tray-actions.h"
#include "service/tray/tray-icon.h"
#include "service/tray/tray-menu-tree.h"
#include "service/tray/tray-model.h"

#define N_ICONS 2000
#define N_ROUNDS 50
#define N_PRINTERS 300

/* Of the processor, so that others on it do not count */
static double
get_ms (clock_t start,
        guint   n_rounds)
{
  return (double) (clock () - start) * 1000 / CLOCKS_PER_SEC / n_rounds;
}

static void
bench_icon (void)
{
  clock_t start = clock ();

  for (int i = 0; i < N_ICONS; i++)
    {
      HeraldTrayGlyph glyph = { i % (HERALD_TRAY_FAILED + 1), i / (HERALD_TRAY_FAILED + 1) % 100, i & 1 };
      g_autoptr(GVariant) pixmaps = g_variant_ref_sink (herald_tray_icon_draw (&glyph));

      g_assert_cmpuint (g_variant_n_children (pixmaps), ==, 6);
    }
  g_print ("icon, all sizes: %.3f ms\n", get_ms (start, N_ICONS));
}

static GMenu *
make_menu (int percent)
{
  GMenu *model = g_menu_new ();

  for (int i = 0; i < N_PRINTERS; i++)
    {
      g_autoptr(GMenu) printer = g_menu_new ();
      g_autoptr(GMenu) sure = g_menu_new ();
      g_autoptr(GMenu) verbs = g_menu_new ();
      g_autofree char *name = g_strdup_printf ("Prusa MK4 %d", i);
      g_autofree char *state = g_strdup_printf ("Printing, %d %%, done at 18:05", percent);
      g_autofree char *action = g_strdup_printf ("tray.pause::p%d", i);

      g_menu_append (printer, state, NULL);
      g_menu_append (printer, "benchy_0.2mm_PLA_MK4_1h12m.gcode", NULL);
      g_menu_append (verbs, "Pause", action);
      g_menu_append (sure, "“benchy_0.2mm_PLA_MK4_1h12m.gcode” will be lost", NULL);
      g_menu_append (sure, "Yes, cancel it", action);
      g_menu_append_submenu (verbs, "Cancel this print", G_MENU_MODEL (sure));
      g_menu_append (verbs, "Open in the browser", action);
      g_menu_append (verbs, "Show the picture", action);
      g_menu_append_section (printer, NULL, G_MENU_MODEL (verbs));
      g_menu_append_submenu (model, name, G_MENU_MODEL (printer));
    }

  return model;
}

static HeraldTrayMenuNode *
read_menu (GMenu        *model,
           GActionGroup *actions)
{
  g_autoptr(GHashTable) models = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);

  return herald_tray_menu_tree_read (G_MENU_MODEL (model), actions, models);
}

static void
bench_menu (void)
{
  static const GActionEntry entries[] = { { "pause", NULL, "s", NULL, NULL, { 0 } } };
  g_autoptr(GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr(GMenu) model = make_menu (42);
  g_autoptr(GMenu) other = make_menu (43);
  g_autoptr(HeraldTrayMenuNode) before = herald_tray_menu_node_new (HERALD_TRAY_MENU_SUBMENU);
  clock_t start = 0;
  double read_ms = 0;
  double merge_ms = 0;
  int last_id = 0;

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), NULL);
  for (int i = 0; i < N_ROUNDS; i++)
    {
      g_auto(HeraldTrayMenuChange) change = { 0 };
      HeraldTrayMenuNode *after;

      herald_tray_menu_change_init (&change);
      start = clock ();
      after = read_menu (i % 2 ? model : other, G_ACTION_GROUP (actions));
      read_ms += get_ms (start, N_ROUNDS);
      start = clock ();
      herald_tray_menu_tree_merge (before, after, &last_id, &change);
      merge_ms += get_ms (start, N_ROUNDS);
      herald_tray_menu_node_free (before);
      before = after;
    }
  g_print ("menu of %d printers: read in %.2f ms, compared in %.2f ms, ", N_PRINTERS, read_ms, merge_ms);

  start = clock ();
  for (int i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr(GVariant) layout = g_variant_ref_sink (herald_tray_menu_node_get_layout (before, -1, NULL));

      g_assert_cmpuint (g_variant_get_size (layout), >, 1000);
      if (i == 0)
        g_print ("%.0f kB, ", (double) g_variant_get_size (layout) / 1000);
    }
  g_print ("written in %.2f ms\n", get_ms (start, N_ROUNDS));
}

int
main (int    argc,
      char **argv)
{
  bench_icon ();
  bench_menu ();

  return 0;
}
