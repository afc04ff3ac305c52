/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer-state.h"

G_BEGIN_DECLS

/**
 * HeraldCooling:
 * @bed_armed: whether the bed is expected to cool down
 * @tool_armed: whether the hotend is
 *
 * After a print everything cools down, and each heater is told of once, when it is below its
 * threshold. The target is of no use: it is “off” at once. Pure; starts zeroed.
 */
typedef struct
{
  gboolean bed_armed;
  gboolean tool_armed;
} HeraldCooling;

/* The print is over (arms what is still hot), or a new one began. */
void                     herald_cooling_arm    (HeraldCooling      *self,
                                                HeraldPrinterState *state,
                                                double              bed,
                                                double              tool);
void                     herald_cooling_disarm (HeraldCooling      *self);

/* @bed and @tool: °C, 0 for never. Returns (nullable) (transfer none): the heater to tell of. Call until NULL. */
const HeraldTemperature *herald_cooling_take   (HeraldCooling      *self,
                                                HeraldPrinterState *state,
                                                double              bed,
                                                double              tool);

G_END_DECLS
