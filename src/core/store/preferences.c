/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-preferences"

#include "core/store/preferences.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/time-words.h"
#include "core/store/settings-text.h"

/* Of a word that a stranger gave, in a sentence */
#define SHOWN_MAX_CHARS 60

/* Ten years; who wants more wants all of it. */
#define HISTORY_MAX_DAYS 3650

static const HeraldPreference preferences[] = {
  {
    "tray", N_("Icon in the panel"),
    N_("Shows what your printers are doing, with a menu."), "true",
  },
  {
    "keep-awake", N_("Keep this computer awake while a message waits"),
    N_("It may sleep as soon as everything is sent, and at the latest after ten minutes in which nothing could be."),
    "false",
  },
  {
    HERALD_PREFERENCE_QUIET_FROM, N_("Quiet hours begin"),
    N_("A time such as 22:00. In quiet hours nothing is told; what happens stands in the history."), "",
    HERALD_PREFERENCE_TIME,
  },
  {
    HERALD_PREFERENCE_QUIET_UNTIL, N_("Quiet hours end"),
    N_("A time such as 07:00, of the next morning if it is earlier than when they begin."), "", HERALD_PREFERENCE_TIME,
  },
  {
    HERALD_PREFERENCE_QUIET_URGENT, N_("Wake me if something goes wrong"),
    N_("A print that fails and a printer that needs you are told in quiet hours, too."), "true",
  },
  {
    HERALD_PREFERENCE_HISTORY_DAYS, N_("Days the history is kept"),
    N_("What is older is deleted, with its pictures. 0 keeps everything."), "30", HERALD_PREFERENCE_COUNT,
    HISTORY_MAX_DAYS,
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
is_possible (const HeraldPreference *preference,
             const char             *value)
{
  gint minutes;

  switch (preference->kind)
    {
    case HERALD_PREFERENCE_TIME:
      return herald_time_words_parse_time_of_day (value, &minutes);
    case HERALD_PREFERENCE_COUNT:
      return g_ascii_string_to_unsigned (value, 10, 0, preference->max, NULL, NULL);
    case HERALD_PREFERENCE_BOOLEAN:
    default:
      return g_str_equal (value, "true") || g_str_equal (value, "false");
    }
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

  return g_strdup (value != NULL && is_possible (preference, value) ? value : preference->fallback);
}

gboolean
herald_preferences_get_boolean (HeraldConfig *config,
                                const char   *name)
{
  g_autofree char *value = herald_preferences_dup (config, name);

  return g_strcmp0 (value, "true") == 0;
}

guint
herald_preferences_get_count (HeraldConfig *config,
                              const char   *name)
{
  g_autofree char *value = herald_preferences_dup (config, name);

  return (guint) g_ascii_strtoull (value, NULL, 10);
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
  g_autofree char *shown = NULL;

  if (*value == '\0' || is_possible (preference, value))
    return TRUE;

  shown = herald_text_clean (value, SHOWN_MAX_CHARS);
  if (preference->kind == HERALD_PREFERENCE_TIME)
    g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                 _("“%s” must be a time such as 22:00 or 07:30, not “%s”."), preference->name, shown);
  else if (preference->kind == HERALD_PREFERENCE_COUNT)
    g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                 _("“%s” must be a number from 0 to %u, not “%s”."), preference->name, preference->max, shown);
  else
    g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("“%s” must be true or false, not “%s”."),
                 preference->name, shown);

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
