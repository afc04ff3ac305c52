/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-picture-worker-faults"

#include "core/pictures/picture-worker.h"

#include <string.h>

#include "core/base/error.h"
#include "core/pictures/errand.h"

/* A child that is broken */

static void
test_missing_program_is_told (Errand        *errand,
                              gconstpointer  user_data)
{
  g_setenv ("OCTOHERALD_PICTURE", "/nowhere/octoherald-picture", TRUE);
  for (guint i = 0; i < 5; i++)
    errand_ask (errand);
  errand_wait (errand);
  g_assert_error (errand->error, HERALD_ERROR, HERALD_ERROR_PROTOCOL);
}

static void
test_what_no_honest_child_says_is_not_believed (Errand        *errand,
                                                gconstpointer  user_data)
{
  static const char *const scripts[] = {
    "exit 0", "echo", "echo nonsense", "kill -9 $$", "exit 7", "exit 1", "echo words >&2; exit 1",
    "echo octoherald-picture png 640 480 9", "echo octoherald-picture png 640 480 9; echo x",
    "yes | head -c 9000000",
    /* a size, a kind or a brightness that is not that of what follows */
    "echo octoherald-picture png 641 480 9; cat", "echo octoherald-picture jpeg 640 480 9; cat",
    "echo octoherald-picture png 640 480 256; cat", "echo octoherald-picture png 640 480 -1; cat",
    "echo octoherald-picture png 640 480 9 9; cat", "echo elsewhere png 640 480 9; cat",
    "printf 'octoherald-picture png 640 480 9 %080d\\n' 1; cat",
  };

  errand->recipe.png = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_test_message ("%s", scripts[i]);
      errand_use_script (errand, scripts[i]);
      errand_ask (errand);
      errand_wait (errand);
      g_assert_error (errand->error, HERALD_ERROR, HERALD_ERROR_PROTOCOL);
    }

  errand_use_script (errand, "echo octoherald-picture png 640 480 9; cat");
  errand_ask (errand);
  errand_wait (errand);
  g_assert_no_error (errand->error);
  g_assert_cmpint (errand->picture->brightness, ==, 9);
}

static void
test_child_that_takes_too_long_is_killed (Errand        *errand,
                                          gconstpointer  user_data)
{
  gint64 start_us = g_get_monotonic_time ();

  errand_use_script (errand, "exec sleep 60");
  errand_ask (errand);
  errand_wait (errand);
  g_assert_error (errand->error, HERALD_ERROR, HERALD_ERROR_REJECTED);
  g_assert_cmpint (g_get_monotonic_time () - start_us, >, 4 * G_USEC_PER_SEC);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 8 * G_USEC_PER_SEC);
}

static void
test_child_gets_no_secret (Errand        *errand,
                           gconstpointer  user_data)
{
  g_autofree char *seen = g_build_filename (errand->folder, "seen", NULL);
  g_autofree char *script = g_strdup_printf ("{ env; pwd; ls -l /proc/$$/fd/; } > %s", seen);
  g_autofree char *text = NULL;

  g_setenv ("SOME_SECRET", "hunter2", TRUE);
  errand_use_script (errand, script);
  errand_ask (errand);
  errand_wait (errand);
  g_unsetenv ("SOME_SECRET");

  g_assert_true (g_file_get_contents (seen, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "PWD=/\n"));
  g_assert_null (strstr (text, "hunter2"));
  g_assert_null (strstr (text, "HOME="));
}

#define ADD(path, function)                                                                        \
  g_test_add ("/picture-worker-faults/" path, Errand, NULL, errand_set_up, function, errand_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("missing", test_missing_program_is_told);
  ADD ("dishonest", test_what_no_honest_child_says_is_not_believed);
  ADD ("too-long", test_child_that_takes_too_long_is_killed);
  ADD ("secret", test_child_gets_no_secret);

  return g_test_run ();
}
