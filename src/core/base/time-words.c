/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-time-words"

#include "core/base/time-words.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <string.h>

#define MINUTE_S 60
#define HOUR_S (60 * MINUTE_S)
#define DAY_S (24 * HOUR_S)

#define WEEK_DAYS 7

#define MORNING_HOUR 8
/* Who is still up says “tomorrow” of the day that has begun. */
#define NIGHT_ENDS_HOUR 5

/* Nobody believes an estimate to the minute, and a text that changes each minute is read by nobody. */
#define EXACT_MINUTES 10
#define STEP_MINUTES 5
#define LONG_HOURS 3
#define LONG_STEP_MINUTES 30

static gboolean
has_twelve_hours (void)
{
  const char *format = nl_langinfo (T_FMT);

  /* Some have the hours without the word that tells morning and evening apart. */
  if (*nl_langinfo (AM_STR) == '\0' || *nl_langinfo (PM_STR) == '\0')
    return FALSE;

  return strstr (format, "%r") != NULL || strstr (format, "%p") != NULL || strstr (format, "%I") != NULL;
}

/**
 * herald_time_words_format_clock:
 *
 * Returns: the time of day as the locale tells it, without seconds
 */
char *
herald_time_words_format_clock (GDateTime *time)
{
  return g_date_time_format (time, has_twelve_hours () ? "%-I:%M %p" : "%H:%M");
}

static gint
get_julian (GDateTime *time)
{
  GDate day;

  g_date_set_dmy (&day, (GDateDay) g_date_time_get_day_of_month (time), (GDateMonth) g_date_time_get_month (time),
                  (GDateYear) g_date_time_get_year (time));

  return (gint) g_date_get_julian (&day);
}

gboolean
herald_time_words_is_same_day (gint64 wall_ms,
                               gint64 now_ms)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (wall_ms / 1000);
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);

  return time != NULL && now != NULL && get_julian (time) == get_julian (now);
}

/**
 * herald_time_words_format_moment:
 *
 * Returns: `18:05` for today, `tomorrow 03:10`, `Friday 03:10` within the week before us, else the date and the time;
 *   empty for a moment no calendar knows
 */
char *
herald_time_words_format_moment (gint64 wall_ms,
                                 gint64 now_ms)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (wall_ms / 1000);
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  g_autofree char *clock = NULL;
  g_autofree char *day = NULL;
  gint n_days;

  if (time == NULL || now == NULL)
    return g_strdup ("");

  clock = herald_time_words_format_clock (time);
  n_days = get_julian (time) - get_julian (now);
  if (n_days == 0)
    return g_steal_pointer (&clock);
  if (n_days == 1)
    /* Translators: a time of day, e.g. “tomorrow 03:10”; it may stand within a sentence, as in “done tomorrow 03:10” */
    return g_strdup_printf (_("tomorrow %s"), clock);

  day = g_date_time_format (time, n_days > 0 && n_days < WEEK_DAYS ? "%A" : "%x");

  /* Translators: a day and a time of day, e.g. “Friday 03:10” */
  return g_strdup_printf (C_("moment", "%s %s"), day, clock);
}

static char *
format_hours_and_minutes (gint64 minutes)
{
  guint hours = (guint) (minutes / 60);
  g_autofree char *words = g_strdup_printf (ngettext ("%u hour", "%u hours", hours), hours);

  if (minutes % 60 == 0)
    return g_steal_pointer (&words);

  /* Translators: “1 hour”, and minutes, always several */
  return g_strdup_printf (_("%s %u min"), words, (guint) (minutes % 60));
}

static char *
format_days_and_hours (gint64 hours)
{
  guint days = (guint) (hours / 24);
  g_autofree char *words = g_strdup_printf (ngettext ("%u day", "%u days", days), days);

  if (hours % 24 == 0)
    return g_steal_pointer (&words);

  /* Translators: “2 days”, and hours */
  return g_strdup_printf (_("%s %u h"), words, (guint) (hours % 24));
}

/**
 * herald_time_words_format_remaining:
 * @seconds: negative counts as 0
 *
 * Returns: how long something will still take, as exactly as people believe it: minutes, from ten minutes on steps of five,
 *   from three hours on steps of thirty, from a day on hours
 */
char *
herald_time_words_format_remaining (gint64 seconds)
{
  gint64 minutes = (MAX (seconds, 0) + MINUTE_S / 2) / MINUTE_S;
  gint64 step = minutes < EXACT_MINUTES ? 1 : minutes < LONG_HOURS * 60 ? STEP_MINUTES : LONG_STEP_MINUTES;

  if (minutes == 0)
    return g_strdup (_("less than a minute"));
  if (seconds >= DAY_S)
    return format_days_and_hours ((seconds + HOUR_S / 2) / HOUR_S);

  minutes = (minutes + step / 2) / step * step;
  if (minutes < 60)
    return g_strdup_printf (ngettext ("%u minute", "%u minutes", (guint) minutes), (guint) minutes);

  return format_hours_and_minutes (minutes);
}

gboolean
herald_time_words_parse_time_of_day (const char *text,
                                     gint       *minutes)
{
  gsize n_hours = strspn (text, "0123456789");
  guint hour = n_hours > 0 ? (guint) (text[n_hours - 1] - '0') : 0;
  guint minute;

  if (n_hours < 1 || n_hours > 2 || text[n_hours] != ':' || strspn (text + n_hours + 1, "0123456789") != 2 ||
      strlen (text) != n_hours + 3)
    return FALSE;

  hour += n_hours == 2 ? (guint) (text[0] - '0') * 10 : 0;
  minute = (guint) (text[n_hours + 1] - '0') * 10 + (guint) (text[n_hours + 2] - '0');
  if (hour > 23 || minute > 59)
    return FALSE;

  *minutes = (gint) (hour * 60 + minute);

  return TRUE;
}

gint64
herald_time_words_find_morning (gint64 now_ms)
{
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  g_autoptr(GDateTime) day = g_date_time_add_days (now, g_date_time_get_hour (now) < NIGHT_ENDS_HOUR ? 0 : 1);
  g_autoptr(GDateTime) morning = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                                                        g_date_time_get_day_of_month (day), MORNING_HOUR, 0, 0);

  return g_date_time_to_unix (morning) * 1000;
}
