/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-temperature-series"

#include "window/printers/temperature-series.h"

#include <math.h>
#include <string.h>

/* A firmware without a sensor says −15 or 1000; what is further off is no temperature. */
#define TEMPERATURE_MAX 2000

/* Names come from plugins, too. */
#define NAME_MAX_BYTES 64

typedef struct
{
  float actual; /* NAN: there is none */
  float target;
} Point;

typedef struct
{
  char *name;
  Point points[HERALD_SERIES_N_SLOTS]; /* of a slot modulo their number */
} Heater;

struct _HeraldTemperatureSeries
{
  gint64 newest; /* slot: seconds since 1970 by ten */
  GPtrArray *heaters;
};

static void
heater_free (gpointer data)
{
  Heater *self = data;

  g_free (self->name);
  g_free (self);
}

HeraldTemperatureSeries *
herald_temperature_series_new (void)
{
  HeraldTemperatureSeries *self = g_new0 (HeraldTemperatureSeries, 1);

  self->heaters = g_ptr_array_new_with_free_func (heater_free);

  return self;
}

void
herald_temperature_series_free (HeraldTemperatureSeries *self)
{
  g_ptr_array_unref (self->heaters);
  g_free (self);
}

static void
forget (Heater *heater,
        gint64  slot)
{
  heater->points[slot % HERALD_SERIES_N_SLOTS] = (Point) { NAN, 0 };
}

/* The places of the slots between then and now are used anew. */
static void
turn_to (HeraldTemperatureSeries *self,
         gint64                   slot)
{
  gint64 first = MAX (self->newest + 1, slot - HERALD_SERIES_N_SLOTS + 1);

  for (guint i = 0; i < self->heaters->len; i++)
    {
      for (gint64 passed = first; passed <= slot; passed++)
        forget (g_ptr_array_index (self->heaters, i), passed);
    }
  self->newest = slot;
}

static Heater *
find_heater (HeraldTemperatureSeries *self,
             const char              *name)
{
  gsize length = strlen (name);
  Heater *heater;

  for (guint i = 0; i < self->heaters->len; i++)
    {
      heater = g_ptr_array_index (self->heaters, i);
      if (g_str_equal (heater->name, name))
        return heater;
    }

  if (length == 0 || length > NAME_MAX_BYTES || self->heaters->len == HERALD_SERIES_HEATERS_MAX)
    return NULL;

  heater = g_new0 (Heater, 1);
  heater->name = g_strdup (name);
  for (gint64 slot = 0; slot < HERALD_SERIES_N_SLOTS; slot++)
    forget (heater, slot);
  g_ptr_array_add (self->heaters, heater);

  return heater;
}

static gboolean
is_temperature (double value)
{
  return isfinite (value) && fabs (value) <= TEMPERATURE_MAX;
}

void
herald_temperature_series_add (HeraldTemperatureSeries *self,
                               gint64                   when_s,
                               const char              *heater,
                               double                   actual,
                               double                   target)
{
  gint64 slot = when_s / HERALD_SERIES_SLOT_S;
  Heater *found = NULL;

  if (when_s <= 0 || !is_temperature (actual) || slot <= self->newest - HERALD_SERIES_N_SLOTS)
    return;

  found = find_heater (self, heater);
  if (found == NULL)
    return;

  if (slot > self->newest)
    turn_to (self, slot);
  found->points[slot % HERALD_SERIES_N_SLOTS] = (Point) {
    .actual = (float) actual,
    .target = is_temperature (target) ? (float) target : 0,
  };
}

/* Whoever puts the clock back would have to wait until it is that time again. */
static void
follow_clock (HeraldTemperatureSeries *self,
              gint64                   now_s)
{
  gint64 slot = now_s / HERALD_SERIES_SLOT_S;

  if (slot >= self->newest - 1)
    {
      turn_to (self, MAX (slot, self->newest));
      return;
    }

  for (guint i = 0; i < self->heaters->len; i++)
    {
      for (gint64 k = 0; k < HERALD_SERIES_N_SLOTS; k++)
        forget (g_ptr_array_index (self->heaters, i), k);
    }
  self->newest = slot;
}

void
herald_temperature_series_add_now (HeraldTemperatureSeries *self,
                                   gint64                   now_s,
                                   GVariant                *temperatures)
{
  GVariantIter iter;
  const char *heater = NULL;
  double actual = 0;
  double target = 0;

  if (now_s <= 0)
    return;

  follow_clock (self, now_s);
  if (temperatures == NULL || !g_variant_is_of_type (temperatures, G_VARIANT_TYPE ("a{s(dd)}")))
    return;

  g_variant_iter_init (&iter, temperatures);
  while (g_variant_iter_next (&iter, "{&s(dd)}", &heater, &actual, &target))
    herald_temperature_series_add (self, now_s, heater, actual, target);
}

void
herald_temperature_series_add_history (HeraldTemperatureSeries *self,
                                       GVariant                *history)
{
  GVariantIter iter;
  gint64 when_s = 0;
  GVariant *temperatures = NULL;

  g_variant_iter_init (&iter, history);
  while (g_variant_iter_next (&iter, "(x@a{s(dd)})", &when_s, &temperatures))
    {
      GVariantIter heaters;
      const char *heater = NULL;
      double actual = 0;
      double target = 0;

      g_variant_iter_init (&heaters, temperatures);
      while (g_variant_iter_next (&heaters, "{&s(dd)}", &heater, &actual, &target))
        herald_temperature_series_add (self, when_s, heater, actual, target);
      g_variant_unref (temperatures);
    }
}

guint
herald_temperature_series_get_n_heaters (HeraldTemperatureSeries *self)
{
  return self->heaters->len;
}

const char *
herald_temperature_series_get_heater (HeraldTemperatureSeries *self,
                                      guint                    heater)
{
  g_return_val_if_fail (heater < self->heaters->len, NULL);

  return ((Heater *) g_ptr_array_index (self->heaters, heater))->name;
}

gboolean
herald_temperature_series_get (HeraldTemperatureSeries *self,
                               guint                    heater,
                               guint                    age,
                               double                  *actual,
                               double                  *target)
{
  const Point *point;

  if (heater >= self->heaters->len || age >= HERALD_SERIES_N_SLOTS || self->newest < age)
    return FALSE;

  point = &((Heater *) g_ptr_array_index (self->heaters, heater))->points[(self->newest - age) % HERALD_SERIES_N_SLOTS];
  if (isnan (point->actual))
    return FALSE;

  *actual = (double) point->actual;
  *target = (double) point->target;

  return TRUE;
}

gboolean
herald_temperature_series_get_range (HeraldTemperatureSeries *self,
                                     int                      heater,
                                     double                  *lowest,
                                     double                  *highest)
{
  double low = INFINITY;
  double high = -INFINITY;

  for (guint i = 0; i < self->heaters->len; i++)
    {
      double actual = 0;
      double target = 0;

      for (guint age = 0; (heater < 0 || i == (guint) heater) && age < HERALD_SERIES_N_SLOTS; age++)
        {
          if (!herald_temperature_series_get (self, i, age, &actual, &target))
            continue;
          low = fmin (low, actual);
          high = fmax (high, heater < 0 ? fmax (actual, target) : actual);
        }
    }
  if (low > high)
    return FALSE;

  *lowest = low;
  *highest = high;

  return TRUE;
}

gint64
herald_temperature_series_get_newest (HeraldTemperatureSeries *self)
{
  return self->newest;
}
