/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-item"

#include "fixtures/tray-host.h"
#include "service/tray/tray-icon.h"
#include "service/tray/tray-item.h"

#define INTERFACE "org.kde.StatusNotifierItem"
#define PATH HERALD_TRAY_ITEM_PATH

static HeraldTrayItem *
make_item (TrayHost *host)
{
  HeraldTrayItem *item = herald_tray_item_new (host->service, "/MenuBar");
  g_autoptr(GError) error = NULL;

  herald_tray_item_export (item, &error);
  g_assert_no_error (error);

  return item;
}

static void
assert_property (TrayHost   *host,
                 const char *name,
                 const char *expected)
{
  g_autoptr(GVariant) value = tray_host_get (host, PATH, INTERFACE, name);
  g_autofree char *text = g_variant_print (value, TRUE);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_told (TrayHost   *host,
             const char *expected)
{
  g_autofree char *told = tray_host_steal_signals (host);

  g_assert_cmpstr (told, ==, expected);
}

static void
test_all_properties_are_there (TrayHost      *host,
                               gconstpointer  data)
{
  static const struct
  {
    const char *name;
    const char *value;
  } rows[] = {
    { "Category", "'ApplicationStatus'" },
    { "Id", "'io.github.octoherald.OctoHerald'" },
    { "Title", "'OctoHerald'" },
    { "Status", "'Active'" },
    { "WindowId", "0" },
    { "IconThemePath", "''" },
    { "IconName", "''" },
    { "IconAccessibleDesc", "'Two printers print'" },
    { "OverlayIconName", "''" },
    { "OverlayIconPixmap", "@a(iiay) []" },
    { "AttentionIconName", "''" },
    { "AttentionIconPixmap", "@a(iiay) []" },
    { "AttentionAccessibleDesc", "''" },
    { "AttentionMovieName", "''" },
    { "ToolTip", "('', @a(iiay) [], '2 printing', 'MK3: 42 %\\nMK4: 7 %')" },
    { "ItemIsMenu", "false" },
    { "Menu", "objectpath '/MenuBar'" },
    { "XAyatanaLabel", "''" },
    { "XAyatanaLabelGuide", "''" },
    { "XAyatanaOrderingIndex", "uint32 0" },
  };
  HeraldTrayLook look = { "OctoHerald", "2 printing", "MK3: 42 %\nMK4: 7 %", "Two printers print", FALSE, NULL };
  g_autoptr(HeraldTrayItem) item = make_item (host);
  g_autoptr(GVariant) answer = NULL;
  g_autoptr(GVariant) all = NULL;

  herald_tray_item_set_look (item, &look);
  answer = tray_host_call (host, PATH, "org.freedesktop.DBus.Properties", "GetAll", g_variant_new ("(s)", INTERFACE), NULL);
  all = g_variant_get_child_value (answer, 0);
  /* IconPixmap has no row */
  g_assert_cmpuint (g_variant_n_children (all), ==, G_N_ELEMENTS (rows) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GVariant) value = g_variant_lookup_value (all, rows[i].name, NULL);
      g_autofree char *text = g_variant_print (value, TRUE);

      g_assert_cmpstr (text, ==, rows[i].value);
      assert_property (host, rows[i].name, rows[i].value);
    }
}

static void
test_only_what_differs_is_told (TrayHost      *host,
                                gconstpointer  data)
{
  HeraldTrayGlyph glyph = { HERALD_TRAY_PRINTING, 42, FALSE };
  HeraldTrayLook look = { "OctoHerald", "one", "two", "three", FALSE, NULL };
  g_autoptr(HeraldTrayItem) item = make_item (host);
  g_autoptr(GVariant) pixmaps = g_variant_ref_sink (herald_tray_icon_draw (&glyph));
  g_autoptr(GVariant) equal = g_variant_new_from_data (G_VARIANT_TYPE ("a(iiay)"), g_variant_get_data (pixmaps),
                                                       g_variant_get_size (pixmaps), TRUE, NULL, NULL);

  herald_tray_item_set_look (item, &look);
  assert_told (host, "NewTitle() NewIcon() NewToolTip()");
  herald_tray_item_set_look (item, &look);
  assert_told (host, "");

  look.tooltip = "another";
  herald_tray_item_set_look (item, &look);
  assert_told (host, "NewToolTip()");
  look.details = NULL;
  herald_tray_item_set_look (item, &look);
  assert_told (host, "NewToolTip()");
  look.title = "Other";
  herald_tray_item_set_look (item, &look);
  assert_told (host, "NewTitle()");
  look.description = "4";
  herald_tray_item_set_look (item, &look);
  assert_told (host, "NewIcon()");
  look.pixmaps = pixmaps;
  herald_tray_item_set_look (item, &look);
  assert_told (host, "NewIcon()");
  look.pixmaps = g_variant_ref_sink (g_steal_pointer (&equal));
  herald_tray_item_set_look (item, &look);
  assert_told (host, "");
  g_variant_unref (look.pixmaps);
}

