/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "service/actions/launcher.h"
#include "service/tray/tray-item.h"

G_BEGIN_DECLS

#define HERALD_TYPE_TRAY_ACTIONS (herald_tray_actions_get_type ())
G_DECLARE_FINAL_TYPE (HeraldTrayActions, herald_tray_actions, HERALD, TRAY_ACTIONS, GObject)

/* A GActionGroup. Signal: quit: the user wants the service to end.
 * @item: whose token lets a window come to the front */
HeraldTrayActions *herald_tray_actions_new      (HeraldEngine      *engine,
                                                 HeraldLauncher    *launcher,
                                                 HeraldTrayItem    *item);
/* Tells which actions have come to make sense, or do not any more. */
void               herald_tray_actions_refresh  (HeraldTrayActions *self);

G_END_DECLS
