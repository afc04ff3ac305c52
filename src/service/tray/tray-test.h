/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

/* Sends a test message through a channel, or through all that are switched on, and tells in a notification what became of it:
 * nobody has a window open in which to read it. */
void herald_tray_test_send     (HeraldEngine *engine,
                                const char   *channel,
                                GCancellable *cancellable);
void herald_tray_test_send_all (HeraldEngine *engine,
                                GCancellable *cancellable);

G_END_DECLS
