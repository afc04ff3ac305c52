/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-picture-shelf"

#include "core/outbox/picture-shelf.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "core/store/private-file.h"

#define STEM_LENGTH 32
#define SUFFIX_MAX_LENGTH 4

static char *
make_name (const char *suffix)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_auto(GStrv) parts = g_strsplit (uuid, "-", -1);
  g_autofree char *stem = g_strjoinv ("", parts);

  return g_strconcat (stem, ".", suffix, NULL);
}

static gboolean
has_stem (const char *name)
{
  return strspn (name, "0123456789abcdef") == STEM_LENGTH && name[STEM_LENGTH] == '.';
}

static gboolean
is_name (const char *name)
{
  const char *suffix = has_stem (name) ? name + STEM_LENGTH + 1 : "";
  gsize length = strspn (suffix, "abcdefghijklmnopqrstuvwxyz0123456789");

  return length > 0 && length <= SUFFIX_MAX_LENGTH && suffix[length] == '\0';
}

/**
 * herald_picture_shelf_put:
 * @folder: made if there is none
 * @suffix: letters and digits, e.g. `jpg`
 *
 * Writes a file that only this user can read. It does not wait for the disk: what a power cut
 * makes of it has another size and is passed over when it is to be sent.
 *
 * Returns: (transfer full): its name, which is new; %NULL with a G_IO_ERROR or HERALD_ERROR_SETTINGS
 */
char *
herald_picture_shelf_put (const char  *folder,
                          GBytes      *bytes,
                          const char  *suffix,
                          GError     **error)
{
  g_autofree char *name = make_name (suffix);
  g_autofree char *path = herald_picture_shelf_dup_path (folder, name);
  g_autoptr(GError) problem = NULL;
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  g_return_val_if_fail (path != NULL, NULL);

  if (!herald_private_directory_ensure (folder, error))
    return NULL;
  if (g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                &problem))
    return g_steal_pointer (&name);

  g_set_error_literal (error, G_IO_ERROR,
                       g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOSPC)
                         ? (int) G_IO_ERROR_NO_SPACE
                         : (int) G_IO_ERROR_FAILED,
                       g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOSPC)
                         ? _("the disk is full.")
                         : _("it could not be kept on the disk."));
  return NULL;
}

/**
 * herald_picture_shelf_dup_path:
 *
 * Returns: (transfer full) (nullable): where the file is; %NULL if @name is none that
 *   herald_picture_shelf_put() makes, e.g. one with a slash
 */
char *
herald_picture_shelf_dup_path (const char *folder,
                               const char *name)
{
  return name != NULL && is_name (name) ? g_build_filename (folder, name, NULL) : NULL;
}

void
herald_picture_shelf_remove (const char *folder,
                             const char *name)
{
  g_autofree char *path = herald_picture_shelf_dup_path (folder, name);

  if (path != NULL)
    g_unlink (path);
}

/**
 * herald_picture_shelf_sweep:
 * @kept: (element-type utf8): names of the files that are needed
 *
 * Removes all others of ours: what was written when the program died, and what was half written.
 *
 * Returns: how many
 */
guint
herald_picture_shelf_sweep (const char *folder,
                            GHashTable *kept)
{
  g_autoptr(GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n_removed = 0;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (has_stem (name) && !g_hash_table_contains (kept, name) && g_unlink (path) == 0)
        n_removed++;
    }

  return n_removed;
}
