/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-picture-child"

/* memfd_create () */
#define _GNU_SOURCE

#include "core/pictures/picture-child.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

/* Beside the service: where both are installed, or where both were built. Tests lie elsewhere and
 * say where. */
static char *
find_program (void)
{
  const char *chosen = g_getenv ("OCTOHERALD_PICTURE");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self != NULL ? self : ".");
  g_autofree char *installed = g_build_filename (folder, HERALD_PICTURE_PROGRAM, NULL);
  g_autofree char *built =
    g_build_filename (folder, "..", "picture", HERALD_PICTURE_PROGRAM, NULL);
  const char *const paths[] = { installed, built };

  if (chosen != NULL)
    return g_strdup (chosen);
  for (guint i = 0; self != NULL && i < G_N_ELEMENTS (paths); i++)
    {
      if (g_file_test (paths[i], G_FILE_TEST_IS_EXECUTABLE))
        return g_strdup (paths[i]);
    }

  return g_build_filename (HERALD_LIBEXEC_DIR, HERALD_PICTURE_PROGRAM, NULL);
}

static char **
make_arguments (const HeraldPictureRecipe *recipe)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *program = find_program ();
  g_autofree char *max_side = g_strdup_printf ("--max-side=%u", MIN (recipe->max_side, G_MAXINT));
  g_autofree char *max_bytes =
    g_strdup_printf ("--max-bytes=%u", (guint) MIN (recipe->max_bytes, G_MAXINT));

  g_strv_builder_add_many (builder, program, max_side, max_bytes, NULL);
  if (recipe->orientation.flip_horizontally)
    g_strv_builder_add (builder, "--flip-horizontally");
  if (recipe->orientation.flip_vertically)
    g_strv_builder_add (builder, "--flip-vertically");
  if (recipe->orientation.rotate_90_left)
    g_strv_builder_add (builder, "--rotate-left");
  if (recipe->square)
    g_strv_builder_add (builder, "--square");
  if (recipe->png)
    g_strv_builder_add (builder, "--png");

  return g_strv_builder_end (builder);
}

/* It needs nothing of what we know but where its libraries are. */
static char **
make_environment (void)
{
  static const char *const names[] = { "LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS" };
  char **environment = g_new0 (char *, 1);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_getenv (names[i]) != NULL)
        environment = g_environ_setenv (environment, names[i], g_getenv (names[i]), TRUE);
    }

  return environment;
}

/* A file in memory that holds all of it: a child that ends early breaks no pipe of ours. */
static int
make_input (GBytes *bytes)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  int fd = memfd_create (HERALD_PICTURE_PROGRAM, MFD_CLOEXEC);

  while (fd >= 0 && size > 0)
    {
      ssize_t length = write (fd, data, size);

      if (length < 0 && errno == EINTR)
        continue;
      if (length <= 0)
        {
          close (fd);
          return -1;
        }
      data += length;
      size -= (gsize) length;
    }
  if (fd >= 0)
    lseek (fd, 0, SEEK_SET);

  return fd;
}

GSubprocess *
herald_picture_child_start (HeraldPicture             *picture,
                            const HeraldPictureRecipe *recipe)
{
  g_autoptr(GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_auto(GStrv) arguments = make_arguments (recipe);
  g_auto(GStrv) environment = make_environment ();
  int input = make_input (picture->bytes);

  if (input < 0)
    return NULL;

  g_subprocess_launcher_take_stdin_fd (launcher, input);
  g_subprocess_launcher_set_environ (launcher, environment);
  g_subprocess_launcher_set_cwd (launcher, "/");

  return g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments, NULL);
}
