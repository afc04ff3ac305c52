/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-allowance-use"

#include "core/outbox/allowance-use.h"

#define QUARTER_MS (G_GINT64_CONSTANT (15) * 60 * 1000)
#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

/* Where a clock jumps over midnight the day begins a little later. */
static gint64
get_midnight (GDateTime *day,
              GTimeZone *zone)
{
  g_autoptr(GDateTime) midnight = NULL;

  for (int hour = 0; midnight == NULL && hour < 3; hour++)
    midnight = g_date_time_new (zone, g_date_time_get_year (day), g_date_time_get_month (day),
                                g_date_time_get_day_of_month (day), hour, 0, 0);

  return midnight != NULL ? g_date_time_to_unix (midnight) * 1000 : 0;
}

/**
 * herald_allowance_times_at:
 * @times: (out caller-allocates): the times that are counted
 * @now_ms: milliseconds since 1970
 * @zone: whose days and months count
 *
 * Days and months are those of the calendar where the computer is: what "today" means to who pays.
 */
void
herald_allowance_times_at (HeraldAllowanceTimes *times,
                           gint64                now_ms,
                           GTimeZone            *zone)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr(GDateTime) now = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autoptr(GDateTime) tomorrow = NULL;
  g_autoptr(GDateTime) first = NULL;
  g_autoptr(GDateTime) next = NULL;

  *times = (HeraldAllowanceTimes) { now_ms - QUARTER_MS, now_ms + QUARTER_MS, now_ms - DAY_MS, now_ms + DAY_MS,
                                    now_ms - 31 * DAY_MS, now_ms + 31 * DAY_MS };
  if (now == NULL)
    return;

  tomorrow = g_date_time_add_days (now, 1);
  first = g_date_time_add_days (now, 1 - g_date_time_get_day_of_month (now));
  next = g_date_time_add_months (first, 1);
  times->day_ms = get_midnight (now, zone);
  times->day_end_ms = get_midnight (tomorrow, zone);
  times->month_ms = get_midnight (first, zone);
  times->month_end_ms = get_midnight (next, zone);
}

/**
 * herald_allowance_use_add:
 * @n: 1, or -1 to take away what was counted before
 * @price: in microdollars
 */
void
herald_allowance_use_add (HeraldAllowanceUse  *self,
                          int                  n,
                          gint64               price,
                          HeraldAllowanceShare share,
                          gint64               now_ms)
{
  if (self->n_quarter == 0)
    self->oldest_ms = now_ms;
  self->n_quarter += (guint) n;
  self->n_day += (guint) n;
  self->n_month += (guint) n;
  self->day_microdollars += n * price;
  self->month_microdollars += n * price;
  if (share != HERALD_SHARE_ALL)
    return;

  self->n_quarter_urgent += (guint) n;
  self->n_day_urgent += (guint) n;
  self->day_urgent_microdollars += n * price;
  self->month_urgent_microdollars += n * price;
}

gboolean
herald_allowance_has_bounds (const HeraldAllowance *allowance)
{
  return allowance->per_quarter_hour > 0 || allowance->per_day > 0 || allowance->day_microdollars > 0 ||
         allowance->month_microdollars > 0;
}

/* What is urgent takes nothing from the rest as long as what is kept for it lasts. */
static gboolean
exceeds (gint64               limit,
         gint64               used,
         gint64               urgent,
         gint64               more,
         HeraldAllowanceShare share)
{
  if (limit <= 0)
    return FALSE;

  return used + more > limit ||
         (share == HERALD_SHARE_ORDINARY && used - urgent + more > limit - limit / HERALD_ALLOWANCE_RESERVE);
}

/**
 * herald_allowance_find_bound:
 * @use: what was used up of @allowance
 * @price: of one more, in microdollars
 * @share: how much of it one more may use
 *
 * Returns: what stands against one more for the longest time; HERALD_BOUND_NONE if it may go
 */
HeraldAllowanceBound
herald_allowance_find_bound (const HeraldAllowance    *allowance,
                             const HeraldAllowanceUse *use,
                             gint64                    price,
                             HeraldAllowanceShare      share)
{
  /* What is free does not strain a budget that is used up. */
  if (price > 0 && exceeds (allowance->month_microdollars, use->month_microdollars, use->month_urgent_microdollars,
                            price, share))
    return HERALD_BOUND_MONTH_MONEY;
  if (price > 0 && exceeds (allowance->day_microdollars, use->day_microdollars, use->day_urgent_microdollars, price,
                            share))
    return HERALD_BOUND_DAY_MONEY;
  if (exceeds (allowance->per_day, use->n_day, use->n_day_urgent, 1, share))
    return HERALD_BOUND_DAY;
  if (exceeds (allowance->per_quarter_hour, use->n_quarter, use->n_quarter_urgent, 1, share))
    return HERALD_BOUND_QUARTER_HOUR;

  return HERALD_BOUND_NONE;
}

/**
 * herald_allowance_get_free_ms:
 *
 * Returns: when @bound may be gone, in milliseconds since 1970
 */
gint64
herald_allowance_get_free_ms (HeraldAllowanceBound        bound,
                              const HeraldAllowanceUse   *use,
                              const HeraldAllowanceTimes *times)
{
  switch (bound)
    {
    case HERALD_BOUND_QUARTER_HOUR:
      return use->oldest_ms > 0 ? use->oldest_ms + QUARTER_MS : times->quarter_end_ms;
    case HERALD_BOUND_DAY:
    case HERALD_BOUND_DAY_MONEY:
      return times->day_end_ms;
    case HERALD_BOUND_MONTH_MONEY:
      return times->month_end_ms;
    case HERALD_BOUND_NONE:
    default:
      return 0;
    }
}
