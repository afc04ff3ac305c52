/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "service/actions/launcher.h"
#include "service/tray/tray-watcher.h"

G_BEGIN_DECLS

#define HERALD_TYPE_TRAY_PRESENTER (herald_tray_presenter_get_type ())
G_DECLARE_FINAL_TYPE (HeraldTrayPresenter, herald_tray_presenter, HERALD, TRAY_PRESENTER, GObject)

/* Property, with notify: state (int, a HeraldTrayState). Signal: quit: the user wants the service to end. */
HeraldTrayPresenter *herald_tray_presenter_new       (HeraldEngine        *engine,
                                                      GDBusConnection     *connection,
                                                      HeraldLauncher      *launcher);
HeraldTrayState      herald_tray_presenter_get_state (HeraldTrayPresenter *self);

G_END_DECLS
