/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-language"

#include "core/base/language.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

/* Far more than any computer says of its language */
#define FILE_MAX_BYTES 4096

/* What says in which language somebody is spoken to. Where nothing of it is said, the computer’s own language is asked for. */
static const char *const names[] = {
  "LANG", "LANGUAGE", "LC_ADDRESS", "LC_ALL", "LC_COLLATE", "LC_CTYPE", "LC_IDENTIFICATION", "LC_MEASUREMENT", "LC_MESSAGES",
  "LC_MONETARY", "LC_NAME", "LC_NUMERIC", "LC_PAPER", "LC_TELEPHONE", "LC_TIME", NULL,
};

/* Where systemd and Debian keep it; the first that is there counts */
static const char *const files[] = { "etc/locale.conf", "etc/default/locale", NULL };

static gboolean
is_told (char **environment)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *value = g_environ_getenv (environment, names[i]);

      if (value != NULL && *value != '\0')
        return TRUE;
    }

  return FALSE;
}

/* As the shell has it: `NAME=value`, `NAME="value"`, `export NAME=value`; of what could be more than a name nothing */
static void
read_line (const char *line,
           GPtrArray  *found)
{
  g_auto(GStrv) parts = NULL;
  g_autofree char *value = NULL;
  gsize length;

  while (g_ascii_isspace (*line))
    line++;
  if (g_str_has_prefix (line, "export "))
    line += strlen ("export ");
  parts = g_strsplit (line, "=", 2);
  if (g_strv_length (parts) != 2 || !g_strv_contains (names, parts[0]))
    return;

  value = g_strdup (g_strstrip (parts[1]));
  length = strlen (value);
  if (length >= 2 && (*value == '"' || *value == '\'') && value[length - 1] == *value)
    {
      value[length - 1] = '\0';
      memmove (value, value + 1, length - 1);
    }
  if (*value != '\0' && strspn (value, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_.@:-") == strlen (value))
    g_ptr_array_add (found, g_strdup_printf ("%s=%s", parts[0], value));
}

/**
 * herald_language_find:
 *
 * A service that is started before anybody has logged in, or by a bus that was, has an environment without a language. What
 * it writes then would be English on a computer that speaks Polish.
 *
 * Returns: (transfer full): `NAME=VALUE` of what the computer says of its language; empty if @environment says something
 *   itself, as that of a desktop does
 */
char **
herald_language_find (char       **environment,
                      const char  *root)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new ();

  g_return_val_if_fail (root != NULL, NULL);

  for (guint i = 0; files[i] != NULL && found->len == 0 && !is_told (environment); i++)
    {
      g_autofree char *path = g_build_filename (root, files[i], NULL);
      g_autofree char *content = NULL;
      g_auto(GStrv) lines = NULL;
      gsize length;

      if (!g_file_get_contents (path, &content, &length, NULL) || length > FILE_MAX_BYTES)
        continue;
      lines = g_strsplit (content, "\n", -1);
      for (guint n = 0; lines[n] != NULL; n++)
        read_line (lines[n], found);
    }
  g_ptr_array_add (found, NULL);

  return (char **) g_ptr_array_steal (found, NULL);
}

static void
take_language_of_computer (void)
{
  g_auto(GStrv) environment = g_get_environ ();
  g_auto(GStrv) found = herald_language_find (environment, "/");

  for (guint i = 0; found[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (found[i], "=", 2);

      g_setenv (parts[0], parts[1], FALSE);
    }
}

/**
 * herald_language_init:
 *
 * The locale, and our translations for it. OCTOHERALD_LOCALE_DIR has them elsewhere: a build that is not installed, tests.
 */
void
herald_language_init (void)
{
  const char *folder = g_getenv ("OCTOHERALD_LOCALE_DIR");

  take_language_of_computer ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL && g_path_is_absolute (folder) ? folder : HERALD_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
