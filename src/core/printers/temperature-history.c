/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-temperature-history"

#include "core/printers/temperature-history.h"

#include <string.h>

#define SLOT_MS (10 * 1000)
#define N_SLOTS (30 * 60 * 1000 / SLOT_MS)
#define N_HEATERS_MAX 8
#define NAME_MAX_BYTES 32

/* What sixteen bits of tenths can hold, less the one value that stands for none. */
#define VALUE_MAX 3000.0
#define NO_POINT G_MININT16

typedef struct
{
  gint16 actual_tenths;
  gint16 target_tenths;
} Point;

typedef struct
{
  char *name;
  Point *points;
} Heater;

/**
 * HeraldTemperatureHistory:
 *
 * A ring of slots of ten seconds, numbered since 1970; the slot n of each heater is at n modulo
 * the size of the ring. 4 bytes a point are 720 bytes a heater: with three heaters about 2.3 KB,
 * with eight about 6 KB.
 */
struct _HeraldTemperatureHistory
{
  /* The last slot there may be points in; 0 before the first */
  gint64 newest;
  Heater heaters[N_HEATERS_MAX];
};

G_STATIC_ASSERT (sizeof (HeraldTemperatureHistory) +
                 3 * (N_SLOTS * sizeof (Point) + NAME_MAX_BYTES) <= 5 * 1024);

/**
 * herald_temperature_history_new:
 *
 * Returns: (transfer full): a history without points
 */
HeraldTemperatureHistory *
herald_temperature_history_new (void)
{
  return g_new0 (HeraldTemperatureHistory, 1);
}

void
herald_temperature_history_free (HeraldTemperatureHistory *self)
{
  for (guint i = 0; i < N_HEATERS_MAX; i++)
    {
      g_free (self->heaters[i].name);
      g_free (self->heaters[i].points);
    }
  g_free (self);
}

/* Takes the points out of @n_slots slots from @first on: half an hour at most, one as a rule. */
static void
clear_slots (HeraldTemperatureHistory *self,
             gint64                    first,
             gint64                    n_slots)
{
  for (gint64 slot = first; slot < first + MIN (n_slots, N_SLOTS); slot++)
    {
      for (guint i = 0; i < N_HEATERS_MAX && self->heaters[i].name != NULL; i++)
        self->heaters[i].points[slot % N_SLOTS].actual_tenths = NO_POINT;
    }
}

/* Makes @slot the last one: what lies 30 minutes before it is over, what lies after never was. */
static void
turn_to (HeraldTemperatureHistory *self,
         gint64                    slot)
{
  if (slot > self->newest)
    clear_slots (self, self->newest + 1, slot - self->newest);
  else
    clear_slots (self, slot + 1, self->newest - slot);

  self->newest = slot;
}

/* Returns: (nullable): NULL if there are too many, or that cannot be one */
static Heater *
find_heater (HeraldTemperatureHistory *self,
             const char               *name)
{
  gsize length = strlen (name);

  for (guint i = 0; i < N_HEATERS_MAX; i++)
    {
      Heater *heater = &self->heaters[i];

      if (heater->name == NULL)
        {
          if (length == 0 || length >= NAME_MAX_BYTES ||
              !g_utf8_validate (name, (gssize) length, NULL))
            return NULL;
          heater->name = g_strdup (name);
          heater->points = g_new (Point, N_SLOTS);
          for (guint k = 0; k < N_SLOTS; k++)
            heater->points[k] = (Point) { NO_POINT, 0 };
          return heater;
        }
      if (g_str_equal (heater->name, name))
        return heater;
    }

  return NULL;
}

static gint16
to_tenths (double value)
{
  return (gint16) (CLAMP (value, -VALUE_MAX, VALUE_MAX) * 10 + (value < 0 ? -0.5 : 0.5));
}

static gboolean
is_number (double value)
{
  return value >= -G_MAXDOUBLE && value <= G_MAXDOUBLE;
}

/**
 * herald_temperature_history_add:
 * @when_ms: milliseconds since 1970, our clock
 * @heater: `tool0`, `bed`, …
 * @actual: °C; what is not a number is dropped
 * @target: °C; 0 when it is off
 *
 * Points may come in any order; the last one of ten seconds stays. What is 30 minutes older than
 * the newest is dropped; what turns out to be of the future is dropped by the next state or
 * question, as those know what time it is.
 */
void
herald_temperature_history_add (HeraldTemperatureHistory *self,
                                gint64                    when_ms,
                                const char               *heater,
                                double                    actual,
                                double                    target)
{
  gint64 slot = when_ms / SLOT_MS;
  Heater *found;

  if (when_ms <= 0 || !is_number (actual) || slot <= self->newest - N_SLOTS)
    return;

  found = find_heater (self, heater);
  if (found == NULL)
    return;

  if (slot > self->newest)
    turn_to (self, slot);
  found->points[slot % N_SLOTS] = (Point) {
    .actual_tenths = to_tenths (actual),
    .target_tenths = is_number (target) ? to_tenths (target) : 0,
  };
}

/* Our clock goes forward, or back when it is put right; points of the future are none. */
static void
follow_clock (HeraldTemperatureHistory *self,
              gint64                    now_ms)
{
  if (now_ms > 0)
    turn_to (self, now_ms / SLOT_MS);
}

/**
 * herald_temperature_history_add_state:
 * @state: just received
 */
void
herald_temperature_history_add_state (HeraldTemperatureHistory *self,
                                      HeraldPrinterState       *state)
{
  follow_clock (self, state->received_ms);

  for (guint i = 0; i < state->temperatures->len; i++)
    {
      const HeraldTemperature *temperature = g_ptr_array_index (state->temperatures, i);

      herald_temperature_history_add (self, state->received_ms, temperature->heater,
                                      temperature->actual, temperature->target);
    }
}

static void
add_point (HeraldTemperatureHistory *self,
           GVariantBuilder          *points,
           gint64                    slot)
{
  GVariantBuilder heaters;
  gboolean empty = TRUE;

  g_variant_builder_init (&heaters, G_VARIANT_TYPE ("a{s(dd)}"));
  for (guint i = 0; i < N_HEATERS_MAX && self->heaters[i].name != NULL; i++)
    {
      const Point *point = &self->heaters[i].points[slot % N_SLOTS];

      if (point->actual_tenths == NO_POINT)
        continue;
      g_variant_builder_add (&heaters, "{s(dd)}", self->heaters[i].name,
                             point->actual_tenths / 10.0, point->target_tenths / 10.0);
      empty = FALSE;
    }

  if (empty)
    g_variant_builder_clear (&heaters);
  else
    g_variant_builder_add (points, "(xa{s(dd)})", slot * (SLOT_MS / 1000), &heaters);
}

/**
 * herald_temperature_history_to_variant:
 * @now_ms: our clock, milliseconds since 1970
 *
 * Returns: (transfer floating): a(xa{s(dd)}): the first second of each ten that have points, in
 *   seconds since 1970, and for each heater the actual and target °C; oldest first
 */
GVariant *
herald_temperature_history_to_variant (HeraldTemperatureHistory *self,
                                       gint64                    now_ms)
{
  GVariantBuilder points;

  follow_clock (self, now_ms);

  g_variant_builder_init (&points, G_VARIANT_TYPE ("a(xa{s(dd)})"));
  for (gint64 slot = MAX (self->newest - N_SLOTS + 1, 0); slot <= self->newest; slot++)
    add_point (self, &points, slot);

  return g_variant_builder_end (&points);
}
