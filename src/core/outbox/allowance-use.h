/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/allowance.h"

G_BEGIN_DECLS

/* One in so many is kept for what is urgent: 20 %. Of less than five nothing is. */
#define HERALD_ALLOWANCE_RESERVE 5

/**
 * HeraldAllowanceBound:
 * @HERALD_BOUND_NONE: nothing stands against one more
 * @HERALD_BOUND_QUARTER_HOUR: so many in a quarter of an hour
 * @HERALD_BOUND_DAY: so many in a day
 * @HERALD_BOUND_DAY_MONEY: what a day may cost
 * @HERALD_BOUND_MONTH_MONEY: what a month may cost
 */
typedef enum
{
  HERALD_BOUND_NONE,
  HERALD_BOUND_QUARTER_HOUR,
  HERALD_BOUND_DAY,
  HERALD_BOUND_DAY_MONEY,
  HERALD_BOUND_MONTH_MONEY,
} HeraldAllowanceBound;

/**
 * HeraldAllowanceShare:
 * @HERALD_SHARE_ORDINARY: without the fifth that is kept for what is urgent
 * @HERALD_SHARE_ALL: to the end, for what is urgent
 */
typedef enum
{
  HERALD_SHARE_ORDINARY,
  HERALD_SHARE_ALL,
} HeraldAllowanceShare;

/**
 * HeraldAllowanceTimes:
 * @quarter_ms: a quarter of an hour ago
 * @day_ms: when this day began
 * @month_ms: when this month began
 *
 * The times that are counted, in milliseconds since 1970; each ends where the next begins.
 */
typedef struct
{
  gint64 quarter_ms;
  gint64 quarter_end_ms;
  gint64 day_ms;
  gint64 day_end_ms;
  gint64 month_ms;
  gint64 month_end_ms;
} HeraldAllowanceTimes;

/**
 * HeraldAllowanceUse:
 * @oldest_ms: when the first of @n_quarter left; 0 if none has
 * @n_quarter_urgent: how many of @n_quarter were urgent; and so on: these use what is kept for them first
 * @n_under_way: those of them that may yet fail, and then have cost nothing
 *
 * What has left by a channel in these times, or may have, or is about to.
 */
typedef struct
{
  guint n_quarter;
  gint64 oldest_ms;
  guint n_day;
  gint64 day_microdollars;
  guint n_month;
  gint64 month_microdollars;
  guint n_quarter_urgent;
  guint n_day_urgent;
  gint64 day_urgent_microdollars;
  gint64 month_urgent_microdollars;
  guint n_under_way;
} HeraldAllowanceUse;

/* What a channel may send and has; @n_digested and @n_left_out are of this day */
typedef struct
{
  HeraldAllowance allowance;
  HeraldAllowanceUse use;
  guint n_digested;
  guint n_left_out;
} HeraldAllowanceReport;

void                 herald_allowance_times_at    (HeraldAllowanceTimes       *times,
                                                   gint64                      now_ms,
                                                   GTimeZone                  *zone);

/* @n is 1, or -1 to take one away */
void                 herald_allowance_use_add     (HeraldAllowanceUse         *self,
                                                   int                         n,
                                                   gint64                      price,
                                                   HeraldAllowanceShare        share,
                                                   gint64                      now_ms);

gboolean             herald_allowance_has_bounds  (const HeraldAllowance      *allowance);
HeraldAllowanceBound herald_allowance_find_bound  (const HeraldAllowance      *allowance,
                                                   const HeraldAllowanceUse   *use,
                                                   gint64                      price,
                                                   HeraldAllowanceShare        share);
gint64               herald_allowance_get_free_ms (HeraldAllowanceBound        bound,
                                                   const HeraldAllowanceUse   *use,
                                                   const HeraldAllowanceTimes *times);

G_END_DECLS
