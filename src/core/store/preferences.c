/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-preferences"

#include "core/store/preferences.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/settings-text.h"

/* Of a word that a stranger gave, in a sentence */
#define SHOWN_MAX_CHARS 60

static const char *const booleans[] = { "true", "false", NULL };

static const HeraldPreference preferences[] = {
  {
    "tray", N_("Icon in the panel"),
    N_("Shows what your printers are doing, with a menu."), "true", NULL,
  },
  {
    "keep-awake", N_("Keep this computer awake while a message waits"),
    N_("It may sleep as soon as everything is sent, and at the latest after ten minutes in which nothing could be."),
    "false", NULL,
  },
};

const HeraldPreference *
herald_preferences_get_all (guint *n_preferences)
{
  *n_preferences = G_N_ELEMENTS (preferences);

  return preferences;
}

/**
 * herald_preferences_find:
 *
 * Returns: (nullable): the row of that name
 */
const HeraldPreference *
herald_preferences_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (preferences); i++)
    {
      if (g_str_equal (preferences[i].name, name))
        return &preferences[i];
    }

  return NULL;
}

static gboolean
is_choice (const HeraldPreference *preference,
           const char             *value)
{
  return g_strv_contains (preference->choices != NULL ? preference->choices : booleans, value);
}

/**
 * herald_preferences_dup:
 * @name: of a row
 *
 * Returns: (transfer full): what is set; what cannot be right counts as not set
 */
char *
herald_preferences_dup (HeraldConfig *config,
                        const char   *name)
{
  const HeraldPreference *preference = herald_preferences_find (name);
  g_autoptr(HeraldValues) values = herald_config_dup_section (config, HERALD_SETTINGS_GENERAL, NULL);
  const char *value = herald_values_get (values, name);

  g_return_val_if_fail (preference != NULL, NULL);

  return g_strdup (value != NULL && is_choice (preference, value) ? value : preference->fallback);
}

gboolean
herald_preferences_get_boolean (HeraldConfig *config,
                                const char   *name)
{
  g_autofree char *value = herald_preferences_dup (config, name);

  return g_strcmp0 (value, "true") == 0;
}

/**
 * herald_preferences_check_value:
 * @preference: also one that is in no table
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS if it cannot be set to @value; empty means as it came
 */
gboolean
herald_preferences_check_value (const HeraldPreference  *preference,
                                const char              *value,
                                GError                 **error)
{
  g_autofree char *choices = NULL;
  g_autofree char *shown = NULL;

  if (*value == '\0' || is_choice (preference, value))
    return TRUE;

  shown = herald_text_clean (value, SHOWN_MAX_CHARS);
  if (preference->choices == NULL)
    g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("“%s” must be true or false, not “%s”."), preference->name,
                 shown);
  else
    {
      choices = g_strjoinv (", ", (char **) preference->choices);
      /* Translators: the name of a preference, what it can be, what somebody wanted */
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("“%s” must be one of %s, not “%s”."), preference->name,
                   choices, shown);
    }

  return FALSE;
}

/**
 * herald_preferences_check:
 *
 * Returns: whether all of @changes can be set
 */
gboolean
herald_preferences_check (HeraldValues  *changes,
                          GError       **error)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const HeraldPreference *preference = herald_preferences_find (name);
      g_autofree char *shown = NULL;

      if (preference != NULL && !herald_preferences_check_value (preference, value, error))
        return FALSE;
      if (preference != NULL)
        continue;

      shown = herald_text_clean (name, SHOWN_MAX_CHARS);
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                   _("There is no preference “%s”; “octoheraldctl preference list” shows all."), shown);
      return FALSE;
    }

  return TRUE;
}

/**
 * herald_preferences_set:
 * @changes: values by name; an empty one means as it came
 *
 * What else is in that section of the configuration stays.
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS or a G_IO_ERROR; then nothing has changed
 */
gboolean
herald_preferences_set (HeraldConfig  *config,
                        HeraldValues  *changes,
                        GError       **error)
{
  if (!herald_preferences_check (changes, error))
    return FALSE;

  return g_hash_table_size (changes) == 0 ||
         herald_config_change_section (config, HERALD_SETTINGS_GENERAL, NULL, changes, error);
}
