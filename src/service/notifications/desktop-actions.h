/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "service/actions/launcher.h"

G_BEGIN_DECLS

#define HERALD_TYPE_DESKTOP_ACTIONS (herald_desktop_actions_get_type ())
G_DECLARE_FINAL_TYPE (HeraldDesktopActions, herald_desktop_actions, HERALD, DESKTOP_ACTIONS, GObject)

/* Does what the buttons of notifications promise, for all channels of the type desktop. */
HeraldDesktopActions *herald_desktop_actions_new (HeraldEngine    *engine,
                                                  GDBusConnection *connection,
                                                  HeraldLauncher  *launcher);

G_END_DECLS
