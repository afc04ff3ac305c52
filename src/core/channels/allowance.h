/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldAllowance:
 * @per_quarter_hour: messages
 * @per_day: messages
 * @day_microdollars: what they may cost in a day
 * @month_microdollars: what they may cost in a month
 *
 * How much may be sent by a channel; 0 for no bounds. A part of it is kept for what is urgent.
 */
typedef struct
{
  guint per_quarter_hour;
  guint per_day;
  gint64 day_microdollars;
  gint64 month_microdollars;
} HeraldAllowance;

G_END_DECLS
