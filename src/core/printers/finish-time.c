/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-finish-time"

#include "core/printers/finish-time.h"

void
herald_finish_time_take (HeraldFinishTime   *self,
                         HeraldPrinterState *state)
{
  if (state->remaining_s < 0 || !herald_state_id_has_job (state->id))
    self->shown_ms = 0;
  else
    self->shown_ms = (state->received_ms / 1000 + state->remaining_s + 30) / 60 * 60 * 1000;
}

void
herald_finish_time_clear (HeraldFinishTime *self)
{
  *self = (HeraldFinishTime) { 0 };
}
