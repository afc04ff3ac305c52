/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HERALD_TYPE_TEMPERATURE_CHART (herald_temperature_chart_get_type ())
G_DECLARE_FINAL_TYPE (HeraldTemperatureChart, herald_temperature_chart, HERALD, TEMPERATURE_CHART, GtkWidget)

GtkWidget *herald_temperature_chart_new         (void);
/* @history: what GetTemperatureHistory answers */
void       herald_temperature_chart_add_history (HeraldTemperatureChart *self,
                                                 GVariant               *history);
/* @temperatures: (nullable): the property of Printer1; draws anew only if that can be seen */
void       herald_temperature_chart_add_now     (HeraldTemperatureChart *self,
                                                 gint64                  now_s,
                                                 GVariant               *temperatures);
/* Whether it has not followed for so long that a piece of the line would be missing; before anything is added */
gboolean   herald_temperature_chart_has_gap     (HeraldTemperatureChart *self,
                                                 gint64                  now_s);
/* Whether there is anything to see; how often it was drawn, for tests */
gboolean   herald_temperature_chart_has_points  (HeraldTemperatureChart *self);
guint      herald_temperature_chart_get_n_drawn (HeraldTemperatureChart *self);

G_END_DECLS
