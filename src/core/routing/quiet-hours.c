/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-quiet-hours"

#include "core/routing/quiet-hours.h"

#include "core/base/time-words.h"

#define MINUTE_S 60
#define DAY_S (24 * 60 * MINUTE_S)

/* Each night is one stretch of time, from a moment to a moment, whatever the clock does in between: when it is put back, the
 * hour that comes twice is quiet as a whole, and when it is put forward, a time that does not exist is the moment of that. */

typedef enum
{
  SIDE_FIRST,
  SIDE_LAST,
} Side;

static gint64
get_offset_s (GTimeZone *zone,
              gint64     moment_s)
{
  return g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, moment_s));
}

/* Between two moments with different offsets: the first that has that of @after_s */
static gint64
find_jump (GTimeZone *zone,
           gint64     before_s,
           gint64     after_s)
{
  gint64 offset_s = get_offset_s (zone, after_s);

  while (after_s - before_s > 1)
    {
      gint64 middle_s = before_s + (after_s - before_s) / 2;

      if (get_offset_s (zone, middle_s) == offset_s)
        after_s = middle_s;
      else
        before_s = middle_s;
    }

  return after_s;
}

/* @local_s: what the clock shows, as if it showed UTC. What it shows twice has a first and a last time. */
static gint64
find_moment (GTimeZone *zone,
             gint64     local_s,
             Side       side)
{
  gint64 a_s = local_s - get_offset_s (zone, local_s - DAY_S);
  gint64 b_s = local_s - get_offset_s (zone, local_s + DAY_S);
  gboolean is_a = a_s + get_offset_s (zone, a_s) == local_s;
  gboolean is_b = b_s + get_offset_s (zone, b_s) == local_s;

  if (is_a && is_b)
    return side == SIDE_FIRST ? MIN (a_s, b_s) : MAX (a_s, b_s);
  if (is_a || is_b)
    return is_a ? a_s : b_s;

  return find_jump (zone, MIN (a_s, b_s), MAX (a_s, b_s));
}

/**
 * herald_quiet_hours_read:
 */
void
herald_quiet_hours_read (HeraldQuietHours *self,
                         const char       *from,
                         const char       *until,
                         gboolean          lets_urgent_through)
{
  *self = (HeraldQuietHours) { -1, -1, lets_urgent_through };
  if (!herald_time_words_parse_time_of_day (from, &self->from) ||
      !herald_time_words_parse_time_of_day (until, &self->until) ||
      self->from == self->until)
    self->from = -1;
}

/**
 * herald_quiet_hours_get_end_ms:
 *
 * Those that began yesterday may still go on.
 */
gint64
herald_quiet_hours_get_end_ms (const HeraldQuietHours *self,
                               gint64                  now_ms,
                               GTimeZone              *zone)
{
  gint64 now_s = now_ms / 1000;
  gint64 local_s = now_s + get_offset_s (zone, now_s);
  gint64 today_s = local_s - local_s % DAY_S;

  if (self->from < 0)
    return 0;

  for (gint day = -1; day <= 0; day++)
    {
      gint64 midnight_s = today_s + day * DAY_S;
      gint64 until_s = midnight_s + self->until * MINUTE_S + (self->until < self->from ? DAY_S : 0);
      gint64 begin_s = find_moment (zone, midnight_s + self->from * MINUTE_S, SIDE_FIRST);
      gint64 end_s = find_moment (zone, until_s, SIDE_LAST);

      if (now_s >= begin_s && now_s < end_s)
        return end_s * 1000;
    }

  return 0;
}
