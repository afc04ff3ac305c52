/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/clock.h"

G_BEGIN_DECLS

/* A clock that stands still until its fields are changed. */
#define FAKE_TYPE_CLOCK (fake_clock_get_type ())
G_DECLARE_FINAL_TYPE (FakeClock, fake_clock, FAKE, CLOCK, HeraldClock)

struct _FakeClock
{
  HeraldClock parent_instance;

  gint64 wall_ms;
  gint64 boot_ms;
  const char *boot_id;
};

FakeClock *fake_clock_new     (void);
void       fake_clock_advance (FakeClock *self,
                               gint64     ms);

G_END_DECLS
