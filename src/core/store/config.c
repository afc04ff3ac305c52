/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-config"

#include "core/store/config.h"

#include <string.h>

#include "core/store/private-file.h"
#include "core/store/settings-text.h"

#define FRESH_FILE \
  "# OctoHerald keeps its settings here. Lines that begin with # are yours: they stay.\n" \
  "# Stop the service before you edit by hand, or edit and restart it.\n" \
  "# Passwords and keys are not in this file; they are in the keyring.\n" \
  "#\n" \
  "# [message print-done] has what you changed of one kind of message, [message print-done ID] the same\n" \
  "# for one printer: enabled, title, text, text-x (words for one form: desktop, email, sms, x), picture,\n" \
  "# channels and more. What cannot be right counts as not set. \"octoheraldctl message show print-done\"\n" \
  "# has all that can be set, docs/command-line.md explains it.\n" \
  "\n" \
  "[" HERALD_SETTINGS_GENERAL "]\n" \
  "# Programs of your own can run before and after each message, for example to switch a light\n" \
  "# on and off for its picture. They can be allowed nowhere but here, and are switched off when\n" \
  "# settings are imported. They must belong to you and nobody else may be able to change them.\n" \
  "#\n" \
  "# allow-scripts=true\n" \
  "# script-before=/path/to/light-on\n" \
  "# script-after=/path/to/light-off\n" \
  "# script-seconds=30\n" \
  HERALD_SETTINGS_VERSION_KEY "=1\n"

/**
 * HeraldConfig:
 *
 * The settings: named sections of named texts in one file that people can read
 * and edit. Every change is on the disk before it counts, the file before it is
 * kept as a backup, and what a person wrote between the lines stays.
 */
struct _HeraldConfig
{
  GObject parent_instance;

  char *path;
  GKeyFile *file;
};

G_DEFINE_FINAL_TYPE (HeraldConfig, herald_config, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
} HeraldConfigSignal;

static guint signals[N_SIGNALS];

static char *
make_group_name (const char *category,
                 const char *id)
{
  return id == NULL || *id == '\0' ? g_strdup (category) : g_strconcat (category, " ", id, NULL);
}

/* From now on @file holds. Tells about every section that is different. */
static void
take_file (HeraldConfig *self,
           GKeyFile     *file)
{
  g_autoptr(GKeyFile) old_file = g_steal_pointer (&self->file);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto(GStrv) new_groups = g_key_file_get_groups (file, NULL);
  g_auto(GStrv) old_groups = g_key_file_get_groups (old_file, NULL);
  char **lists[] = { old_groups, new_groups };

  self->file = file;

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      for (char **group = lists[i]; *group != NULL; group++)
        {
          g_auto(GStrv) words = g_strsplit (*group, " ", 2);

          if (g_hash_table_add (seen, *group) && !herald_settings_group_equals (old_file, file, *group))
            g_signal_emit (self, signals[SIGNAL_CHANGED], 0, words[0],
                           words[1] != NULL ? words[1] : "");
        }
    }
}

/* What is on the disk now; somebody may have edited it since we read it. */
static GKeyFile *
read_file (HeraldConfig  *self,
           char         **text,
           GError       **error)
{
  gsize length = 0;
  g_autofree char *contents = herald_private_file_read (self->path, HERALD_SETTINGS_MAX_BYTES, &length, error);
  GKeyFile *file;

  if (contents == NULL)
    return NULL;

  file = herald_settings_parse (contents, length, error);
  if (file != NULL)
    *text = g_steal_pointer (&contents);

  return file;
}

