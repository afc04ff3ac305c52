/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-errand"

#include "core/pictures/errand.h"

#include <glib/gstdio.h>

/* Longer than the limit of 5 s that the worker has for one */
#define TEST_MS 20000

static gboolean
on_test_timeout (gpointer user_data)
{
  g_error ("The worker does not answer");

  return G_SOURCE_REMOVE;
}

void
errand_set_up (Errand        *errand,
               gconstpointer  user_data)
{
  g_autofree char *built = NULL;

  errand->loop = g_main_loop_new (NULL, FALSE);
  errand->cancellable = g_cancellable_new ();
  errand->source = herald_picture_new_offline ();
  errand->folder = g_dir_make_tmp ("octoherald-picture-XXXXXX", NULL);
  /* For a test that is run by hand */
  built = g_test_build_filename (G_TEST_BUILT, "..", "src", "picture", "octoherald-picture", NULL);
  g_setenv ("OCTOHERALD_PICTURE", built, FALSE);
  errand->program = g_strdup (g_getenv ("OCTOHERALD_PICTURE"));
}

void
errand_tear_down (Errand        *errand,
                  gconstpointer  user_data)
{
  g_autoptr(GDir) folder = g_dir_open (errand->folder, 0, NULL);
  const char *name;

  g_setenv ("OCTOHERALD_PICTURE", errand->program, TRUE);
  g_assert_cmpuint (errand->n_answered, ==, errand->n_asked);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (errand->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (errand->folder);

  g_main_loop_unref (errand->loop);
  g_assert_finalize_object (errand->cancellable);
  herald_picture_unref (errand->source);
  g_clear_pointer (&errand->picture, herald_picture_unref);
  g_clear_error (&errand->error);
  g_free (errand->folder);
  g_free (errand->program);
}

void
errand_use_script (Errand     *errand,
            const char *script)
{
  g_autofree char *path = g_build_filename (errand->folder, "octoherald-picture", NULL);
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", script, "\n", NULL);

  g_assert_true (
    g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0700, NULL));
  g_setenv ("OCTOHERALD_PICTURE", path, TRUE);
}

static void
on_run_ready (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Errand *errand = user_data;

  g_clear_pointer (&errand->picture, herald_picture_unref);
  g_clear_error (&errand->error);
  errand->picture = herald_picture_worker_run_finish (result, &errand->error);
  g_assert_true ((errand->picture == NULL) == (errand->error != NULL));
  if (++errand->n_answered == errand->n_asked)
    g_main_loop_quit (errand->loop);
}

void
errand_ask (Errand *errand)
{
  errand->n_asked++;
  herald_picture_worker_run_async (errand->source, &errand->recipe, errand->cancellable,
                                   on_run_ready, errand);
}

void
errand_wait (Errand *errand)
{
  guint timeout_id = g_timeout_add (TEST_MS, on_test_timeout, NULL);

  g_main_loop_run (errand->loop);
  g_source_remove (timeout_id);
  /* Whatever ended in the last moment lets go of what it holds. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
