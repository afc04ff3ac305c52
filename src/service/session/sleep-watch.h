/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

#define HERALD_TYPE_SLEEP_WATCH (herald_sleep_watch_get_type ())
G_DECLARE_FINAL_TYPE (HeraldSleepWatch, herald_sleep_watch, HERALD, SLEEP_WATCH, GObject)

/* Lets the engine prepare before the computer sleeps, and go on at once when it is awake again, where logind tells; and
 * keeps it awake while a message waits, if the user wants that. Needs the system bus only. */
HeraldSleepWatch *herald_sleep_watch_new (HeraldEngine *engine);

G_END_DECLS
