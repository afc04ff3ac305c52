/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "herald-dbus.h"

G_BEGIN_DECLS

#define HERALD_TYPE_DESKTOP_SESSION (herald_desktop_session_get_type ())
G_DECLARE_FINAL_TYPE (HeraldDesktopSession, herald_desktop_session, HERALD, DESKTOP_SESSION, GObject)

/* Signal: quit: the user wants the service to end.
 * @object: where it is told to other programs */
HeraldDesktopSession *herald_desktop_session_new (HeraldEngine       *engine,
                                                  GDBusConnection    *connection,
                                                  HeraldDBusService1 *object);

G_END_DECLS
