/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-printer-order"

#include <string.h>

#include "window/base/picture-loader.h"
#include "window/printers/printer-order.h"
#include "window/printers/printer-texts.h"

#define NOW_MS (G_GINT64_CONSTANT (1700000000) * 1000)

static HeraldDBusPrinter1 *
make_printer (const char *name,
              const char *connection,
              const char *state,
              const char *attention,
              const char *finishes_at)
{
  HeraldDBusPrinter1 *printer = herald_dbus_printer1_skeleton_new ();

  herald_dbus_printer1_set_id (printer, name);
  herald_dbus_printer1_set_name (printer, name);
  herald_dbus_printer1_set_connection (printer, connection);
  herald_dbus_printer1_set_state (printer, state);
  herald_dbus_printer1_set_attention (printer, attention);
  herald_dbus_printer1_set_finishes_at (printer, finishes_at);

  return printer;
}

static int
compare (gconstpointer first,
         gconstpointer second,
         gpointer      user_data)
{
  return herald_printer_order_compare (*(HeraldDBusPrinter1 *const *) first, *(HeraldDBusPrinter1 *const *) second,
                                       GPOINTER_TO_UINT (user_data));
}

static void
assert_order (GPtrArray          *printers,
              HeraldPrinterOrder  order,
              const char         *expected)
{
  GString *names = g_string_new (NULL);

  g_ptr_array_sort_with_data (printers, compare, GUINT_TO_POINTER (order));
  for (guint i = 0; i < printers->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", herald_dbus_printer1_get_name (g_ptr_array_index (printers, i)));
  g_assert_cmpstr (names->str, ==, expected);
  g_string_free (names, TRUE);
}

static void
test_worst_comes_first (void)
{
  g_autoptr(GPtrArray) printers = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (printers, make_printer ("off", "connected", "offline", "", ""));
  g_ptr_array_add (printers, make_printer ("ready10", "connected", "operational", "", ""));
  g_ptr_array_add (printers, make_printer ("ready9", "connected", "operational", "", ""));
  g_ptr_array_add (printers, make_printer ("disabled", "disabled", "offline", "", ""));
  g_ptr_array_add (printers, make_printer ("printing", "connected", "printing", "", "2026-01-02T10:00:00Z"));
  g_ptr_array_add (printers, make_printer ("sooner", "connected", "printing", "", "2026-01-02T09:00:00Z"));
  g_ptr_array_add (printers, make_printer ("calls", "connected", "printing", "Filament is out.", ""));
  g_ptr_array_add (printers, make_printer ("gone", "unreachable", "printing", "", ""));
  g_ptr_array_add (printers, make_printer ("error", "connected", "error", "", ""));
  g_ptr_array_add (printers, make_printer ("key", "unauthorized", "", "", ""));
  g_ptr_array_add (printers, make_printer ("paused", "connected", "paused", "", ""));
  g_ptr_array_add (printers, make_printer ("newer", "connected", "dancing", NULL, NULL));

  assert_order (printers, HERALD_ORDER_WORST,
                "calls error key gone paused printing sooner ready9 ready10 off disabled newer");
  assert_order (printers, HERALD_ORDER_FINISH,
                "sooner printing calls disabled error gone key newer off paused ready9 ready10");
  assert_order (printers, HERALD_ORDER_NAME, "calls disabled error gone key newer off paused printing ready9 ready10 sooner");
}

static void
test_same_names_are_always_in_the_same_order (void)
{
  g_autoptr(HeraldDBusPrinter1) first = make_printer ("a", "connected", "operational", "", "");
  g_autoptr(HeraldDBusPrinter1) second = make_printer ("a", "connected", "operational", "", "");

  herald_dbus_printer1_set_id (second, "b");
  g_assert_cmpint (herald_printer_order_compare (first, second, HERALD_ORDER_WORST), <, 0);
  g_assert_cmpint (herald_printer_order_compare (second, first, HERALD_ORDER_WORST), >, 0);
}

static void
test_only_trouble_needs_somebody (void)
{
  g_autoptr(HeraldDBusPrinter1) gone = make_printer ("a", "unreachable", "operational", "", "");
  g_autoptr(HeraldDBusPrinter1) off = make_printer ("b", "connected", "offline", "", "");
  g_autoptr(HeraldDBusPrinter1) paused = make_printer ("c", "connected", "paused", "", "");

  g_assert_true (herald_printer_order_is_in_need (gone));
  g_assert_false (herald_printer_order_is_in_need (off));
  g_assert_false (herald_printer_order_is_in_need (paused));
  herald_dbus_printer1_set_attention (paused, "Filament is out.");
  g_assert_true (herald_printer_order_is_in_need (paused));
}

static void
test_times_say_what_is_known (void)
{
  g_autofree char *all = herald_printer_texts_format_times (2100, 3600, "2023-11-14T23:13:20Z", NOW_MS);
  g_autofree char *some = herald_printer_texts_format_times (-1, 3600, "", NOW_MS);
  g_autofree char *none = herald_printer_texts_format_times (-1, -1, NULL, NOW_MS);
  g_autofree char *late = herald_printer_texts_format_times (-1, -1, "2023-11-14T20:13:20Z", NOW_MS);
  g_autofree char *broken = herald_printer_texts_format_times (-1, -1, "soon", NOW_MS);

  g_assert_nonnull (strstr (all, "35 minutes so far · 1 hour left · done "));
  g_assert_cmpstr (some, ==, "1 hour left");
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (late, ==, "done any moment");
  g_assert_cmpstr (broken, ==, "");
}

static void
test_only_a_guess_is_doubted (void)
{
  g_assert_nonnull (herald_printer_texts_get_doubt ("linear"));
  g_assert_null (herald_printer_texts_get_doubt ("average"));
  g_assert_null (herald_printer_texts_get_doubt ("estimate"));
  g_assert_null (herald_printer_texts_get_doubt (NULL));
}

static void
test_pictures_are_asked_for_gently (void)
{
  g_assert_cmpuint (herald_picture_loader_get_wait (TRUE, TRUE, 0), ==, 10000);
  g_assert_cmpuint (herald_picture_loader_get_wait (TRUE, FALSE, 0), ==, 60000);
  g_assert_cmpuint (herald_picture_loader_get_wait (FALSE, TRUE, 0), ==, 60000);
  g_assert_cmpuint (herald_picture_loader_get_wait (TRUE, TRUE, 1), ==, 20000);
  g_assert_cmpuint (herald_picture_loader_get_wait (TRUE, TRUE, 1000), ==, 600000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/printer-order/worst-first", test_worst_comes_first);
  g_test_add_func ("/printer-order/same-names", test_same_names_are_always_in_the_same_order);
  g_test_add_func ("/printer-order/in-need", test_only_trouble_needs_somebody);
  g_test_add_func ("/printer-order/times", test_times_say_what_is_known);
  g_test_add_func ("/printer-order/doubt", test_only_a_guess_is_doubted);
  g_test_add_func ("/printer-order/pictures", test_pictures_are_asked_for_gently);

  return g_test_run ();
}
