/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-human"

#include "ctl/human.h"

#include <glib/gi18n-lib.h>

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* Whoever wants longer can leave it open. */
#define DURATION_MAX_S (10 * 365 * (guint64) DAY)

/**
 * herald_human_format_duration:
 * @seconds: negative if it is not known
 *
 * Returns: (transfer full): for example `1 h 12 min`; empty if not known
 */
char *
herald_human_format_duration (gint64 seconds)
{
  if (seconds < 0)
    return g_strdup ("");
  if (seconds < MINUTE)
    /* Translators: seconds, abbreviated */
    return g_strdup_printf (_("%d s"), (int) seconds);
  if (seconds < HOUR)
    /* Translators: minutes, abbreviated */
    return g_strdup_printf (_("%d min"), (int) (seconds / MINUTE));
  if (seconds < DAY)
    /* Translators: hours and minutes, abbreviated */
    return g_strdup_printf (_("%d h %02d min"), (int) (seconds / HOUR),
                            (int) (seconds % HOUR / MINUTE));

  /* Translators: days and hours, abbreviated, e.g. “2 d 04 h” */
  return g_strdup_printf (_("%d d %02d h"), (int) (seconds / DAY), (int) (seconds % DAY / HOUR));
}

/**
 * herald_human_format_moment:
 * @rfc3339: (nullable): a moment
 * @now_s: seconds since 1970
 *
 * Returns: (transfer full): for example `4 min ago`; after a day the date; empty for no moment
 */
char *
herald_human_format_moment (const char *rfc3339,
                            gint64      now_s)
{
  g_autoptr(GDateTime) moment = NULL;
  g_autoptr(GDateTime) local = NULL;
  g_autofree char *duration = NULL;
  gint64 age_s;

  if (rfc3339 != NULL)
    moment = g_date_time_new_from_iso8601 (rfc3339, NULL);
  if (moment == NULL)
    return g_strdup ("");

  age_s = now_s - g_date_time_to_unix (moment);
  if (age_s >= 0 && age_s < MINUTE)
    return g_strdup (_("just now"));
  if (age_s >= DAY || age_s <= -DAY)
    {
      local = g_date_time_to_local (moment);
      return g_date_time_format (local, "%Y-%m-%d %H:%M");
    }

  duration = herald_human_format_duration (ABS (age_s));

  if (age_s < 0)
    /* Translators: a duration, e.g. “in 4 min” */
    return g_strdup_printf (_("in %s"), duration);

  /* Translators: a duration, e.g. “4 min ago” */
  return g_strdup_printf (_("%s ago"), duration);
}

/**
 * herald_human_format_bar:
 * @percent: 0 to 100; what lies outside is cut off
 * @cells: how wide
 *
 * Returns: (transfer full): a bar of full and light blocks
 */
char *
herald_human_format_bar (double percent,
                         guint  cells)
{
  GString *bar = g_string_new (NULL);
  guint full = (guint) (CLAMP (percent, 0, 100) / 100 * cells + 0.5);

  for (guint i = 0; i < cells; i++)
    g_string_append (bar, i < full ? "█" : "░");

  return g_string_free (bar, FALSE);
}

static guint64
get_unit_s (char unit)
{
  switch (unit)
    {
    case 's':
      return 1;
    case 'm':
      return MINUTE;
    case 'h':
      return HOUR;
    case 'd':
      return DAY;
    default:
      return 0;
    }
}

/**
 * herald_human_parse_duration:
 * @text: for example `90s`, `30m`, `1h30m`, `2d`; a bare number counts minutes
 * @seconds: (out): set on success, more than 0
 *
 * Returns: whether @text is a duration, of ten years at most
 */
gboolean
herald_human_parse_duration (const char *text,
                             guint64    *seconds)
{
  guint64 sum = 0;

  while (*text != '\0')
    {
      const char *digits = text;
      char *end = NULL;
      guint64 number;
      guint64 unit_s;

      if (!g_ascii_isdigit (*digits))
        return FALSE;
      number = g_ascii_strtoull (digits, &end, 10);
      if (*end == '\0' && sum == 0)
        unit_s = MINUTE;
      else
        unit_s = get_unit_s (*end);
      if (unit_s == 0 || number > DURATION_MAX_S / unit_s)
        return FALSE;

      sum += number * unit_s;
      text = *end != '\0' ? end + 1 : end;
    }
  if (sum == 0 || sum > DURATION_MAX_S)
    return FALSE;

  *seconds = sum;

  return TRUE;
}

/**
 * herald_human_get_width:
 * @text: one line
 *
 * Returns: how many cells of a terminal it takes
 */
guint
herald_human_get_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }

  return width;
}
