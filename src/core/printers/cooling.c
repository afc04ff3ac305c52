/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-cooling"

#include "core/printers/cooling.h"

/* What a broken or missing sensor says is no temperature of a printer in a room: firmware speaks
 * of −14 or 1024 and the like. */
#define ACTUAL_MIN (-10.0)
#define ACTUAL_MAX 600.0

static gboolean
is_bed (const char *heater)
{
  return g_str_equal (heater, "bed");
}

/* `tool0`, `tool1`, …: with several, the hotend is as hot as the hottest. */
static gboolean
is_tool (const char *heater)
{
  return g_str_has_prefix (heater, "tool");
}

/* Returns: (nullable): NULL if there is none, or none whose sensor can be believed */
static const HeraldTemperature *
find_hottest (HeraldPrinterState *state,
              gboolean          (*is_wanted) (const char *heater))
{
  const HeraldTemperature *hottest = NULL;

  for (guint i = 0; i < state->temperatures->len; i++)
    {
      const HeraldTemperature *temperature = g_ptr_array_index (state->temperatures, i);

      if (!is_wanted (temperature->heater) ||
          !(temperature->actual >= ACTUAL_MIN && temperature->actual <= ACTUAL_MAX))
        continue;
      if (hottest == NULL || temperature->actual > hottest->actual)
        hottest = temperature;
    }

  return hottest;
}

static gboolean
is_hot (const HeraldTemperature *temperature,
        double                   threshold)
{
  return threshold > 0 && temperature != NULL && temperature->actual >= threshold;
}

/**
 * herald_cooling_arm:
 * @state: when the print was over
 * @bed: °C, 0 for never
 * @tool: °C, 0 for never
 *
 * What is below its threshold by now has nothing to tell.
 */
void
herald_cooling_arm (HeraldCooling      *self,
                    HeraldPrinterState *state,
                    double              bed,
                    double              tool)
{
  self->bed_armed = is_hot (find_hottest (state, is_bed), bed);
  self->tool_armed = is_hot (find_hottest (state, is_tool), tool);
}

/**
 * herald_cooling_disarm:
 *
 * A new print began; what is hot is meant to be.
 */
void
herald_cooling_disarm (HeraldCooling *self)
{
  *self = (HeraldCooling) { 0 };
}

static const HeraldTemperature *
take (gboolean                *armed,
      const HeraldTemperature *temperature,
      double                   threshold)
{
  if (!*armed || !(threshold > 0) || temperature == NULL || temperature->actual >= threshold)
    return NULL;

  *armed = FALSE;
  return temperature;
}

/**
 * herald_cooling_take:
 * @bed: °C, 0 for never
 * @tool: °C, 0 for never; all hotends must be below it
 *
 * Returns: (nullable) (transfer none): the heater of @state that has cooled down, the hottest of
 *   several hotends; to be called until it is %NULL
 */
const HeraldTemperature *
herald_cooling_take (HeraldCooling      *self,
                     HeraldPrinterState *state,
                     double              bed,
                     double              tool)
{
  const HeraldTemperature *cooled = take (&self->bed_armed, find_hottest (state, is_bed), bed);

  return cooled != NULL ? cooled : take (&self->tool_armed, find_hottest (state, is_tool), tool);
}
