/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

/* Milliseconds since 1970: when the quiet hours end that we are in; 0 if we are in none. Property of the engine: quiet-until,
 * told at most some seconds late. */
gint64 herald_engine_get_quiet_until (HeraldEngine *self);

G_END_DECLS
