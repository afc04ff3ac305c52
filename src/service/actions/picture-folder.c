/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-picture-folder"

#include "service/actions/picture-folder.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/sandbox.h"
#include "core/pictures/picture.h"

#define FOLDER "octoherald"
#define PREFIX "picture-"

/* The folder is in memory, and whoever looks at a picture has its program keep it open. */
#define FILES_MAX 20
#define BYTES_MAX (32 * 1024 * 1024)

/* Ours alone, whatever somebody may have put there */
static gboolean
is_private (const char *folder)
{
  GStatBuf info;

  return g_lstat (folder, &info) == 0 && S_ISDIR (info.st_mode) && info.st_uid == geteuid () &&
         (info.st_mode & 0077) == 0;
}

static gint
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* Names begin with the time, so their order is that of age. */
static GPtrArray *
list_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_prefix (name, PREFIX))
        g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
    }
  g_ptr_array_sort (paths, compare_paths);

  return paths;
}

static gsize
get_size (const char *path)
{
  GStatBuf info;

  return g_lstat (path, &info) == 0 ? (gsize) info.st_size : 0;
}

static void
make_room (const char *folder,
           gsize       length)
{
  g_autoptr(GPtrArray) paths = list_files (folder);
  guint n_kept = 0;
  gsize n_bytes = length;

  for (guint i = paths->len; i > 0; i--)
    {
      const char *path = g_ptr_array_index (paths, i - 1);

      n_bytes += get_size (path);
      if (++n_kept >= FILES_MAX || n_bytes > BYTES_MAX)
        g_unlink (path);
    }
}

static const char *
find_suffix (const char *type)
{
  static const HeraldPictureType types[] = { HERALD_PICTURE_JPEG, HERALD_PICTURE_PNG };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_str_equal (herald_picture_type_get_media_type (types[i]), type))
        return herald_picture_type_get_suffix (types[i]);
    }

  return NULL;
}

static void
set_no_room (GError     **error,
             const char  *folder)
{
  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("There is no room for it in the folder %s"), folder);
}

char *
herald_picture_folder_keep (GBytes      *picture,
                            const char  *type,
                            GError     **error)
{
  g_autofree char *parent = herald_sandbox_dup_runtime_dir ();
  g_autofree char *folder = g_build_filename (parent, FOLDER, NULL);
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  const char *suffix = find_suffix (type);
  gsize length = 0;
  gconstpointer data = g_bytes_get_data (picture, &length);

  if (suffix == NULL || length == 0 || length > HERALD_PICTURE_MAX_BYTES)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_REJECTED, _("What the camera has sent cannot be shown"));
      return NULL;
    }

  if (g_mkdir (folder, 0700) != 0 && errno != EEXIST)
    {
      set_no_room (error, folder);
      return NULL;
    }
  if (!is_private (folder))
    {
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                   _("There is no private place for it: the folder %s belongs to somebody else, or others can read it"), folder);
      return NULL;
    }

  make_room (folder, length);
  name = g_strdup_printf (PREFIX "%" G_GINT64_FORMAT "-%08x.%s", g_get_real_time (), g_random_int (), suffix);
  path = g_build_filename (folder, name, NULL);
  if (!g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
    {
      set_no_room (error, folder);
      return NULL;
    }

  return g_steal_pointer (&path);
}
