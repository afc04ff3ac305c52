/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-first-layer"

#include "core/printers/first-layer.h"

/* What a first layer can be high; below it the nozzle is being homed, above it parked or purged. */
#define FIRST_MIN_MM 0.05
#define FIRST_MAX_MM 1.0

/* How much higher the second one can be; more is a travel move. */
#define STEP_MIN_MM 0.04
#define STEP_MAX_MM 0.6

/* A hop over the print is as high as a layer, but not for so many states. */
#define ABOVE_MIN 3

gboolean
herald_first_layer_take (HeraldFirstLayer   *self,
                         HeraldPrinterState *state)
{
  double height_mm = state->height_mm;
  double step_mm = height_mm - self->height_mm;

  if (state->id != HERALD_STATE_PRINTING || state->progress <= 0)
    return FALSE;
  if (state->layer > 1)
    return TRUE;
  /* Who counts layers knows better than we can guess. */
  if (state->layer == 1 || height_mm < FIRST_MIN_MM)
    return FALSE;

  if ((self->height_mm <= 0 || height_mm < self->height_mm) && height_mm <= FIRST_MAX_MM)
    {
      self->height_mm = height_mm;
      self->n_above = 0;
      return FALSE;
    }

  if (self->height_mm > 0 && step_mm >= STEP_MIN_MM && step_mm <= STEP_MAX_MM)
    self->n_above++;
  else
    self->n_above = 0;

  return self->n_above >= ABOVE_MIN;
}
