/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-autostart-entry"

#include "service/session/autostart-entry.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/error.h"

#define FILE_NAME "io.github.octoherald.OctoHerald.desktop"
#define SECTION G_KEY_FILE_DESKTOP_GROUP

/* A desktop file with a hundred languages has some 20 KiB. */
#define MAX_BYTES (64 * 1024)

/* Such a file was written here, and may go again. */
#define MARK_KEY "X-OctoHerald-Autostart"
#define GNOME_KEY "X-GNOME-Autostart-enabled"

static char *
make_path (const char *config_dir)
{
  return g_build_filename (config_dir, "autostart", FILE_NAME, NULL);
}

char *
herald_autostart_entry_dup_path (void)
{
  return make_path (g_get_user_config_dir ());
}

/* Returns: (nullable) (transfer full): %NULL if it is no desktop file; a desktop passes over it, too */
static GKeyFile *
load (const char *path)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  GStatBuf info;

  if (g_stat (path, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size > MAX_BYTES)
    return NULL;
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS, NULL) ||
      !g_key_file_has_group (file, SECTION))
    return NULL;

  return g_steal_pointer (&file);
}

/* What the computer's administrator has set up for all who log in */
static GKeyFile *
load_of_system (void)
{
  for (const char *const *folder = g_get_system_config_dirs (); *folder != NULL; folder++)
    {
      g_autofree char *path = make_path (*folder);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return load (path);
    }

  return NULL;
}

static gboolean
is_enabled (GKeyFile *file)
{
  g_autoptr(GError) error = NULL;
  gboolean is_wanted;

  if (file == NULL || g_key_file_get_boolean (file, SECTION, G_KEY_FILE_DESKTOP_KEY_HIDDEN, NULL))
    return FALSE;

  is_wanted = g_key_file_get_boolean (file, SECTION, GNOME_KEY, &error);

  return error != NULL || is_wanted;
}

gboolean
herald_autostart_entry_is_enabled (void)
{
  g_autofree char *path = herald_autostart_entry_dup_path ();
  g_autoptr(GKeyFile) file = g_file_test (path, G_FILE_TEST_EXISTS) ? load (path) : load_of_system ();

  return is_enabled (file);
}

gboolean
herald_autostart_entry_is_ours_to_write (void)
{
  g_autofree char *path = herald_autostart_entry_dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  while (!g_file_test (folder, G_FILE_TEST_EXISTS))
    {
      char *parent = g_path_get_dirname (folder);

      g_free (folder);
      folder = parent;
    }

  return g_file_test (folder, G_FILE_TEST_IS_DIR) && g_access (folder, W_OK) == 0;
}

/**
 * herald_autostart_entry_quote:
 *
 * As the Desktop Entry Specification 1.5 (“The Exec key”) wants it; escaping for the file itself comes on top.
 */
char *
herald_autostart_entry_quote (const char *program)
{
  GString *quoted = g_string_new ("\"");

  for (const char *c = program; *c != '\0'; c++)
    {
      if (strchr ("\"`$\\", *c) != NULL)
        g_string_append_c (quoted, '\\');
      if (*c == '%')
        g_string_append_c (quoted, '%');
      g_string_append_c (quoted, *c);
    }
  g_string_append_c (quoted, '"');

  return g_string_free (quoted, FALSE);
}

static gboolean
write_file (GKeyFile    *file,
            const char  *path,
            GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = g_key_file_to_data (file, NULL, NULL);
  g_autoptr(GError) problem = NULL;

  g_mkdir_with_parents (folder, 0700);
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &problem))
    return TRUE;

  g_debug ("%s", problem->message);
  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
               _("“%s” cannot be written, and this desktop looks there for what to start at login."), path);
  return FALSE;
}

static void
set_program (GKeyFile   *file,
             const char *program)
{
  g_autofree char *quoted = herald_autostart_entry_quote (program);
  g_autofree char *line = g_strconcat (quoted, " --if-needed", NULL);

  g_key_file_set_string (file, SECTION, G_KEY_FILE_DESKTOP_KEY_EXEC, line);
  g_key_file_set_string (file, SECTION, G_KEY_FILE_DESKTOP_KEY_TRY_EXEC, program);
}

