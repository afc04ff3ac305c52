/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HERALD_TYPE_TEMPERATURE_LEGEND (herald_temperature_legend_get_type ())
G_DECLARE_FINAL_TYPE (HeraldTemperatureLegend, herald_temperature_legend, HERALD, TEMPERATURE_LEGEND, AdwBin)

/* How hot each heater is now, beside a piece of its line. @temperatures: (nullable): the property of Printer1 */
void herald_temperature_legend_set_temperatures (HeraldTemperatureLegend *self,
                                                 GVariant                *temperatures);

G_END_DECLS