/* A copy to change; @text is what the file held */
static GKeyFile *
begin_change (HeraldConfig  *self,
              char         **text,
              GError       **error)
{
  g_autoptr(GError) problem = NULL;
  GKeyFile *file = read_file (self, text, &problem);

  if (file != NULL)
    return file;
  if (!g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  *text = g_key_file_to_data (self->file, NULL, NULL);
  return herald_settings_parse (*text, strlen (*text), error);
}

/* Takes @file when it is safe on the disk */
static gboolean
end_change (HeraldConfig  *self,
            GKeyFile      *file,
            const char    *old_text,
            GError       **error)
{
  g_autofree char *directory = g_path_get_dirname (self->path);
  g_autofree char *backup = g_strconcat (self->path, ".backup", NULL);
  g_autofree char *text = g_key_file_to_data (file, NULL, NULL);

  if (!herald_settings_check_size (strlen (text), error))
    return FALSE;
  if (!g_str_equal (text, old_text))
    {
      if (!herald_private_directory_ensure (directory, error) ||
          !herald_private_file_write (backup, old_text, error) ||
          !herald_private_file_write (self->path, text, error))
        return FALSE;
    }

  take_file (self, g_key_file_ref (file));

  return TRUE;
}

static gboolean
load (HeraldConfig  *self,
      GError       **error)
{
  g_autofree char *directory = g_path_get_dirname (self->path);
  g_autofree char *text = NULL;
  g_autoptr(GError) problem = NULL;

  if (!herald_private_directory_ensure (directory, error))
    return FALSE;

  self->file = read_file (self, &text, &problem);
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      if (!herald_private_file_write (self->path, FRESH_FILE, error))
        return FALSE;
      self->file = herald_settings_parse (FRESH_FILE, strlen (FRESH_FILE), error);
    }
  else if (problem != NULL)
    {
      g_autofree char *shown = g_filename_display_name (self->path);

      g_propagate_prefixed_error (error, g_steal_pointer (&problem), "%s: ", shown);
    }

  return self->file != NULL;
}

/* GObject */

static void
herald_config_finalize (GObject *object)
{
  HeraldConfig *self = HERALD_CONFIG (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->file, g_key_file_unref);

  G_OBJECT_CLASS (herald_config_parent_class)->finalize (object);
}

