/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-settings-text"

#include "core/store/settings-text.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

/**
 * herald_settings_check_size:
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS if a text of @length bytes is too large
 */
gboolean
herald_settings_check_size (gsize    length,
                            GError **error)
{
  if (length <= HERALD_SETTINGS_MAX_BYTES)
    return TRUE;

  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                       _("The settings are too large: more than one megabyte."));
  return FALSE;
}

static gboolean
is_word (const char *text,
         const char *extra)
{
  if (*text == '\0')
    return FALSE;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (!g_ascii_isalnum (*c) && strchr (extra, *c) == NULL)
        return FALSE;
    }

  return TRUE;
}

/* A category, or a category and an id of one or two words */
static gboolean
is_group_name (const char *group)
{
  g_auto(GStrv) words = g_strsplit (group, " ", 4);
  guint n_words = g_strv_length (words);

  if (n_words < 1 || n_words > 3)
    return FALSE;

  for (guint i = 0; i < n_words; i++)
    {
      if (!is_word (words[i], "-_."))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_names (GKeyFile  *file,
             GError   **error)
{
  g_auto(GStrv) groups = g_key_file_get_groups (file, NULL);

  for (char **group = groups; *group != NULL; group++)
    {
      g_auto(GStrv) keys = g_key_file_get_keys (file, *group, NULL, NULL);

      if (!is_group_name (*group))
        {
          g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                       _("“[%s]” is not the name of a section"), *group);
          return FALSE;
        }
      for (char **key = keys; key != NULL && *key != NULL; key++)
        {
          if (!is_word (*key, "-_"))
            {
              g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("“%s” is not the name of a setting"), *key);
              return FALSE;
            }
        }
    }

  return TRUE;
}

static GKeyFile *
parse_lines (const char  *text,
             gsize        length,
             GError     **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();

  if (memchr (text, '\0', length) != NULL || !g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("it is not text"));
      return NULL;
    }
  if (length > 0 && !g_key_file_load_from_data (file, text, length, G_KEY_FILE_KEEP_COMMENTS, error))
    return NULL;
  if (!check_names (file, error))
    return NULL;

  return g_steal_pointer (&file);
}

static gsize
skip_lines (const char *text,
            gsize       length,
            guint       n_lines)
{
  const char *end = text + length;
  const char *line = text;

  while (n_lines-- > 0 && line < end)
    {
      const char *newline = memchr (line, '\n', (gsize) (end - line));

      line = newline != NULL ? newline + 1 : end;
    }

  return (gsize) (line - text);
}

/* GKeyFile does not tell; but whatever begins well is well up to the first bad line. */
static guint
find_bad_line (const char *text,
               gsize       length)
{
  guint good = 0;
  guint bad = 1;

  for (const char *c = text; c < text + length; c++)
    bad += *c == '\n';

  while (bad - good > 1)
    {
      guint middle = good + (bad - good) / 2;
      g_autoptr(GKeyFile) file = parse_lines (text, skip_lines (text, length, middle), NULL);

      if (file != NULL)
        good = middle;
      else
        bad = middle;
    }

  return bad;
}

/**
 * herald_settings_parse:
 * @text: any bytes
 * @length: how many
 *
 * Checks the whole text: its syntax, the names in it, its size and its version.
 *
 * Returns: (transfer full): the sections; %NULL with HERALD_ERROR_SETTINGS naming the line
 */
GKeyFile *
herald_settings_parse (const char  *text,
                       gsize        length,
                       GError     **error)
{
  g_autoptr(GError) problem = NULL;
  g_autoptr(GKeyFile) file = NULL;

  if (!herald_settings_check_size (length, error))
    return NULL;

  file = parse_lines (text, length, &problem);
  if (file == NULL)
    {
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                   _("Line %u of the settings cannot be understood: %s"),
                   find_bad_line (text, length), problem->message);
      return NULL;
    }
  if (g_key_file_get_integer (file, HERALD_SETTINGS_GENERAL, HERALD_SETTINGS_VERSION_KEY, NULL) >
      HERALD_SETTINGS_VERSION)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("The settings were written by a newer version of OctoHerald."));
      return NULL;
    }

  return g_steal_pointer (&file);
}

/**
 * herald_settings_read_group:
 *
 * Returns: (transfer full): the values of a section; none if it is missing
 */
