/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-human"

#include "window/base/human.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "core/base/text.h"
#include "core/base/time-words.h"

/* A name a plugin has given to a heater */
#define HEATER_MAX_CHARS 40

static const struct
{
  const char *id;
  const char *words;
} pictures[] = {
  { "none", N_("No picture") },
  { "snapshot", N_("Picture of the camera") },
  { "thumbnail", N_("Picture of the part, from the file") },
  { "timelapse", N_("The timelapse film") },
  { "file", N_("A file of this computer") },
};

/**
 * herald_human_format_moment:
 * @rfc3339: (nullable): a moment
 * @now: in the time zone of the reader
 *
 * Returns: (transfer full): the time of day, before today also the day; empty for no moment
 */
char *
herald_human_format_moment (const char *rfc3339,
                            GDateTime  *now)
{
  g_autoptr(GDateTime) moment = NULL;
  g_autoptr(GDateTime) local = NULL;
  g_autofree char *clock = NULL;
  g_autofree char *day = NULL;

  if (rfc3339 != NULL)
    moment = g_date_time_new_from_iso8601 (rfc3339, NULL);
  if (moment == NULL)
    return g_strdup ("");

  local = g_date_time_to_timezone (moment, g_date_time_get_timezone (now));
  clock = herald_time_words_format_clock (local);
  if (g_date_time_get_year (local) != g_date_time_get_year (now))
    day = g_date_time_format (local, "%x");
  else if (g_date_time_get_day_of_year (local) != g_date_time_get_day_of_year (now))
    /* Translators: a day of this year, as GLib’s g_date_time_format () writes it: e.g. “7 Nov”; “%b %e” is “Nov 7” */
    day = g_date_time_format (local, _("%e %b"));
  else
    return g_steal_pointer (&clock);

  /* Translators: a date and a time of day, e.g. “7 Nov, 18:05” */
  return g_strdup_printf (C_("moment", "%s, %s"), day, clock);
}

/**
 * herald_human_format_heater:
 * @heater: OctoPrint's name: tool0, tool1, …, bed, chamber; plugins add others
 *
 * Returns: (transfer full): ours
 */
char *
herald_human_format_heater (const char *heater)
{
  if (g_str_equal (heater, "tool0"))
    return g_strdup (_("Nozzle"));
  if (g_str_has_prefix (heater, "tool") && g_ascii_isdigit (heater[4]))
    return g_strdup_printf (_("Nozzle %d"), (int) g_ascii_strtoull (heater + 4, NULL, 10) + 1);
  if (g_str_equal (heater, "bed"))
    return g_strdup (_("Bed"));
  if (g_str_equal (heater, "chamber"))
    return g_strdup (_("Chamber"));

  return herald_text_clean (heater, HEATER_MAX_CHARS);
}

/**
 * herald_human_format_temperature:
 * @heater: OctoPrint's name
 * @actual: °C; what is no number is not known
 * @target: °C; 0 if it is off
 *
 * Returns: (transfer full): for example `Nozzle 180 → 205 °C`
 */
char *
herald_human_format_temperature (const char *heater,
                                 double      actual,
                                 double      target)
{
  g_autofree char *name = herald_human_format_heater (heater);

  if (!isfinite (actual))
    return g_steal_pointer (&name);
  if (isfinite (target) && target > 0 && fabs (target - actual) >= 1)
    /* Translators: a heater, e.g. “Nozzle”, how hot it is, and how hot it is to be */
    return g_strdup_printf (_("%s %.0f → %.0f °C"), name, actual, target);

  /* Translators: a heater, e.g. “Nozzle”, and how hot it is */
  return g_strdup_printf (_("%s %.0f °C"), name, actual);
}

const char *
herald_human_get_picture (const char *picture)
{
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      if (g_str_equal (pictures[i].id, picture))
        return _(pictures[i].words);
    }

  return picture;
}
