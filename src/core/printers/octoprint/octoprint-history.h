/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/printers/temperature-history.h"

G_BEGIN_DECLS

/* What a `history` message tells of the last half hour. @skew_ms: what our clock is ahead of the server’s */
void herald_octoprint_history_read_temperatures (JsonObject               *content,
                                                 gint64                    skew_ms,
                                                 HeraldTemperatureHistory *history);
/* Appends to @marks (element-type HeraldMark). */
void herald_octoprint_history_read_marks        (JsonObject               *content,
                                                 gint64                    skew_ms,
                                                 GArray                   *marks);

G_END_DECLS
