/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-preferences"

#include "core/store/preferences.h"

#include <glib/gi18n-lib.h>

static const HeraldPreference preferences[] = {
  {
    "tray", N_("Icon in the panel"),
    N_("Shows what your printers are doing, with a menu."), "true", NULL,
  },
  {
    "keep-awake", N_("Keep this computer awake while a message waits"),
    N_("It may sleep as soon as everything is sent."), "false", NULL,
  },
};

const HeraldPreference *
herald_preferences_get_all (guint *n_preferences)
{
  *n_preferences = G_N_ELEMENTS (preferences);

  return preferences;
}

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

char *
herald_preferences_dup (HeraldConfig *config,
                        const char   *name)
{
  const HeraldPreference *preference = herald_preferences_find (name);

  return g_strdup (preference->fallback);
}

gboolean
herald_preferences_get_boolean (HeraldConfig *config,
                                const char   *name)
{
  g_autofree char *value = herald_preferences_dup (config, name);

  return g_str_equal (value, "true");
}

gboolean
herald_preferences_set (HeraldConfig  *config,
                        HeraldValues  *changes,
                        GError       **error)
{
  return TRUE;
}
