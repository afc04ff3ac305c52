/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldQuietHours:
 * @from: when they begin, in minutes since midnight; negative for none
 * @until: when they end; the next morning if that is earlier
 * @lets_urgent_through: whether failures and what needs somebody are told all the same
 *
 * The time of each day in which nothing is told.
 */
typedef struct
{
  gint from;
  gint until;
  gboolean lets_urgent_through;
} HeraldQuietHours;

/* @from, @until: hours and minutes of the clock, or empty. None if one is missing, wrong, or if both are the same */
void   herald_quiet_hours_read       (HeraldQuietHours       *self,
                                      const char             *from,
                                      const char             *until,
                                      gboolean                lets_urgent_through);

/* Milliseconds since 1970: when the quiet hours end in which @now_ms is; 0 if it is in none */
gint64 herald_quiet_hours_get_end_ms (const HeraldQuietHours *self,
                                      gint64                  now_ms,
                                      GTimeZone              *zone);

G_END_DECLS
