/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine-alive"

#include "core/engine-private.h"

#include "core/printers/print-journal.h"

/* Somebody who opens a lid does not wait longer for the news. */
#define TICK_S 5

/* How much more of the time since boot passes than of the time awake, for it to be a sleep */
#define SLEEP_MIN_MS (10 * 1000)

/* The two clocks are read one after the other; whoever is held up in between compares two moments. */
#define READING_MAX_MS 1000

/* After a crash the gap begins with the last note that we were alive; each is a write to the disk. */
#define NOTE_INTERVAL_MS (5 * 60 * 1000)

/* So long a computer is awake that said it was about to sleep, and nobody says that it did not. */
#define FALLING_ASLEEP_S 60

/* Networks change in bursts: a cable that is put in is a dozen changes within some tenths of a second. What changes on and
 * on is looked at all the same. */
#define NETWORK_SETTLE_MS 1000
#define NETWORK_SETTLE_MAX_MS 5000

/* When we were there and when not: notes that we are alive, and notices that the computer was asleep. The kernel’s two clocks
 * tell, in a sandbox too; who knows it earlier says so. */

static void
note (HeraldEngine *self)
{
  gint64 now_ms = herald_clock_get_wall_ms (self->clock);
  g_autoptr(GError) error = NULL;

  self->noted_ms = herald_clock_get_boot_ms (self->clock);
  if (!herald_print_journal_set_alive_ms (herald_outbox_get_database (self->outbox), now_ms, &error))
    g_debug ("It cannot be noted that this program is running: %s", error->message);
}

/* How long this computer has slept since it was started; %FALSE if that cannot be told now. */
static gboolean
read_asleep_ms (HeraldEngine *self,
                gint64       *asleep_ms)
{
  gint64 before_ms = g_get_monotonic_time () / 1000;
  gint64 boot_ms = herald_clock_get_boot_ms (self->clock);

  if (g_get_monotonic_time () / 1000 - before_ms > READING_MAX_MS)
    return FALSE;

  *asleep_ms = boot_ms - before_ms;
  return TRUE;
}

static void
wake_up (HeraldEngine *self,
         gint64        asleep_ms)
{
  g_clear_handle_id (&self->falling_asleep_id, g_source_remove);
  g_message ("This computer was asleep for %" G_GINT64_FORMAT " s", (asleep_ms - self->asleep_ms) / 1000);
  self->slept_ms = asleep_ms - self->asleep_ms;
  self->woken_boot_ms = herald_clock_get_boot_ms (self->clock);
  self->asleep_ms = asleep_ms;
  /* Who touches a computer to wake it has not seen what was on its screen before. */
  herald_desk_release (self->desk);
  herald_outbox_hold_back (self->outbox, FALSE);
  herald_engine_for_all_printers (self, herald_printer_wake);
  herald_outbox_resume (self->outbox, NULL);
  /* The timer that tells of its end has slept, too. */
  g_object_notify (G_OBJECT (self), "muted-until");
}

