/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-corpus-driver"

#include "fuzz/fuzz.h"

/* Gives a fuzz target every file of its corpus, each as a test of its own: what was found once
 * stays found, also where there is no fuzzer. */

static void
test_input (gconstpointer user_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *content = NULL;
  gsize length = 0;

  g_file_get_contents (user_data, &content, &length, &error);
  g_assert_no_error (error);
  LLVMFuzzerTestOneInput ((const guint8 *) content, length);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) folder = NULL;
  const char *name;
  guint n_inputs = 0;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  folder = g_dir_open (argv[1], 0, &error);
  g_assert_no_error (error);

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_strconcat ("/corpus/", name, NULL);

      g_test_add_data_func_full (path, g_build_filename (argv[1], name, NULL), test_input, g_free);
      n_inputs++;
    }
  g_assert_cmpuint (n_inputs, >, 0);

  return g_test_run ();
}
