/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-settings-changes"

#include "window/preferences/settings-changes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/text.h"

#define GENERAL "octoherald"
#define NAME_MAX_CHARS 60

/* What can become of a section; %s is its name */
static const struct
{
  const char *category;
  const char *added;
  const char *removed;
  const char *changed;
} sections[] = {
  { "printer", N_("The printer “%s” is added."), N_("The printer “%s” is removed."), N_("The printer “%s” is changed.") },
  { "channel", N_("The account “%s” is added."), N_("The account “%s” is removed."), N_("The account “%s” is changed.") },
  { GENERAL, N_("Preferences are changed."), N_("Preferences go back to their defaults."), N_("Preferences are changed.") },
};

static GKeyFile *
parse (const char *text)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();

  return g_key_file_load_from_data (file, text, strlen (text), G_KEY_FILE_NONE, NULL) ? g_steal_pointer (&file) : NULL;
}

/* (transfer full): of “printer ID” and “channel ID” */
static char *
dup_name (GKeyFile   *file,
          const char *group)
{
  g_autofree char *name = g_key_file_get_string (file, group, "name", NULL);
  g_auto(GStrv) words = g_strsplit (group, " ", 3);

  if (name == NULL)
    name = g_strdup (words[1] != NULL ? words[1] : words[0]);

  return herald_text_clean (name, NAME_MAX_CHARS);
}

/* The version of the file is not worth a word. */
static gboolean
is_same (GKeyFile   *before,
         GKeyFile   *after,
         const char *group)
{
  g_auto(GStrv) keys = g_key_file_get_keys (after, group, NULL, NULL);
  g_auto(GStrv) old_keys = g_key_file_get_keys (before, group, NULL, NULL);
  char **lists[] = { keys, old_keys };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      for (char **key = lists[i]; key != NULL && *key != NULL; key++)
        {
          g_autofree char *old = g_key_file_get_value (before, group, *key, NULL);
          g_autofree char *new = g_key_file_get_value (after, group, *key, NULL);

          if (g_strcmp0 (old, new) != 0 && !g_str_equal (*key, "version"))
            return FALSE;
        }
    }

  return TRUE;
}

static char *
format_line (const char *format,
             const char *name)
{
  g_auto(GStrv) parts = g_strsplit (format, "%s", 2);

  return parts[1] != NULL ? g_strconcat (parts[0], name, parts[1], NULL) : g_strdup (format);
}

/* Messages are counted: there may be dozens. */
static void
compare_group (GPtrArray  *lines,
               GKeyFile   *before,
               GKeyFile   *after,
               const char *group,
               guint      *n_messages)
{
  gboolean was = g_key_file_has_group (before, group);
  gboolean is = g_key_file_has_group (after, group);
  g_auto(GStrv) words = g_strsplit (group, " ", 2);
  g_autofree char *name = dup_name (is ? after : before, group);

  if (was && is && is_same (before, after, group))
    return;
  if (g_strcmp0 (words[0], "message") == 0)
    *n_messages += 1;

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      if (g_strcmp0 (sections[i].category, words[0]) == 0)
        g_ptr_array_add (lines,
                         format_line (_(!was ? sections[i].added : !is ? sections[i].removed : sections[i].changed), name));
    }
}

GStrv
herald_settings_changes_describe (const char *before,
                                  const char *after)
{
  g_autoptr(GKeyFile) old = parse (before);
  g_autoptr(GKeyFile) new = parse (after);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_auto(GStrv) old_groups = old != NULL ? g_key_file_get_groups (old, NULL) : NULL;
  g_auto(GStrv) new_groups = new != NULL ? g_key_file_get_groups (new, NULL) : NULL;

  guint n_messages = 0;

  if (old == NULL || new == NULL || !g_key_file_has_group (new, GENERAL))
    return NULL;

  for (char **group = new_groups; *group != NULL; group++)
    compare_group (lines, old, new, *group, &n_messages);
  for (char **group = old_groups; *group != NULL; group++)
    {
      if (!g_key_file_has_group (new, *group))
        compare_group (lines, old, new, *group, &n_messages);
    }
  if (n_messages > 0)
    g_ptr_array_add (lines, g_strdup_printf (ngettext ("%u message is changed.", "%u messages are changed.", n_messages),
                                             n_messages));
  g_ptr_array_add (lines, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}
