/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The last 30 minutes, a point in ten seconds, as the service keeps them */
#define HERALD_SERIES_SLOT_S 10
#define HERALD_SERIES_N_SLOTS 180
#define HERALD_SERIES_HEATERS_MAX 8

/**
 * HeraldTemperatureSeries:
 *
 * How hot a printer was, for a chart. Times are seconds since 1970, temperatures °C.
 */
typedef struct _HeraldTemperatureSeries HeraldTemperatureSeries;

HeraldTemperatureSeries *herald_temperature_series_new           (void);
void                     herald_temperature_series_free          (HeraldTemperatureSeries *self);

/* What is no number, too old or of a ninth heater is dropped; of ten seconds the last one stays. */
void                     herald_temperature_series_add           (HeraldTemperatureSeries *self,
                                                                  gint64                   when_s,
                                                                  const char              *heater,
                                                                  double                   actual,
                                                                  double                   target);
/* @temperatures: a{s(dd)}; @history: a(xa{s(dd)}) */
void                     herald_temperature_series_add_now       (HeraldTemperatureSeries *self,
                                                                  gint64                   now_s,
                                                                  GVariant                *temperatures);
void                     herald_temperature_series_add_history   (HeraldTemperatureSeries *self,
                                                                  GVariant                *history);

guint                    herald_temperature_series_get_n_heaters (HeraldTemperatureSeries *self);
const char              *herald_temperature_series_get_heater    (HeraldTemperatureSeries *self,
                                                                  guint                    heater);
/* Of the ten seconds that end the series, and of each ten before: @age 0 to HERALD_SERIES_N_SLOTS - 1
 * Returns: whether there is one */
gboolean                 herald_temperature_series_get           (HeraldTemperatureSeries *self,
                                                                  guint                    heater,
                                                                  guint                    age,
                                                                  double                  *actual,
                                                                  double                  *target);
/* Of one heater what was measured, or, with @heater -1, of all of them and what was wanted. Returns: whether there is any */
gboolean                 herald_temperature_series_get_range     (HeraldTemperatureSeries *self,
                                                                  int                      heater,
                                                                  double                  *lowest,
                                                                  double                  *highest);
/* The ten seconds that end it; 0 while it is empty */
gint64                   herald_temperature_series_get_newest    (HeraldTemperatureSeries *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldTemperatureSeries, herald_temperature_series_free)

G_END_DECLS
