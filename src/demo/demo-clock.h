/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/clock.h"

G_BEGIN_DECLS

#define HERALD_TYPE_DEMO_CLOCK (herald_demo_clock_get_type ())
G_DECLARE_FINAL_TYPE (HeraldDemoClock, herald_demo_clock, HERALD, DEMO_CLOCK, HeraldClock)

HeraldDemoClock *herald_demo_clock_new           (double           speed);
gint64           herald_demo_clock_get_steady_ms (HeraldDemoClock *self);
void             herald_demo_clock_advance       (HeraldDemoClock *self,
                                                  gint64           ms);
void             herald_demo_clock_set_wall_ms   (HeraldDemoClock *self,
                                                  gint64           wall_ms);

G_END_DECLS
