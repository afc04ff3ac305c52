/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-menu-random"

/* Changes and questions by chance; --seed plays a run again. */

#include "tray-menu-mirror.h"

#define INTERFACE "com.canonical.dbusmenu"
#define N_STEPS 300
#define N_QUESTIONS 1500

static void
change_item (GMenu *menu,
             int    level)
{
  static const char *const actions[] = { NULL, "tray.quit", "tray.off", "tray.muted", "tray.mute-for::day", "tray.pause::a",
                                         "tray.pause::b", "tray.none" };
  int n_items = g_menu_model_get_n_items (G_MENU_MODEL (menu));
  int position = g_test_rand_int_range (0, n_items + 1);
  g_autofree char *label = g_strdup_printf ("item_%d", g_test_rand_int_range (0, 5));
  g_autoptr(GMenu) inner = g_menu_new ();
  g_autoptr(GMenuModel) link = NULL;

  if (position < n_items)
    {
      link = g_menu_model_get_item_link (G_MENU_MODEL (menu), position, G_MENU_LINK_SUBMENU);
      if (link == NULL)
        link = g_menu_model_get_item_link (G_MENU_MODEL (menu), position, G_MENU_LINK_SECTION);
    }

  if (link != NULL && g_test_rand_int_range (0, 10) < 7)
    change_item (G_MENU (link), level + 1);
  else if (position < n_items && g_test_rand_bit ())
    g_menu_remove (menu, position);
  else if (level < 4 && g_test_rand_int_range (0, 3) == 0)
    {
      change_item (inner, 9);
      if (g_test_rand_bit ())
        g_menu_insert_submenu (menu, position, label, G_MENU_MODEL (inner));
      else
        g_menu_insert_section (menu, position, g_test_rand_bit () ? label : NULL, G_MENU_MODEL (inner));
    }
  else
    g_menu_insert (menu, position, label, actions[g_test_rand_int_range (0, G_N_ELEMENTS (actions))]);
}

static void
change_anything (TrayMenuSession *session)
{
  GActionMap *map = G_ACTION_MAP (session->actions);
  int chance = g_test_rand_int_range (0, 10);
  GAction *off = g_action_map_lookup_action (map, "off");

  if (chance == 0)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (off), !g_action_get_enabled (off));
  else if (chance == 1)
    g_action_group_activate_action (G_ACTION_GROUP (map), "muted", NULL);
  else if (chance == 2)
    g_action_group_activate_action (G_ACTION_GROUP (map), "mute-for", g_variant_new_string (g_test_rand_bit () ? "day" : "hour"));
  else
    change_item (session->model, 0);
}

static void
test_panel_shows_what_the_menu_is (TrayMenuSession *session,
                                   gconstpointer    data)
{
  TrayMenuMirror mirror = { NULL };

  tray_menu_mirror_set_up (&mirror, session);
  tray_menu_mirror_assert_true (&mirror);
  for (int i = 0; i < N_STEPS; i++)
    {
      for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
        change_anything (session);
      tray_menu_mirror_assert_true (&mirror);
    }
  g_test_message ("%u numbers were given", g_hash_table_size (mirror.meanings));
  tray_menu_mirror_tear_down (&mirror);
}

static GVariant *
make_ids (void)
{
  GVariantBuilder ids;

  g_variant_builder_init (&ids, G_VARIANT_TYPE ("ai"));
  for (int n = g_test_rand_int_range (0, 20); n > 0; n--)
    g_variant_builder_add (&ids, "i", g_test_rand_int_range (-3, 100));

  return g_variant_builder_end (&ids);
}

static GVariant *
make_event (void)
{
  static const char *const events[] = { "clicked", "hovered", "opened", "closed", "", "\xf0\x9f\x90\x99" };

  return g_variant_new ("(isvu)", g_test_rand_int_range (-3, 100), events[g_test_rand_int_range (0, G_N_ELEMENTS (events))],
                        make_ids (), g_test_rand_int ());
}

static void
ask_anything (TrayMenuSession *session)
{
  const char *const names[] = { "label", "", "nonsense", NULL };
  int id = g_test_rand_bit () ? g_test_rand_int_range (-3, 100) : g_test_rand_int ();
  GVariant *event = make_event ();
  struct
  {
    const char *method;
    GVariant *arguments;
  } rows[] = {
    { "GetLayout", g_variant_new ("(ii^as)", id, g_test_rand_int_range (-3, 5), names) },
    { "GetGroupProperties", g_variant_new ("(@ai^as)", make_ids (), names) },
    { "GetProperty", g_variant_new ("(is)", id, names[g_test_rand_int_range (0, 3)]) },
    { "Event", event },
    { "EventGroup", g_variant_new ("(@a(isvu))", g_variant_new_array (NULL, &event, 1)) },
    { "AboutToShow", g_variant_new ("(i)", id) },
    { "AboutToShowGroup", g_variant_new ("(@ai)", make_ids ()) },
    { "AboutToShow", g_variant_new ("(v)", make_ids ()) },
  };
  guint chosen = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (rows));

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_variant_ref_sink (rows[i].arguments);
  {
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) answer = tray_host_call (&session->host, HERALD_TRAY_MENU_PATH, INTERFACE, rows[chosen].method,
                                                 rows[chosen].arguments, &error);

    if (answer == NULL)
      g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
  }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_variant_unref (rows[i].arguments);
}

static void
test_any_question_in_any_order_is_answered (TrayMenuSession *session,
                                            gconstpointer    data)
{
  for (int i = 0; i < N_QUESTIONS; i++)
    {
      if (i % 10 == 0)
        change_anything (session);
      ask_anything (session);
    }
}

#define ADD(name, function) \
  g_test_add ("/tray-menu-random/" name, TrayMenuSession, NULL, tray_menu_session_set_up, function, tray_menu_session_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("changes", test_panel_shows_what_the_menu_is);
  ADD ("questions", test_any_question_in_any_order_is_answered);

  return tray_host_run ();
}