static gboolean
on_tick (gpointer user_data)
{
  HeraldEngine *self = HERALD_ENGINE (user_data);
  gint64 asleep_ms;

  herald_engine_look_at_quiet (self);
  /* Who told of the sleep tells of its end: in between a computer may wake for a moment, to hibernate. */
  if (self->falling_asleep_id == 0 && read_asleep_ms (self, &asleep_ms))
    {
      if (asleep_ms - self->asleep_ms > SLEEP_MIN_MS)
        wake_up (self, asleep_ms);
      else
        self->asleep_ms = asleep_ms;
    }
  if (herald_clock_get_boot_ms (self->clock) - self->noted_ms >= NOTE_INTERVAL_MS)
    note (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_falling_asleep_timeout (gpointer user_data)
{
  HeraldEngine *self = HERALD_ENGINE (user_data);
  gint64 asleep_ms = self->asleep_ms;

  self->falling_asleep_id = 0;
  if (read_asleep_ms (self, &asleep_ms) && asleep_ms - self->asleep_ms > SLEEP_MIN_MS)
    wake_up (self, asleep_ms);
  else
    {
      g_message ("This computer was about to sleep and did not");
      herald_outbox_hold_back (self->outbox, FALSE);
    }
  g_signal_emit_by_name (self, "stays-awake");

  return G_SOURCE_REMOVE;
}

/**
 * herald_engine_prepare_for_sleep:
 *
 * The computer is about to sleep. What waited for somebody at the desk is begun now: nobody sees a screen that is off. No
 * other attempt to send is begun until herald_engine_wake(), or until it is clear that it did not.
 */
void
herald_engine_prepare_for_sleep (HeraldEngine *self)
{
  if (!self->started)
    return;

  note (self);
  if (herald_desk_is_waiting (self->desk))
    {
      herald_desk_release (self->desk);
      herald_outbox_run (self->outbox);
    }
  herald_outbox_hold_back (self->outbox, TRUE);
  g_clear_handle_id (&self->falling_asleep_id, g_source_remove);
  self->falling_asleep_id = g_timeout_add_seconds (FALLING_ASLEEP_S, on_falling_asleep_timeout, self);
}

/**
 * herald_engine_is_sending:
 *
 * Returns: whether an attempt is under way, which a sleep would cut off
 */
gboolean
herald_engine_is_sending (HeraldEngine *self)
{
  static const char *const states[] = { "sending", "committing" };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      const HeraldHistoryFilter filter = { .limit = 1, .state = states[i] };
      g_autoptr(GPtrArray) rows = herald_outbox_query_history (self->outbox, &filter, NULL);

      if (rows != NULL && rows->len > 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * herald_engine_wake:
 *
 * The computer is awake again: printers and what waits are tried at once. Does nothing if that was noticed already.
 */
void
herald_engine_wake (HeraldEngine *self)
{
  gint64 asleep_ms = self->asleep_ms;

  if (!self->started || self->falling_asleep_id == 0)
    return;

  read_asleep_ms (self, &asleep_ms);
  wake_up (self, asleep_ms);
}

/**
 * herald_engine_get_last_sleep:
 * @woken_boot_ms: (out): when it was noticed that the computer was awake again; 0 if it has not slept
 *
 * Returns: for how long it slept then, in ms
 */
gint64
herald_engine_get_last_sleep (HeraldEngine *self,
                              gint64       *woken_boot_ms)
{
  *woken_boot_ms = self->woken_boot_ms;

  return self->slept_ms;
}

/* The network */

/* What could not be reached a moment ago may be now. That there is no network is not believed: the monitor means a way to the
 * internet, a printer or a mail server may be in this house, and in a sandbox it may see nothing at all. */
static gboolean
on_network_settled (gpointer user_data)
{
  HeraldEngine *self = HERALD_ENGINE (user_data);

  self->network_id = 0;
  g_debug ("The network has changed");
  herald_engine_for_all_printers (self, herald_printer_hurry);
  herald_outbox_resume (self->outbox, NULL);

  return G_SOURCE_REMOVE;
}

static void
on_network_changed (GNetworkMonitor *monitor,
                    gboolean         is_available,
                    HeraldEngine    *self)
{
  gint64 now_ms = g_get_monotonic_time () / 1000;

  if (self->network_id == 0)
    self->network_since_ms = now_ms;
  else if (now_ms - self->network_since_ms > NETWORK_SETTLE_MAX_MS - NETWORK_SETTLE_MS)
    return;

  g_clear_handle_id (&self->network_id, g_source_remove);
  self->network_id = g_timeout_add (NETWORK_SETTLE_MS, on_network_settled, self);
}

void
herald_engine_begin_alive (HeraldEngine *self)
{
  self->asleep_ms = herald_clock_get_boot_ms (self->clock) - g_get_monotonic_time () / 1000;
  self->tick_id = g_timeout_add_seconds (TICK_S, on_tick, self);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (on_network_changed), self, 0);
  note (self);
}

void
herald_engine_end_alive (HeraldEngine *self)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->falling_asleep_id, g_source_remove);
  g_clear_handle_id (&self->network_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (g_network_monitor_get_default (), self);
  herald_outbox_hold_back (self->outbox, FALSE);
  note (self);
}
