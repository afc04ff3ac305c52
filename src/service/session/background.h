/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "service/session/autostart.h"

G_BEGIN_DECLS

#define HERALD_TYPE_BACKGROUND (herald_background_get_type ())
G_DECLARE_FINAL_TYPE (HeraldBackground, herald_background, HERALD, BACKGROUND, GObject)

/* Running without a window in a sandbox: is allowed by the desktop, tells it what is being done where it lists such programs,
 * and keeps the computer awake through it. Outside of a sandbox there is nothing to do. */
HeraldBackground *herald_background_new (HeraldEngine    *engine,
                                         HeraldAutostart *autostart,
                                         GDBusConnection *connection);

G_END_DECLS
