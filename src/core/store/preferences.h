/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/store/config.h"

G_BEGIN_DECLS

/* What a preference can be */
typedef enum
{
  HERALD_PREFERENCE_BOOLEAN, /* true or false */
  HERALD_PREFERENCE_TIME,    /* hours and minutes of the clock, or empty */
  HERALD_PREFERENCE_COUNT,   /* a whole number from 0 on */
} HeraldPreferenceKind;

/**
 * HeraldPreference:
 * @name: as on the command line and in the group [octoherald] of the configuration
 * @label: what people call it; untranslated
 * @hint: one sentence; untranslated
 * @fallback: used when it is not set
 * @max: of a count
 *
 * How OctoHerald itself behaves; a row of a static table, from which D-Bus, shell and window make their forms.
 */
typedef struct
{
  const char *name;
  const char *label;
  const char *hint;
  const char *fallback;
  HeraldPreferenceKind kind;
  guint max;
} HeraldPreference;

#define HERALD_PREFERENCE_QUIET_FROM "quiet-from"
#define HERALD_PREFERENCE_QUIET_UNTIL "quiet-until"
#define HERALD_PREFERENCE_QUIET_URGENT "quiet-urgent"
#define HERALD_PREFERENCE_HISTORY_DAYS "history-days"

/* (transfer none) (array length=n_preferences) */
const HeraldPreference *herald_preferences_get_all     (guint         *n_preferences);
const HeraldPreference *herald_preferences_find        (const char    *name);
/* (transfer full): what is set, or the fallback */
char                   *herald_preferences_dup         (HeraldConfig  *config,
                                                        const char    *name);
gboolean                herald_preferences_get_boolean (HeraldConfig  *config,
                                                        const char    *name);
guint                   herald_preferences_get_count   (HeraldConfig  *config,
                                                        const char    *name);
/* Of one row, which may be in no table (that of autostart is elsewhere); and of all of them */
gboolean                herald_preferences_check_value (const HeraldPreference  *preference,
                                                        const char              *value,
                                                        GError                 **error);
gboolean                herald_preferences_check       (HeraldValues  *changes,
                                                        GError       **error);
/* All or nothing; fails with HERALD_ERROR_SETTINGS */
gboolean                herald_preferences_set         (HeraldConfig  *config,
                                                        HeraldValues  *changes,
                                                        GError       **error);

G_END_DECLS
