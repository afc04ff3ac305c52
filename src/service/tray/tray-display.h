/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "service/actions/launcher.h"
#include "service/tray/tray-watcher.h"

G_BEGIN_DECLS

#define HERALD_TYPE_TRAY_DISPLAY (herald_tray_display_get_type ())
G_DECLARE_FINAL_TYPE (HeraldTrayDisplay, herald_tray_display, HERALD, TRAY_DISPLAY, GObject)

/* Property, with notify: state (int, a HeraldTrayState; never HERALD_TRAY_OFF). Signal: quit: the user wants the service to
 * end. */
HeraldTrayDisplay *herald_tray_display_new       (HeraldEngine      *engine,
                                                  GDBusConnection   *connection,
                                                  HeraldLauncher    *launcher);
HeraldTrayState    herald_tray_display_get_state (HeraldTrayDisplay *self);

G_END_DECLS
