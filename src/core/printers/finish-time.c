/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-finish-time"

#include "core/printers/finish-time.h"

#define MINUTE_MS (60 * 1000)

/* The estimate may waver by so much, or by so much of what remains, before we follow it. */
#define TOLERANCE_MIN_MS (2 * MINUTE_MS)
#define TOLERANCE_PERCENT 5

/* OctoPrint's estimate jumps and comes back when it changes its origin. */
#define PATIENCE_MS (30 * 1000)

/* So near the end people stand up and go; then the minute counts. 40 seconds are less than a
 * minute wrong, and more than what makes a rounded minute change to and fro. */
#define NEAR_END_S (5 * 60)
#define NEAR_TOLERANCE_MS (40 * 1000)

/* A print of a year; beyond it an estimate is a joke. */
#define REMAINING_MAX_S (366 * 24 * 3600)

/* While it is paused, what remains stays the same and the clock goes on: the finish would be a
 * minute later every minute, and wrong each time. It is not known until somebody resumes. */
static gboolean
is_running (HeraldPrinterState *state)
{
  return state->id == HERALD_STATE_PRINTING || state->id == HERALD_STATE_RESUMING ||
         state->id == HERALD_STATE_FINISHING;
}

static void
show (HeraldFinishTime *self,
      gint64            finish_ms)
{
  self->shown_ms = (finish_ms + MINUTE_MS / 2) / MINUTE_MS * MINUTE_MS;
  self->since_ms = 0;
}

/**
 * herald_finish_time_take:
 * @state: its received_ms is the moment its estimate holds for
 *
 * Updates @self. The finish is not known unless a print runs whose remaining time is known.
 */
void
herald_finish_time_take (HeraldFinishTime   *self,
                         HeraldPrinterState *state)
{
  gint64 finish_ms;
  gint64 off_ms;

  if (!is_running (state) || state->received_ms <= 0 ||
      state->received_ms > G_MAXINT64 / 2 ||
      state->remaining_s < 0 || state->remaining_s > REMAINING_MAX_S)
    {
      herald_finish_time_clear (self);
      return;
    }

  finish_ms = state->received_ms + state->remaining_s * 1000;
  off_ms = ABS (finish_ms - self->shown_ms);

  if (self->shown_ms == 0 || (state->remaining_s <= NEAR_END_S && off_ms > NEAR_TOLERANCE_MS))
    show (self, finish_ms);
  else if (off_ms < MAX (TOLERANCE_MIN_MS, state->remaining_s * 1000 / 100 * TOLERANCE_PERCENT))
    self->since_ms = 0;
  else if (self->since_ms == 0 || self->since_ms > state->received_ms)
    self->since_ms = state->received_ms;
  else if (state->received_ms - self->since_ms >= PATIENCE_MS)
    show (self, finish_ms);
}

/**
 * herald_finish_time_clear:
 *
 * The finish is not known any more.
 */
void
herald_finish_time_clear (HeraldFinishTime *self)
{
  *self = (HeraldFinishTime) { 0 };
}
