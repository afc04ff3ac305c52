/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine-alive"

#include "core/engine-private.h"

#include "core/printers/print-journal.h"

/* Somebody who opens a lid does not wait longer for the news. */
#define TICK_S 5

/* How much more of the time since boot passes than of the time awake, for it to be a sleep */
#define SLEEP_MIN_MS (10 * 1000)

/* After a crash the gap begins with the last note that we were alive; each is a write to the disk. */
#define NOTE_INTERVAL_MS (5 * 60 * 1000)

/* When we were there and when not: notes that we are alive, and notices that the computer was
 * asleep. The kernel’s two clocks tell, in a sandbox too. */

static void
note (HeraldEngine *self)
{
  gint64 now_ms = herald_clock_get_wall_ms (self->clock);
  g_autoptr(GError) error = NULL;

  self->noted_ms = herald_clock_get_boot_ms (self->clock);
  if (!herald_print_journal_set_alive_ms (herald_outbox_get_database (self->outbox), now_ms, &error))
    g_debug ("It cannot be noted that this program is running: %s", error->message);
}

static gboolean
on_tick (gpointer user_data)
{
  HeraldEngine *self = HERALD_ENGINE (user_data);
  gint64 boot_ms = herald_clock_get_boot_ms (self->clock);
  gint64 asleep_ms = boot_ms - g_get_monotonic_time () / 1000;

  if (asleep_ms - self->asleep_ms > SLEEP_MIN_MS)
    {
      g_message ("This computer was asleep for %" G_GINT64_FORMAT " s", (asleep_ms - self->asleep_ms) / 1000);
      herald_engine_for_all_printers (self, herald_printer_wake);
      herald_outbox_resume (self->outbox, NULL);
    }
  self->asleep_ms = asleep_ms;
  if (boot_ms - self->noted_ms >= NOTE_INTERVAL_MS)
    note (self);

  return G_SOURCE_CONTINUE;
}

/* What could not be reached a moment ago may be now. What else the monitor says is not believed: in a
 * sandbox it may see no network at all. */
static void
on_network_available (GNetworkMonitor *monitor,
                      GParamSpec      *pspec,
                      HeraldEngine    *self)
{
  if (self->started && g_network_monitor_get_network_available (monitor))
    herald_outbox_resume (self->outbox, NULL);
}

void
herald_engine_begin_alive (HeraldEngine *self)
{
  self->asleep_ms = herald_clock_get_boot_ms (self->clock) - g_get_monotonic_time () / 1000;
  self->tick_id = g_timeout_add_seconds (TICK_S, on_tick, self);
  g_signal_connect_object (g_network_monitor_get_default (), "notify::network-available",
                           G_CALLBACK (on_network_available), self, 0);
  note (self);
}

void
herald_engine_end_alive (HeraldEngine *self)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (g_network_monitor_get_default (), self);
  note (self);
}
