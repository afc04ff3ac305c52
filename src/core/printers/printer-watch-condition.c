/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-watch-condition"

#include "core/printers/printer-watch-private.h"

/* States lag behind events: by two seconds on a quiet computer, and by more than five where OctoPrint had too much to do (2.0.0rc7). */
#define STATE_LAG_MS (15 * 1000)

/* Whether the printer is there, gone, or in trouble: another part of #HeraldPrinterWatch. */

/* An event and a state say so, and a print that fails of it. */
gboolean
herald_printer_watch_is_same_news (HeraldPrinterWatch  *self,
                                   HeraldPrinterSignal  signal,
                                   gint64               now_ms)
{
  if (herald_printer_watch_get_job (self) != NULL || self->condition_told_ms == 0 ||
      now_ms - self->condition_told_ms >= HERALD_SAME_NEWS_MS)
    return FALSE;

  switch ((guint) signal)
    {
    case HERALD_SIGNAL_CONNECTED:
      return self->condition_told == HERALD_KIND_PRINTER_OPERATIONAL;
    case HERALD_SIGNAL_DISCONNECTED:
      return self->condition_told == HERALD_KIND_PRINTER_OFFLINE ||
             self->condition_told == HERALD_KIND_PRINTER_ERROR || self->condition_told == HERALD_KIND_PRINT_FAILED;
    case HERALD_SIGNAL_ERROR:
      return self->condition_told == HERALD_KIND_PRINTER_ERROR || self->condition_told == HERALD_KIND_PRINT_FAILED;
    default:
      return FALSE;
    }
}

static gboolean
is_there (HeraldStateId id)
{
  return id != HERALD_STATE_OFFLINE && id != HERALD_STATE_ERROR && id != HERALD_STATE_CONNECTING &&
         id != HERALD_STATE_UNKNOWN;
}

/* It may be from before the event that has said that the printer is there. */
static gboolean
may_be_stale (HeraldPrinterWatch  *self,
              HeraldPrinterSignal  signal,
              gint64               now_ms)
{
  return signal != HERALD_SIGNAL_CONNECTED && self->condition_told == HERALD_KIND_PRINTER_OPERATIONAL &&
         now_ms >= self->condition_told_ms && now_ms - self->condition_told_ms < STATE_LAG_MS;
}

/* Where the state has to be asked for, and after events that were lost, nobody says that the
 * printer is there, gone, or in trouble. */
void
herald_printer_watch_see_condition (HeraldPrinterWatch *self,
                                    GPtrArray          *events,
                                    HeraldStateId       before,
                                    gint64              now_ms)
{
  HeraldStateId after = self->state->id;
  g_autoptr(HeraldValues) values = herald_values_new ();
  HeraldPrinterSignal signal;

  self->condition_due_ms = 0;
  if (after == HERALD_STATE_ERROR && before != HERALD_STATE_ERROR)
    signal = HERALD_SIGNAL_ERROR;
  else if (after == HERALD_STATE_OFFLINE && is_there (before))
    signal = HERALD_SIGNAL_DISCONNECTED;
  else if (after == HERALD_STATE_OPERATIONAL && !is_there (before) && before != HERALD_STATE_UNKNOWN)
    signal = HERALD_SIGNAL_CONNECTED;
  else
    return;

  if (herald_printer_watch_get_job (self) != NULL || herald_printer_watch_is_same_news (self, signal, now_ms))
    return;

  if (may_be_stale (self, signal, now_ms))
    {
      self->condition_due_ms = self->condition_told_ms + STATE_LAG_MS;
      return;
    }

  herald_values_set (values, "state", self->state->text);
  herald_values_set (values, "error", self->state->error);
  herald_job_machine_take_signal (self->machine, signal, values, now_ms, events);
}

/* What was taken for stale is still so. */
void
herald_printer_watch_take_condition_time (HeraldPrinterWatch *self,
                                          GPtrArray          *events,
                                          gint64              now_ms)
{
  if (self->condition_due_ms == 0 || now_ms < self->condition_due_ms)
    return;

  herald_printer_watch_see_condition (self, events, HERALD_STATE_OPERATIONAL, now_ms);
}
