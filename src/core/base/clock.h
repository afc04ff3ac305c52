/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define HERALD_TYPE_CLOCK (herald_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (HeraldClock, herald_clock, HERALD, CLOCK, GObject)

struct _HeraldClockClass
{
  GObjectClass parent_class;

  /* Optional; the defaults ask the system */
  gint64      (*get_wall_ms) (HeraldClock *self);
  gint64      (*get_boot_ms) (HeraldClock *self);
  const char *(*get_boot_id) (HeraldClock *self);
};

HeraldClock *herald_clock_new         (void);
gint64       herald_clock_get_wall_ms (HeraldClock *self);
gint64       herald_clock_get_boot_ms (HeraldClock *self);
const char  *herald_clock_get_boot_id (HeraldClock *self);

G_END_DECLS
