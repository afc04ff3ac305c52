/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-names"

#include "core/base/error.h"
#include "service/bus/names.h"

static void
assert_path (const char *id,
             const char *expected)
{
  g_autofree char *path = herald_names_make_path ("printers", id);

  g_assert_true (g_variant_is_object_path (path));
  g_assert_cmpstr (path, ==, expected);
}

static void
test_ids_become_paths (void)
{
  assert_path ("mk3", HERALD_OBJECT_PATH "/printers/mk3");
  assert_path ("prusa-mk3", HERALD_OBJECT_PATH "/printers/prusa_2dmk3");
  assert_path ("a_b", HERALD_OBJECT_PATH "/printers/a_5fb");
  assert_path ("é", HERALD_OBJECT_PATH "/printers/_c3_a9");
  assert_path ("", HERALD_OBJECT_PATH "/printers/_");
}

static void
test_every_error_has_a_name_of_its_own (void)
{
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (int code = 0; code <= HERALD_ERROR_AMBIGUOUS; code++)
    {
      const char *name = herald_names_get_error_name (code);

      g_assert_nonnull (name);
      g_assert_true (g_dbus_is_interface_name (name));
      g_assert_true (g_hash_table_add (names, (gpointer) name));
    }
  g_assert_null (herald_names_get_error_name (HERALD_ERROR_AMBIGUOUS + 1));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/names/ids-become-paths", test_ids_become_paths);
  g_test_add_func ("/names/every-error-has-a-name", test_every_error_has_a_name_of_its_own);

  return g_test_run ();
}
