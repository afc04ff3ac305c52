/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is counted on a day, in the order of ListDays */
typedef enum
{
  HERALD_DAY_FINISHED,
  HERALD_DAY_FAILED,
  HERALD_DAY_DELIVERED,
  HERALD_DAY_LOST,
  HERALD_DAY_N_COUNTS,
} HeraldDayCount;

#define HERALD_TYPE_DAY_BARS (herald_day_bars_get_type ())
G_DECLARE_FINAL_TYPE (HeraldDayBars, herald_day_bars, HERALD, DAY_BARS, GtkWidget)

GtkWidget  *herald_day_bars_new        (void);
/* @most: of all days: of prints and of messages */
void        herald_day_bars_set_counts (HeraldDayBars *self,
                                           const guint      *counts,
                                           const guint      *most);
/* The style class of each count */
const char *herald_day_bars_get_class  (HeraldDayCount    count);

G_END_DECLS