static void
test_attention_has_an_icon_of_its_own (TrayHost      *host,
                                       gconstpointer  data)
{
  HeraldTrayGlyph glyph = { HERALD_TRAY_ATTENTION, -1, FALSE };
  g_autoptr(GVariant) pixmaps = g_variant_ref_sink (herald_tray_icon_draw (&glyph));
  HeraldTrayLook look = { "OctoHerald", "1 needs you", NULL, "Needs you", FALSE, pixmaps };
  g_autoptr(HeraldTrayItem) item = make_item (host);
  g_autoptr(GVariant) shown = NULL;

  herald_tray_item_set_look (item, &look);
  assert_told (host, "NewTitle() NewIcon() NewToolTip()");
  look.needs_attention = TRUE;
  herald_tray_item_set_look (item, &look);
  assert_told (host, "NewAttentionIcon() NewStatus('NeedsAttention',)");
  assert_property (host, "Status", "'NeedsAttention'");
  assert_property (host, "AttentionAccessibleDesc", "'Needs you'");
  shown = tray_host_get (host, PATH, INTERFACE, "AttentionIconPixmap");
  g_assert_true (g_variant_equal (shown, pixmaps));
  look.needs_attention = FALSE;
  herald_tray_item_set_look (item, &look);
  assert_told (host, "NewAttentionIcon() NewStatus('Active',)");
}

/* Trap: Xfce draws a new tooltip over the open menu, and reads it whatever it is told of. */
static void
test_tooltip_waits_until_the_menu_is_closed (TrayHost      *host,
                                             gconstpointer  data)
{
  HeraldTrayLook look = { "OctoHerald", "1", NULL, "", FALSE, NULL };
  g_autoptr(HeraldTrayItem) item = make_item (host);

  herald_tray_item_set_menu_open (item, TRUE);
  herald_tray_item_set_look (item, &look);
  assert_told (host, "NewTitle()");
  assert_property (host, "ToolTip", "('', @a(iiay) [], '', '')");
  herald_tray_item_set_menu_open (item, TRUE);
  look.tooltip = "2";
  herald_tray_item_set_look (item, &look);
  assert_told (host, "");
  herald_tray_item_set_menu_open (item, FALSE);
  assert_told (host, "NewToolTip()");
  assert_property (host, "ToolTip", "('', @a(iiay) [], '2', '')");
  herald_tray_item_set_menu_open (item, FALSE);
  herald_tray_item_set_menu_open (item, TRUE);
  herald_tray_item_set_menu_open (item, FALSE);
  assert_told (host, "");
}

static gboolean
has_been_told (gpointer data)
{
  return ((TrayHost *) data)->signals->len > 0;
}

static void
test_tooltip_does_not_wait_for_ever (TrayHost      *host,
                                     gconstpointer  data)
{
  HeraldTrayLook look = { "", "1", NULL, "", FALSE, NULL };
  g_autoptr(HeraldTrayItem) item = make_item (host);

  herald_tray_item_set_menu_open (item, TRUE);
  herald_tray_item_set_look (item, &look);
  assert_told (host, "");
  tray_host_await (has_been_told, host, 40);
  assert_told (host, "NewToolTip()");
}

/* A printer may be called like that. */
static void
test_names_of_printers_are_no_markup (TrayHost      *host,
                                      gconstpointer  data)
{
  HeraldTrayLook look = { "a\nb", "<b>&\"'\n", "<b>&\"'\nline 2\001\xff", "\xe2\x80\xae\x1b[1m", FALSE, NULL };
  g_autoptr(HeraldTrayItem) item = make_item (host);
  g_autoptr(GVariant) tooltip = NULL;
  g_autofree char *huge = g_strnfill (100000, '<');
  const char *title;
  const char *body;

  herald_tray_item_set_look (item, &look);
  assert_property (host, "Title", "'a b'");
  assert_property (host, "IconAccessibleDesc", "'[1m'");
  tooltip = tray_host_get (host, PATH, INTERFACE, "ToolTip");
  g_variant_get (tooltip, "(&s@a(iiay)&s&s)", NULL, NULL, &title, &body);
  g_assert_cmpstr (title, ==, "<b>&\"'");
  g_assert_cmpstr (body, ==, "&lt;b&gt;&amp;&quot;&apos;\nline 2\xef\xbf\xbd");

  look.title = look.tooltip = look.details = look.description = huge;
  herald_tray_item_set_look (item, &look);
  g_clear_pointer (&tooltip, g_variant_unref);
  tooltip = tray_host_get (host, PATH, INTERFACE, "ToolTip");
  g_assert_cmpuint (g_variant_get_size (tooltip), <, 20000);
}

static void
test_item_has_no_name_on_the_bus (TrayHost      *host,
                                  gconstpointer  data)
{
  g_autoptr(HeraldTrayItem) item = make_item (host);
  g_autoptr(GVariant) answer = g_dbus_connection_call_sync (host->panel, "org.freedesktop.DBus", "/", "org.freedesktop.DBus",
                                                            "ListNames", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_autofree const char **names = NULL;

  g_variant_get (answer, "(^a&s)", &names);
  for (guint i = 0; names[i] != NULL; i++)
    g_assert_true (names[i][0] == ':' || g_str_equal (names[i], "org.freedesktop.DBus"));
}

#define ADD(name, function) \
  g_test_add ("/tray-item/" name, TrayHost, NULL, tray_host_set_up, function, tray_host_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("properties", test_all_properties_are_there);
  ADD ("told", test_only_what_differs_is_told);
  ADD ("attention", test_attention_has_an_icon_of_its_own);
  ADD ("menu-open", test_tooltip_waits_until_the_menu_is_closed);
  ADD ("menu-never-closed", test_tooltip_does_not_wait_for_ever);
  ADD ("markup", test_names_of_printers_are_no_markup);
  ADD ("no-name", test_item_has_no_name_on_the_bus);

  return tray_host_run ();
}
