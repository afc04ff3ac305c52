/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_HISTORY_CHART (herald_history_chart_get_type ())
G_DECLARE_FINAL_TYPE (HeraldHistoryChart, herald_history_chart, HERALD, HISTORY_CHART, AdwBin)

/* Not visible while nothing has happened. Signal: day-chosen (const char *since, const char *until, const char *words): RFC 3339,
 * and what the day is called */
void herald_history_chart_refresh  (HeraldHistoryChart *self,
                                    HeraldServiceLink  *link);
/* @days: as ListDays answers */
void herald_history_chart_set_days (HeraldHistoryChart *self,
                                    GVariant           *days);

G_END_DECLS
