/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-script-file"

#include "core/routing/script-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "core/base/error.h"
#include "core/base/text.h"

/* Who may change it besides its owner */
#define FOREIGN_WRITE_BITS 0022

#define PATH_SHOWN_MAX_CHARS 300

static gboolean
refuse (GError     **error,
        const char  *path,
        const char  *why)
{
  g_autofree char *shown = herald_text_clean (path, PATH_SHOWN_MAX_CHARS);

  /* TRANSLATORS: first the path of a script, then the reason, which begins with a small letter */
  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("The script “%s” is not run: %s"), shown, why);
  return FALSE;
}

static gboolean
is_trusted_owner (const struct stat *info,
                  uid_t              user)
{
  return info->st_uid == 0 || info->st_uid == user;
}

/* Whoever may write to a folder can put another file in the place of the script. In a folder like
 * /tmp only owners can, and every owner on the way is looked at; but the script’s own folder is to
 * be nobody else’s at all. */
static gboolean
check_folder (const char  *path,
              const char  *folder,
              gboolean     is_last,
              uid_t        user,
              GError     **error)
{
  struct stat info;

  if (g_lstat (folder, &info) != 0)
    return refuse (error, path, _("there is no such file."));
  if (S_ISLNK (info.st_mode) && info.st_uid != 0)
    return refuse (error, path, _("there is a link in its path. Write the path without links."));
  if (S_ISLNK (info.st_mode) && g_stat (folder, &info) != 0)
    return refuse (error, path, _("there is no such file."));
  if (!S_ISDIR (info.st_mode))
    return refuse (error, path, _("there is no such file."));
  if (!is_trusted_owner (&info, user))
    return refuse (error, path, _("it lies in a folder of somebody else."));
  if ((info.st_mode & FOREIGN_WRITE_BITS) != 0 && (is_last || (info.st_mode & S_ISVTX) == 0))
    return refuse (error, path, _("others may change the folder in which it lies. Take that right from them "
                                  "with “chmod go-w”."));

  return TRUE;
}

/* All folders from the root on down to @folder */
static gboolean
check_folders (const char  *path,
               const char  *folder,
               uid_t        user,
               GError     **error)
{
  for (const char *end = folder; end != NULL; end = strchr (end + 1, '/'))
    {
      g_autofree char *upper = end == folder ? g_strdup ("/") : g_strndup (folder, (gsize) (end - folder));
      gboolean is_last = g_str_equal (upper, folder);

      if (!check_folder (path, upper, is_last, user, error))
        return FALSE;
    }

  return g_str_equal (folder, "/") || check_folder (path, folder, TRUE, user, error);
}

/* Links that root has made, like /home on some systems, are followed; then their ends count. */
static gboolean
check_way (const char  *path,
           uid_t        user,
           GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  char *real_folder = NULL;
  gboolean is_safe;

  if (!check_folders (path, folder, user, error))
    return FALSE;

  real_folder = realpath (folder, NULL);
  if (real_folder == NULL)
    return refuse (error, path, _("there is no such file."));

  is_safe = g_str_equal (real_folder, folder) || check_folders (path, real_folder, user, error);
  free (real_folder);

  return is_safe;
}

/* What is neither would be handed to a shell, which nobody has asked for. */
static gboolean
is_program (int fd)
{
  char head[4] = "";
  gssize n_bytes = read (fd, head, sizeof head);

  return (n_bytes >= 2 && memcmp (head, "#!", 2) == 0) || (n_bytes == 4 && memcmp (head, "\177ELF", 4) == 0);
}

static gboolean
check_open_file (const char  *path,
                 int          fd,
                 uid_t        user,
                 GError     **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    return refuse (error, path, _("it is not a file."));
  if (!is_trusted_owner (&info, user))
    return refuse (error, path, _("it belongs to somebody else."));
  if ((info.st_mode & FOREIGN_WRITE_BITS) != 0)
    return refuse (error, path, _("others may change it. Take that right from them with “chmod go-w”."));
  if ((info.st_mode & 0111) == 0 || g_access (path, X_OK) != 0)
    return refuse (error, path, _("it may not be executed. Allow that with “chmod u+x”."));
  if (!is_program (fd))
    return refuse (error, path, _("it is no program, and does not begin with a line like “#!/bin/sh”."));

  return TRUE;
}

static gboolean
has_detours (const char *path)
{
  g_auto(GStrv) parts = g_strsplit (path + 1, "/", -1);

  for (char **part = parts; *part != NULL; part++)
    {
      if (**part == '\0' || g_str_equal (*part, ".") || g_str_equal (*part, ".."))
        return TRUE;
    }

  return FALSE;
}

/**
 * herald_script_file_check:
 * @path: of a program, as somebody wrote it into the settings
 *
 * To be called right before it is run. It is then run by its path, and not by the file that was
 * looked at here: an interpreter would be told a path below /proc and not that of the script, and
 * the script would not find what lies beside it. No other user can exchange it in between, because
 * no other user may write to it or to any folder on the way.
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS and a sentence that names the script
 */
gboolean
herald_script_file_check (const char  *path,
                          uid_t        user,
                          GError     **error)
{
  int fd;
  int code;
  gboolean is_safe;

  if (*path != '/')
    return refuse (error, path, _("its path must begin with “/”."));
  if (has_detours (path))
    return refuse (error, path, _("its path must be plain, without “..” and “//”."));
  if (!check_way (path, user, error))
    return FALSE;

  /* Without waiting for the other end of a pipe */
  fd = g_open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);
  code = errno;
  if (fd < 0 && code == ELOOP)
    return refuse (error, path, _("it is a link. Write the path of the file itself."));
  if (fd < 0 && (code == ENOENT || code == ENOTDIR))
    return refuse (error, path, _("there is no such file."));
  if (fd < 0)
    return refuse (error, path, _("it cannot be read."));

  is_safe = check_open_file (path, fd, user, error);
  g_close (fd, NULL);

  return is_safe;
}
