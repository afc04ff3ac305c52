/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldTemperatureScale:
 * @bottom: °C at the lower edge
 * @top: °C at the upper edge
 * @step: °C from line to line, a round number
 *
 * The scale of a chart. It begins at zero, so that warm looks warm, unless something was colder.
 */
typedef struct
{
  double bottom;
  double top;
  double step;
} HeraldTemperatureScale;

HeraldTemperatureScale herald_temperature_scale_for (double lowest,
                                                     double highest);

G_END_DECLS
