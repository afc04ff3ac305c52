/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-picture-worker"

#include "core/pictures/picture-worker.h"

#include <string.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/pictures/errand.h"

#define PNG_BROKEN                                                                                 \
  "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x04\0\0\0\x04\x08\x02\0\0\0\x26\x93\x09\x29"               \
  "\0\0\0\4IDATxxxx\0\0\0\0\0\0\0\0IEND\xae\x42\x60\x82"

static void
give (Errand     *errand,
      const void *data,
      gsize       size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&errand->source, herald_picture_unref);
  errand->source = herald_picture_new_from_bytes (bytes, &error);
  g_assert_no_error (error);
}

static void
ask_and_wait (Errand *errand)
{
  errand_ask (errand);
  errand_wait (errand);
  g_assert_no_error (errand->error);
}

/* What the real one makes */

static void
test_recipe_is_followed (Errand        *errand,
                         gconstpointer  user_data)
{
  errand->recipe.orientation.rotate_90_left = TRUE;
  errand->recipe.max_side = 320;
  ask_and_wait (errand);
  g_assert_cmpint (errand->picture->type, ==, HERALD_PICTURE_JPEG);
  g_assert_cmpuint (errand->picture->width, ==, 240);
  g_assert_cmpuint (errand->picture->height, ==, 320);
  /* Dark, with some light in it */
  g_assert_cmpint (errand->picture->brightness, >, 40);
  g_assert_cmpint (errand->picture->brightness, <, 80);

  errand->recipe = (HeraldPictureRecipe) { .square = TRUE, .png = TRUE, .max_bytes = 4000 };
  ask_and_wait (errand);
  g_assert_cmpint (errand->picture->type, ==, HERALD_PICTURE_PNG);
  g_assert_cmpuint (errand->picture->width, ==, errand->picture->height);
  g_assert_cmpuint (g_bytes_get_size (errand->picture->bytes), <=, 4000);
}

static void
test_picture_that_cannot_be_decoded_is_rejected (Errand        *errand,
                                                 gconstpointer  user_data)
{
  give (errand, PNG_BROKEN, sizeof PNG_BROKEN - 1);
  errand_ask (errand);
  errand_wait (errand);
  g_assert_error (errand->error, HERALD_ERROR, HERALD_ERROR_REJECTED);
  g_assert_cmpstr (errand->error->message, ==, "The picture is damaged");
}

static void
test_film_is_rejected (Errand        *errand,
                       gconstpointer  user_data)
{
  give (errand, "\0\0\0\x10" "ftypisom\0\0\0\0", 16);
  errand_ask (errand);
  errand_wait (errand);
  g_assert_error (errand->error, HERALD_ERROR, HERALD_ERROR_REJECTED);
}

/* The largest picture there may be, in 270 kB: it has one colour. */
static void
give_largest (Errand *errand)
{
  static const char head[] = "qoif\0\0\x10\0\0\0\x10\0\4";
  gsize n_runs = (gsize) HERALD_PICTURE_MAX_SIDE * HERALD_PICTURE_MAX_SIDE / 62;
  gsize rest = (gsize) HERALD_PICTURE_MAX_SIDE * HERALD_PICTURE_MAX_SIDE % 62;
  gsize size = sizeof head + n_runs + 1;
  g_autofree char *data = g_malloc (size);

  memset (data, 0xc0 + 61, size);
  memcpy (data, head, sizeof head);
  data[size - 1] = (char) (0xc0 + rest - 1);
  give (errand, data, size);
}

static guint64
get_resident_bytes (void)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) words = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  words = g_strsplit (text, " ", -1);

  return g_ascii_strtoull (words[1], NULL, 10) * (guint64) sysconf (_SC_PAGESIZE);
}

static void
test_largest_picture_costs_this_process_nothing (Errand        *errand,
                                                 gconstpointer  user_data)
{
  guint64 before;

  ask_and_wait (errand);
  before = get_resident_bytes ();
  give_largest (errand);
  for (guint i = 0; i < 3; i++)
    {
      ask_and_wait (errand);
      g_assert_cmpuint (errand->picture->width, ==, HERALD_PICTURE_MAX_SIDE);
      g_assert_cmpint (errand->picture->brightness, ==, 0);
    }
  g_test_message ("%" G_GUINT64_FORMAT " KiB more", (get_resident_bytes () - before) / 1024);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (get_resident_bytes (), <, before + 4 * 1024 * 1024);
#endif
}

/* Many */

static void
test_two_run_at_a_time_and_all_are_answered (Errand        *errand,
                                             gconstpointer  user_data)
{
  g_autofree char *script =
    g_strdup_printf ("cd %s; : > run.$$; set -- run.*; echo $# >> counts; sleep 0.1; rm run.$$",
                     errand->folder);
  g_autofree char *path = g_build_filename (errand->folder, "counts", NULL);
  g_autofree char *counts = NULL;

  errand_use_script (errand, script);
  for (guint i = 0; i < 9; i++)
    errand_ask (errand);
  errand_wait (errand);

  g_assert_true (g_file_get_contents (path, &counts, NULL, NULL));
  g_assert_cmpuint (strlen (counts), ==, 2 * 9);
  g_assert_nonnull (strchr (counts, '2'));
  g_assert_cmpuint (strspn (counts, "12\n"), ==, strlen (counts));
}

static gboolean
on_cancel_timeout (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static void
test_cancelling_ends_those_that_run_and_those_that_wait (Errand        *errand,
                                                         gconstpointer  user_data)
{
  gint64 start_us = g_get_monotonic_time ();

  errand_use_script (errand, "exec sleep 60");
  for (guint i = 0; i < 6; i++)
    errand_ask (errand);
  g_timeout_add (100, on_cancel_timeout, errand->cancellable);
  errand_wait (errand);
  g_assert_error (errand->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 2 * G_USEC_PER_SEC);

  errand_ask (errand);
  errand_wait (errand);
  g_assert_error (errand->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* The places are free again. */
  g_setenv ("OCTOHERALD_PICTURE", errand->program, TRUE);
  g_cancellable_reset (errand->cancellable);
  ask_and_wait (errand);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/picture-worker/" path, Errand, NULL, errand_set_up, function, errand_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("recipe", test_recipe_is_followed);
  ADD ("damaged", test_picture_that_cannot_be_decoded_is_rejected);
  ADD ("film", test_film_is_rejected);
  ADD ("memory", test_largest_picture_costs_this_process_nothing);
  ADD ("two-at-a-time", test_two_run_at_a_time_and_all_are_answered);
  ADD ("cancelling", test_cancelling_ends_those_that_run_and_those_that_wait);

  return g_test_run ();
}