static void
herald_config_class_init (HeraldConfigClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = herald_config_finalize;

  /**
   * HeraldConfig::changed:
   * @category: e.g. `printer`
   * @id: its id; empty if the category has but one section
   *
   * A section is different now, or is new, or is gone.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE,
                                          2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
herald_config_init (HeraldConfig *self)
{
}

/**
 * herald_config_new:
 * @path: the file; made, with its directory, if there is none
 *
 * Returns: (transfer full): the settings; %NULL with HERALD_ERROR_SETTINGS naming the line
 *   if the file cannot be understood (it is left as it is), or a G_IO_ERROR
 */
HeraldConfig *
herald_config_new (const char  *path,
                   GError     **error)
{
  g_autoptr(HeraldConfig) self = g_object_new (HERALD_TYPE_CONFIG, NULL);

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  if (!load (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

const char *
herald_config_get_path (HeraldConfig *self)
{
  return self->path;
}

/**
 * herald_config_dup_ids:
 * @category: e.g. `printer`
 *
 * Returns: (transfer full): the ids of its sections, in the order of the file
 */
char **
herald_config_dup_ids (HeraldConfig *self,
                       const char   *category)
{
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();
  g_autofree char *prefix = g_strconcat (category, " ", NULL);
  g_auto(GStrv) groups = g_key_file_get_groups (self->file, NULL);

  for (char **group = groups; *group != NULL; group++)
    {
      if (g_str_has_prefix (*group, prefix))
        g_strv_builder_add (ids, *group + strlen (prefix));
    }

  return g_strv_builder_end (ids);
}

/**
 * herald_config_dup_section:
 * @id: (nullable): one or two words; %NULL or empty for the section named like the category
 *
 * Returns: (transfer full): the values; none if there is no such section
 */
HeraldValues *
herald_config_dup_section (HeraldConfig *self,
                           const char   *category,
                           const char   *id)
{
  g_autofree char *group = make_group_name (category, id);

  return herald_settings_read_group (self->file, group);
}

/**
 * herald_config_set_section:
 * @id: (nullable): one or two words of letters, digits, `-`, `_` and `.`
 * @values: all the section shall hold; what it held besides goes
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS or a G_IO_ERROR; then nothing has changed
 */
gboolean
herald_config_set_section (HeraldConfig  *self,
                           const char    *category,
                           const char    *id,
                           HeraldValues  *values,
                           GError       **error)
{
  g_autofree char *group = make_group_name (category, id);
  g_autofree char *text = NULL;
  g_autoptr(GKeyFile) file = NULL;

  file = begin_change (self, &text, error);
  if (file == NULL || !herald_settings_write_group (file, group, values, error))
    return FALSE;

  return end_change (self, file, text, error);
}

/**
 * herald_config_section_new:
 * @category: static
 * @values: all the section shall hold
 */
HeraldConfigSection *
herald_config_section_new (const char   *category,
                           const char   *id,
                           HeraldValues *values)
{
  HeraldConfigSection *self = g_new0 (HeraldConfigSection, 1);

  self->category = category;
  self->id = g_strdup (id);
  self->values = g_hash_table_ref (values);

  return self;
}

void
herald_config_section_free (HeraldConfigSection *self)
{
  g_free (self->id);
  g_hash_table_unref (self->values);
  g_free (self);
}

/**
 * herald_config_set_sections:
 * @sections: (element-type HeraldConfigSection): as for herald_config_set_section(), all at once
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS or a G_IO_ERROR; then nothing has changed
 */
gboolean
herald_config_set_sections (HeraldConfig  *self,
                            GPtrArray     *sections,
                            GError       **error)
{
  g_autofree char *text = NULL;
  g_autoptr(GKeyFile) file = begin_change (self, &text, error);

  if (file == NULL)
    return FALSE;

  for (guint i = 0; i < sections->len; i++)
    {
      HeraldConfigSection *section = g_ptr_array_index (sections, i);
      g_autofree char *group = make_group_name (section->category, section->id);

      if (!herald_settings_write_group (file, group, section->values, error))
        return FALSE;
    }

  return end_change (self, file, text, error);
}

/**
 * herald_config_change_section:
 * @id: (nullable): one or two words of letters, digits, `-`, `_` and `.`
 * @changes: what shall be other than it is; an empty value takes the setting away
 *
 * What else the section holds on the disk stays, also what nobody here knows.
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS or a G_IO_ERROR; then nothing has changed
 */
gboolean
herald_config_change_section (HeraldConfig  *self,
                              const char    *category,
                              const char    *id,
                              HeraldValues  *changes,
                              GError       **error)
{
  g_autofree char *group = make_group_name (category, id);
  g_autofree char *text = NULL;
  g_autoptr(HeraldValues) values = NULL;
  g_autoptr(GKeyFile) file = NULL;
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  file = begin_change (self, &text, error);
  if (file == NULL)
    return FALSE;

  values = herald_settings_read_group (file, group);
  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &name, &value))
    herald_values_set (values, name, *(const char *) value != '\0' ? value : NULL);

  return herald_settings_write_group (file, group, values, error) && end_change (self, file, text, error);
}

/**
 * herald_config_remove_section:
 *
 * To remove what is not there is a success.
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS or a G_IO_ERROR; then nothing has changed
 */
gboolean
herald_config_remove_section (HeraldConfig  *self,
                              const char    *category,
                              const char    *id,
                              GError       **error)
{
  g_autofree char *group = make_group_name (category, id);
  g_autofree char *text = NULL;
  g_autoptr(GKeyFile) file = begin_change (self, &text, error);

  if (file == NULL)
    return FALSE;

  g_key_file_remove_group (file, group, NULL);

  return end_change (self, file, text, error);
}

/**
 * herald_config_export:
 *
 * Returns: (transfer full): all settings as a text; there are no secrets in it, and it allows no scripts
 */
char *
herald_config_export (HeraldConfig *self)
{
  g_autofree char *text = g_key_file_to_data (self->file, NULL, NULL);
  g_autoptr(GKeyFile) copy = herald_settings_parse (text, strlen (text), NULL);

  if (copy == NULL)
    return g_steal_pointer (&text);

  herald_settings_disarm (copy);

  return g_key_file_to_data (copy, NULL, NULL);
}

/**
 * herald_config_import:
 * @text: what herald_config_export() gave, perhaps on another computer
 *
 * What it says of scripts is not taken, and those that were allowed are so no longer.
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS naming the line, or a G_IO_ERROR; then
 *   nothing has changed
 */
gboolean
herald_config_import (HeraldConfig  *self,
                      const char    *text,
                      GError       **error)
{
  g_autofree char *old_text = NULL;
  g_autoptr(GKeyFile) file = herald_settings_parse (text, strlen (text), error);
  g_autoptr(GKeyFile) old_file = NULL;

  if (file == NULL)
    return FALSE;

  old_file = begin_change (self, &old_text, error);
  if (old_file == NULL)
    return FALSE;

  g_key_file_set_integer (file, HERALD_SETTINGS_GENERAL, HERALD_SETTINGS_VERSION_KEY,
                          HERALD_SETTINGS_VERSION);
  if (herald_settings_keep_scripts (file, old_file))
    g_message ("Settings were imported, so scripts are switched off; “allow-scripts” in %s allows them again",
               self->path);

  return end_change (self, file, old_text, error);
}
