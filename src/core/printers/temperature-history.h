/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer-state.h"

G_BEGIN_DECLS

typedef struct _HeraldTemperatureHistory HeraldTemperatureHistory;

/* The last 30 minutes, one point in ten seconds; small: some kilobytes with three heaters.
 * A heater is one of at most 8; others are not kept. */
HeraldTemperatureHistory *herald_temperature_history_new         (void);
void                      herald_temperature_history_free        (HeraldTemperatureHistory *self);

/* Points may come in any order and twice; those older than 30 minutes, from the future or of the same
 * ten seconds replace or are dropped. @when_ms is milliseconds since 1970, our clock. */
void                      herald_temperature_history_add         (HeraldTemperatureHistory *self,
                                                                  gint64                    when_ms,
                                                                  const char               *heater,
                                                                  double                    actual,
                                                                  double                    target);
void                      herald_temperature_history_add_state   (HeraldTemperatureHistory *self,
                                                                  HeraldPrinterState       *state);

/* Returns (transfer floating): a(xa{s(dd)}): seconds since 1970, heater: actual, target; oldest first. */
GVariant                 *herald_temperature_history_to_variant  (HeraldTemperatureHistory *self,
                                                                  gint64                    now_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldTemperatureHistory, herald_temperature_history_free)

G_END_DECLS
