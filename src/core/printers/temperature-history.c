/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-temperature-history"

#include "core/printers/temperature-history.h"

struct _HeraldTemperatureHistory
{
  guint n_points;
};

HeraldTemperatureHistory *
herald_temperature_history_new (void)
{
  return g_new0 (HeraldTemperatureHistory, 1);
}

void
herald_temperature_history_free (HeraldTemperatureHistory *self)
{
  g_free (self);
}

void
herald_temperature_history_add_state (HeraldTemperatureHistory *self,
                                      HeraldPrinterState       *state)
{
  self->n_points++;
}

GVariant *
herald_temperature_history_to_variant (HeraldTemperatureHistory *self,
                                       gint64                    now_ms)
{
  return g_variant_new_array (G_VARIANT_TYPE ("(xa{s(dd)})"), NULL, 0);
}
