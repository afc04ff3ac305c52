/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

#define HERALD_TYPE_PRESENCE_WATCH (herald_presence_watch_get_type ())
G_DECLARE_FINAL_TYPE (HeraldPresenceWatch, herald_presence_watch, HERALD, PRESENCE_WATCH, GObject)

/* Tells the engine whether somebody sits at this computer, as far as the desktop says so. Property, with notify: state
 * (string: present, idle, locked or unknown). */
HeraldPresenceWatch *herald_presence_watch_new (HeraldEngine    *engine,
                                                GDBusConnection *connection);
const char          *herald_presence_watch_get_state (HeraldPresenceWatch *self);

G_END_DECLS
