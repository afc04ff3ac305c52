/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-temperature-scale"

#include "window/printers/temperature-scale.h"

#include <math.h>

/* A cold printer would else be drawn as if its room were an oven. */
#define TOP_MIN 50

/* More lines are a grid that is looked at instead of the curves. */
#define STEPS_MAX 3

/* A curve that touches the upper edge looks cut off. */
#define HEADROOM 1.04

HeraldTemperatureScale
herald_temperature_scale_for (double lowest,
                              double highest)
{
  static const double steps[] = { 25, 50, 100, 200, 500, 1000 };
  HeraldTemperatureScale scale = { 0, TOP_MIN, steps[0] };

  if (!isfinite (lowest) || !isfinite (highest))
    return scale;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      scale.step = steps[i];
      scale.bottom = lowest < 0 ? floor (lowest / scale.step) * scale.step : 0;
      scale.top = fmax (TOP_MIN, ceil (highest * HEADROOM / (scale.step / 2)) * scale.step / 2);
      if (scale.top - scale.bottom <= STEPS_MAX * scale.step)
        break;
    }

  return scale;
}