HeraldValues *
herald_settings_read_group (GKeyFile   *file,
                            const char *group)
{
  HeraldValues *values = herald_values_new ();
  g_auto(GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  for (char **key = keys; key != NULL && *key != NULL; key++)
    {
      g_autofree char *value = g_key_file_get_string (file, group, *key, NULL);

      /* By hand people write a backslash and mean one. */
      if (value == NULL)
        value = g_key_file_get_value (file, group, *key, NULL);
      herald_values_set (values, *key, value);
    }

  return values;
}

/**
 * herald_settings_group_equals:
 *
 * Returns: whether the section holds the same in both, or is in neither
 */
gboolean
herald_settings_group_equals (GKeyFile   *one,
                              GKeyFile   *other,
                              const char *group)
{
  g_autoptr(HeraldValues) values = herald_settings_read_group (one, group);
  g_autoptr(HeraldValues) other_values = herald_settings_read_group (other, group);
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  if (g_key_file_has_group (one, group) != g_key_file_has_group (other, group) ||
      g_hash_table_size (values) != g_hash_table_size (other_values))
    return FALSE;

  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (g_strcmp0 (herald_values_get (other_values, name), value) != 0)
        return FALSE;
    }

  return TRUE;
}

/**
 * herald_settings_write_group:
 * @values: all the section shall hold; what it held besides goes
 *
 * Values that stay the same keep the line, and the comment, they have.
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS; then @file is half done
 */
gboolean
herald_settings_write_group (GKeyFile      *file,
                             const char    *group,
                             HeraldValues  *values,
                             GError       **error)
{
  g_auto(GStrv) old_keys = g_key_file_get_keys (file, group, NULL, NULL);
  g_autoptr(GList) names = g_list_sort (g_hash_table_get_keys (values), (GCompareFunc) g_strcmp0);

  if (!is_group_name (group))
    {
      g_autofree char *shown = g_utf8_make_valid (group, -1);

      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                   _("“[%s]” is not the name of a section"), shown);
      return FALSE;
    }

  for (char **key = old_keys; key != NULL && *key != NULL; key++)
    {
      if (herald_values_get (values, *key) == NULL)
        g_key_file_remove_key (file, group, *key, NULL);
    }

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *value = herald_values_get (values, l->data);
      g_autofree char *old_value = NULL;

      if (!is_word (l->data, "-_") || !g_utf8_validate (value, -1, NULL))
        {
          g_autofree char *shown = g_utf8_make_valid (l->data, -1);

          g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                       _("“%s” cannot be set: its name or its value has characters that are "
                         "not allowed."),
                       shown);
          return FALSE;
        }

      old_value = g_key_file_get_string (file, group, l->data, NULL);
      if (g_strcmp0 (old_value, value) != 0)
        g_key_file_set_string (file, group, l->data, value);
    }

  return TRUE;
}

static const char *const script_keys[] = {
  HERALD_SETTINGS_SCRIPTS_KEY, HERALD_SETTINGS_SCRIPT_BEFORE_KEY, HERALD_SETTINGS_SCRIPT_AFTER_KEY,
  HERALD_SETTINGS_SCRIPT_SECONDS_KEY,
};

/**
 * herald_settings_disarm:
 *
 * Forbids scripts, which may have been allowed.
 */
void
herald_settings_disarm (GKeyFile *file)
{
  if (g_key_file_has_key (file, HERALD_SETTINGS_GENERAL, HERALD_SETTINGS_SCRIPTS_KEY, NULL))
    g_key_file_set_boolean (file, HERALD_SETTINGS_GENERAL, HERALD_SETTINGS_SCRIPTS_KEY, FALSE);
}

/**
 * herald_settings_keep_scripts:
 * @file: settings from elsewhere
 * @old_file: those that held so far
 *
 * What @file says of scripts goes, for it would run programs here; what @old_file says of them
 * stays, but they are no longer allowed until somebody has looked.
 *
 * Returns: whether they were allowed
 */
gboolean
herald_settings_keep_scripts (GKeyFile *file,
                              GKeyFile *old_file)
{
  gboolean allowed = g_key_file_get_boolean (old_file, HERALD_SETTINGS_GENERAL, HERALD_SETTINGS_SCRIPTS_KEY, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (script_keys); i++)
    {
      g_autofree char *value = g_key_file_get_value (old_file, HERALD_SETTINGS_GENERAL, script_keys[i], NULL);

      g_key_file_remove_key (file, HERALD_SETTINGS_GENERAL, script_keys[i], NULL);
      if (value != NULL)
        g_key_file_set_value (file, HERALD_SETTINGS_GENERAL, script_keys[i], value);
    }
  herald_settings_disarm (file);

  return allowed;
}
