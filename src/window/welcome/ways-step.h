/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_WAYS_STEP (herald_ways_step_get_type ())
G_DECLARE_FINAL_TYPE (HeraldWaysStep, herald_ways_step, HERALD, WAYS_STEP, AdwBin)

/* Property: done (whether there is a way to reach the person; read-only) */
GtkWidget *herald_ways_step_new     (HeraldServiceLink *link);
gboolean   herald_ways_step_is_done (HeraldWaysStep    *self);

G_END_DECLS
