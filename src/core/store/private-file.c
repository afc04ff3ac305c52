/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-private-file"

#include "core/store/private-file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "core/base/error.h"

/* Anything of the group's or of others' */
#define FOREIGN_BITS 0077

static void
set_errno_error (GError     **error,
                 const char  *format,
                 const char  *path,
                 int          code)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *sentence = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  sentence = g_strdup_printf (format, shown, g_strerror (code));
#pragma GCC diagnostic pop
  g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (code), sentence);
}

static void
set_refusal (GError     **error,
             const char  *path,
             const char  *why)
{
  g_autofree char *shown = g_filename_display_name (path);

  /* TRANSLATORS: first the path of a file or folder, then the reason */
  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("“%s” is not used: %s"), shown, why);
}

/**
 * herald_private_directory_ensure:
 * @path: a directory; made with its parents if it is missing
 *
 * Makes sure that @path belongs to the user and that nobody else can look into it.
 *
 * Returns: %FALSE with a G_IO_ERROR or HERALD_ERROR_SETTINGS
 */
gboolean
herald_private_directory_ensure (const char  *path,
                                 GError     **error)
{
  struct stat info;

  if (g_mkdir_with_parents (path, 0700) != 0 || stat (path, &info) != 0)
    {
      set_errno_error (error, _("The folder “%s” cannot be made: %s"), path, errno);
      return FALSE;
    }
  if (info.st_uid != geteuid ())
    {
      set_refusal (error, path, _("it belongs to another user."));
      return FALSE;
    }
  if ((info.st_mode & FOREIGN_BITS) != 0 && chmod (path, 0700) != 0)
    {
      set_errno_error (error, _("The folder “%s” cannot be made private: %s"), path, errno);
      return FALSE;
    }

  return TRUE;
}

/**
 * herald_private_file_check:
 * @path: a file that need not exist
 *
 * Makes sure that @path is an ordinary file of the user's, no link, and that
 * nobody else can read it.
 *
 * Returns: %FALSE with a G_IO_ERROR or HERALD_ERROR_SETTINGS
 */
gboolean
herald_private_file_check (const char  *path,
                           GError     **error)
{
  struct stat info;

  if (lstat (path, &info) != 0)
    {
      if (errno == ENOENT)
        return TRUE;
      set_errno_error (error, _("“%s” cannot be read: %s"), path, errno);
      return FALSE;
    }
  if (!S_ISREG (info.st_mode))
    {
      set_refusal (error, path, _("it is a link or not an ordinary file."));
      return FALSE;
    }
  if (info.st_uid != geteuid ())
    {
      set_refusal (error, path, _("it belongs to another user."));
      return FALSE;
    }
  if ((info.st_mode & FOREIGN_BITS) != 0 && chmod (path, 0600) != 0)
    {
      set_errno_error (error, _("“%s” cannot be made private: %s"), path, errno);
      return FALSE;
    }

  return TRUE;
}

/**
 * herald_private_file_read:
 * @max_bytes: a larger file is refused
 * @length: (out) (optional): its bytes
 *
 * Returns: (transfer full): what the file holds, with a 0 byte after it;
 *   %NULL with a G_IO_ERROR (G_IO_ERROR_NOT_FOUND if there is none) or HERALD_ERROR_SETTINGS
 */
char *
herald_private_file_read (const char  *path,
                          gsize        max_bytes,
                          gsize       *length,
                          GError     **error)
{
  g_autofree char *contents = NULL;
  struct stat info;
  gsize n_bytes = 0;

  if (!herald_private_file_check (path, error))
    return NULL;

  if (stat (path, &info) != 0)
    {
      set_errno_error (error, _("“%s” cannot be read: %s"), path, errno);
      return NULL;
    }
  if ((guint64) info.st_size > max_bytes)
    {
      set_refusal (error, path, _("it is too large."));
      return NULL;
    }
  if (!g_file_get_contents (path, &contents, &n_bytes, NULL))
    {
      set_errno_error (error, _("“%s” cannot be read: %s"), path, errno != 0 ? errno : EIO);
      return NULL;
    }

  if (length != NULL)
    *length = n_bytes;
  return g_steal_pointer (&contents);
}

/**
 * herald_private_file_write:
 * @text: what the file shall hold
 *
 * Replaces @path as a whole: whatever happens, it holds the old or the new
 * text, and when this returns the new one survives a power cut.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_private_file_write (const char  *path,
                           const char  *text,
                           GError     **error)
{
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr(GError) problem = NULL;
  int fd = -1;

  if (!g_file_set_contents_full (path, text, -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 0600, &problem))
    {
      g_set_error (error, G_IO_ERROR,
                   g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOSPC)
                     ? (int) G_IO_ERROR_NO_SPACE
                     : (int) G_IO_ERROR_FAILED,
                   _("“%s” cannot be written: %s"), shown, problem->message);
      return FALSE;
    }

  /* The new name, too, must be on the disk. A file system that cannot do that has done its best. */
  fd = g_open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (fd >= 0)
    {
      fsync (fd);
      g_close (fd, NULL);
    }

  return TRUE;
}