static GKeyFile *
make_file (void)
{
  GKeyFile *file = g_key_file_new ();

  g_key_file_set_string (file, SECTION, G_KEY_FILE_DESKTOP_KEY_TYPE, "Application");
  g_key_file_set_string (file, SECTION, G_KEY_FILE_DESKTOP_KEY_NAME, "OctoHerald");
  g_key_file_set_string (file, SECTION, G_KEY_FILE_DESKTOP_KEY_COMMENT, "Tells you what your 3D printers are doing");
  g_key_file_set_string (file, SECTION, G_KEY_FILE_DESKTOP_KEY_ICON, "io.github.octoherald.OctoHerald");
  g_key_file_set_boolean (file, SECTION, G_KEY_FILE_DESKTOP_KEY_TERMINAL, FALSE);
  g_key_file_set_boolean (file, SECTION, G_KEY_FILE_DESKTOP_KEY_NO_DISPLAY, TRUE);
  g_key_file_set_boolean (file, SECTION, MARK_KEY, TRUE);

  return file;
}

static gboolean
is_ours (GKeyFile *file)
{
  return g_key_file_get_boolean (file, SECTION, MARK_KEY, NULL);
}

/* Somebody may start the service in a way of their own, for example later. */
static gboolean
starts_service (GKeyFile *file)
{
  g_autofree char *line = g_key_file_get_string (file, SECTION, G_KEY_FILE_DESKTOP_KEY_EXEC, NULL);

  return line != NULL && (strstr (line, "octoherald-service") != NULL || strstr (line, "octoherald --background") != NULL);
}

static gboolean
enable (const char  *path,
        const char  *program,
        GError     **error)
{
  g_autoptr(GKeyFile) file = load (path);

  if (file == NULL)
    file = make_file ();
  if (is_ours (file) || !starts_service (file))
    set_program (file, program);
  g_key_file_remove_key (file, SECTION, G_KEY_FILE_DESKTOP_KEY_HIDDEN, NULL);
  g_key_file_set_boolean (file, SECTION, GNOME_KEY, TRUE);

  return write_file (file, path, error);
}

/* What somebody else has written, or set up for all, is hidden: that can be undone. */
static gboolean
disable (const char  *path,
         GError     **error)
{
  g_autoptr(GKeyFile) file = load (path);
  g_autoptr(GKeyFile) of_system = load_of_system ();

  if (file != NULL && is_ours (file) && of_system == NULL)
    {
      if (g_unlink (path) == 0)
        return TRUE;

      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                   _("“%s” cannot be removed, and this desktop looks there for what to start at login."), path);
      return FALSE;
    }

  if (file == NULL)
    file = g_steal_pointer (&of_system);
  if (file == NULL)
    return TRUE;

  g_key_file_set_boolean (file, SECTION, G_KEY_FILE_DESKTOP_KEY_HIDDEN, TRUE);

  return write_file (file, path, error);
}

/**
 * herald_autostart_entry_set:
 *
 * What somebody else has put into the file stays, as far as it can.
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS; then nothing has changed
 */
gboolean
herald_autostart_entry_set (const char  *program,
                            gboolean     enabled,
                            GError     **error)
{
  g_autofree char *path = herald_autostart_entry_dup_path ();

  if (herald_autostart_entry_is_enabled () == enabled)
    return TRUE;

  return enabled ? enable (path, program, error) : disable (path, error);
}

void
herald_autostart_entry_mend (const char *program)
{
  g_autofree char *path = herald_autostart_entry_dup_path ();
  g_autoptr(GKeyFile) file = load (path);
  g_autofree char *named = NULL;
  g_autoptr(GError) error = NULL;

  /* A test has the service’s code in it and is none. */
  if (file == NULL || !is_ours (file) || !g_str_has_suffix (program, "/octoherald-service"))
    return;

  named = g_key_file_get_string (file, SECTION, G_KEY_FILE_DESKTOP_KEY_TRY_EXEC, NULL);
  if (named != NULL && g_file_test (named, G_FILE_TEST_IS_EXECUTABLE))
    return;

  set_program (file, program);
  if (!write_file (file, path, &error))
    g_message ("%s", error->message);
}
