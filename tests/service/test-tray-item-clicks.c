/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-item-clicks"

#include "fixtures/tray-host.h"
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
call (TrayHost   *host,
      const char *method,
      GVariant   *arguments,
      gboolean    is_right)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = tray_host_call (host, PATH, INTERFACE, method, arguments, &error);

  g_assert_true (is_right == (answer != NULL));
}

static void
on_activate (HeraldTrayItem *item,
             const char     *token,
             GString        *clicks)
{
  g_string_append_printf (clicks, "(%s)", token);
}

static void
test_clicks_bring_their_token_once (TrayHost      *host,
                                    gconstpointer  data)
{
  g_autoptr(HeraldTrayItem) item = make_item (host);
  g_autoptr(GString) clicks = g_string_new ("");
  g_autoptr(GString) others = g_string_new ("");
  g_autofree char *token = NULL;

  g_signal_connect (item, "activate", G_CALLBACK (on_activate), clicks);
  g_signal_connect (item, "secondary-activate", G_CALLBACK (on_activate), others);
  call (host, "Activate", g_variant_new ("(ii)", 17, 16), TRUE);
  call (host, "ProvideXdgActivationToken", g_variant_new ("(s)", "first"), TRUE);
  call (host, "ProvideXdgActivationToken", g_variant_new ("(s)", "kwin-1"), TRUE);
  call (host, "Activate", g_variant_new ("(ii)", -1, G_MAXINT), TRUE);
  call (host, "Activate", g_variant_new ("(ii)", 0, 0), TRUE);
  call (host, "SecondaryActivate", g_variant_new ("(ii)", 0, 0), TRUE);
  call (host, "XAyatanaSecondaryActivate", g_variant_new ("(u)", 5), TRUE);
  g_assert_cmpstr (clicks->str, ==, "()(kwin-1)()");
  g_assert_cmpstr (others->str, ==, "()()");

  call (host, "ProvideXdgActivationToken", g_variant_new ("(s)", "menu"), TRUE);
  token = herald_tray_item_steal_token (item);
  g_assert_cmpstr (token, ==, "menu");
  g_assert_null (herald_tray_item_steal_token (item));
}

static void
test_strange_tokens_are_dropped (TrayHost      *host,
                                 gconstpointer  data)
{
  g_autofree char *huge = g_strnfill (1000000, 'a');
  const char *const tokens[] = { "", " ", "a b", "a\nLD_PRELOAD=b", "é", huge };
  g_autoptr(HeraldTrayItem) item = make_item (host);

  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      call (host, "ProvideXdgActivationToken", g_variant_new ("(s)", "good"), TRUE);
      call (host, "ProvideXdgActivationToken", g_variant_new ("(s)", tokens[i]), TRUE);
      g_assert_null (herald_tray_item_steal_token (item));
    }
}

/* Trap: scrolling up is -1, 1 or 120, and "vertical" or "Vertical". */
static void
test_scrolling_and_nonsense_do_nothing (TrayHost      *host,
                                        gconstpointer  data)
{
  g_autoptr(HeraldTrayItem) item = make_item (host);
  g_autoptr(GString) clicks = g_string_new ("");

  g_signal_connect (item, "activate", G_CALLBACK (on_activate), clicks);
  g_signal_connect (item, "secondary-activate", G_CALLBACK (on_activate), clicks);
  call (host, "Scroll", g_variant_new ("(is)", -1, "vertical"), TRUE);
  call (host, "Scroll", g_variant_new ("(is)", 120, "Vertical"), TRUE);
  call (host, "ContextMenu", g_variant_new ("(ii)", 1, 2), TRUE);
  call (host, "Activate", g_variant_new ("(ss)", "a", "b"), FALSE);
  call (host, "Activate", NULL, FALSE);
  call (host, "Explode", NULL, FALSE);
  g_assert_cmpstr (clicks->str, ==, "");
}

static void
on_last_click (HeraldTrayItem  *item,
               const char      *token,
               HeraldTrayItem **owner)
{
  g_clear_object (owner);
}

static void
test_click_may_be_its_end (TrayHost      *host,
                           gconstpointer  data)
{
  HeraldTrayItem *item = make_item (host);
  HeraldTrayItem *again = NULL;

  g_signal_connect (item, "activate", G_CALLBACK (on_last_click), &item);
  call (host, "Activate", g_variant_new ("(ii)", 0, 0), TRUE);
  g_assert_null (item);
  call (host, "Activate", g_variant_new ("(ii)", 0, 0), FALSE);
  again = make_item (host);
  call (host, "Activate", g_variant_new ("(ii)", 0, 0), TRUE);
  g_object_unref (again);
}

#define ADD(name, function) \
  g_test_add ("/tray-item-clicks/" name, TrayHost, NULL, tray_host_set_up, function, tray_host_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("token", test_clicks_bring_their_token_once);
  ADD ("strange-tokens", test_strange_tokens_are_dropped);
  ADD ("nonsense", test_scrolling_and_nonsense_do_nothing);
  ADD ("end", test_click_may_be_its_end);

  return tray_host_run ();
}
