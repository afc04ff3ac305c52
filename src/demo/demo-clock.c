/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-clock"

#include "demo/demo-clock.h"

/**
 * HeraldDemoClock:
 *
 * A clock that runs at any speed, or stands still, and that a test can move.
 * Emits `moved` after each move by hand, so that whoever simulates something
 * catches up at once and a gap of half an hour takes no time.
 */
struct _HeraldDemoClock
{
  HeraldClock parent_instance;

  double speed;
  gint64 begin_us;
  gint64 begin_wall_ms;
  gint64 skipped_ms;
  gint64 wall_offset_ms;
};

G_DEFINE_FINAL_TYPE (HeraldDemoClock, herald_demo_clock, HERALD_TYPE_CLOCK)

typedef enum
{
  SIGNAL_MOVED,
} HeraldDemoClockSignal;

static guint signals[SIGNAL_MOVED + 1];

/* HeraldClock */

static gint64
herald_demo_clock_get_boot_ms (HeraldClock *clock)
{
  HeraldDemoClock *self = HERALD_DEMO_CLOCK (clock);
  double passed_us = (double) (g_get_monotonic_time () - self->begin_us) * self->speed;

  return self->begin_us / 1000 + self->skipped_ms + (gint64) (passed_us / 1000);
}

static gint64
herald_demo_clock_get_wall_ms (HeraldClock *clock)
{
  HeraldDemoClock *self = HERALD_DEMO_CLOCK (clock);

  return self->begin_wall_ms + self->wall_offset_ms + herald_demo_clock_get_boot_ms (clock) -
         self->begin_us / 1000;
}

static const char *
herald_demo_clock_get_boot_id (HeraldClock *clock)
{
  return "00000000-0000-4000-8000-000000000001";
}

/* GObject */

static void
herald_demo_clock_class_init (HeraldDemoClockClass *klass)
{
  HeraldClockClass *clock_class = HERALD_CLOCK_CLASS (klass);

  clock_class->get_wall_ms = herald_demo_clock_get_wall_ms;
  clock_class->get_boot_ms = herald_demo_clock_get_boot_ms;
  clock_class->get_boot_id = herald_demo_clock_get_boot_id;

  signals[SIGNAL_MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
herald_demo_clock_init (HeraldDemoClock *self)
{
  self->begin_us = g_get_monotonic_time ();
  self->begin_wall_ms = g_get_real_time () / 1000;
}

/**
 * herald_demo_clock_new:
 * @speed: how many seconds pass in one of ours; 0 for none, until the clock is moved
 *
 * Returns: (transfer full): a clock that begins with the time of the system
 */
HeraldDemoClock *
herald_demo_clock_new (double speed)
{
  HeraldDemoClock *self = g_object_new (HERALD_TYPE_DEMO_CLOCK, NULL);

  self->speed = speed;

  return self;
}

/**
 * herald_demo_clock_advance:
 * @ms: how much time passes at once, for the wall time and the boot time; 0 or more
 */
void
herald_demo_clock_advance (HeraldDemoClock *self,
                           gint64           ms)
{
  g_return_if_fail (HERALD_IS_DEMO_CLOCK (self));
  g_return_if_fail (ms >= 0);

  self->skipped_ms += ms;
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

/**
 * herald_demo_clock_get_steady_ms:
 *
 * Returns: a time that runs at life's own pace whatever the speed, and jumps when the clock is
 * advanced; for what happens between programs, not in the printer
 */
gint64
herald_demo_clock_get_steady_ms (HeraldDemoClock *self)
{
  g_return_val_if_fail (HERALD_IS_DEMO_CLOCK (self), 0);

  return g_get_monotonic_time () / 1000 + self->skipped_ms;
}

/**
 * herald_demo_clock_set_wall_ms:
 * @wall_ms: what the wall time jumps to, as after NTP; no time passes
 */
void
herald_demo_clock_set_wall_ms (HeraldDemoClock *self,
                               gint64           wall_ms)
{
  g_return_if_fail (HERALD_IS_DEMO_CLOCK (self));

  self->wall_offset_ms += wall_ms - herald_clock_get_wall_ms (HERALD_CLOCK (self));
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}
