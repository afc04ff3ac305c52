/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fake-clock"

#include "fake-clock.h"

G_DEFINE_FINAL_TYPE (FakeClock, fake_clock, HERALD_TYPE_CLOCK)

/* HeraldClock */

static gint64
fake_clock_get_wall_ms (HeraldClock *clock)
{
  return FAKE_CLOCK (clock)->wall_ms;
}

static gint64
fake_clock_get_boot_ms (HeraldClock *clock)
{
  return FAKE_CLOCK (clock)->boot_ms;
}

static const char *
fake_clock_get_boot_id (HeraldClock *clock)
{
  return FAKE_CLOCK (clock)->boot_id;
}

/* GObject */

static void
fake_clock_class_init (FakeClockClass *klass)
{
  HeraldClockClass *clock_class = HERALD_CLOCK_CLASS (klass);

  clock_class->get_wall_ms = fake_clock_get_wall_ms;
  clock_class->get_boot_ms = fake_clock_get_boot_ms;
  clock_class->get_boot_id = fake_clock_get_boot_id;
}

static void
fake_clock_init (FakeClock *self)
{
  self->wall_ms = G_GINT64_CONSTANT (1700000000000);
  self->boot_ms = 1000000;
  self->boot_id = "boot-1";
}

FakeClock *
fake_clock_new (void)
{
  return g_object_new (FAKE_TYPE_CLOCK, NULL);
}

void
fake_clock_advance (FakeClock *self,
                    gint64     ms)
{
  self->wall_ms += ms;
  self->boot_ms += ms;
}
