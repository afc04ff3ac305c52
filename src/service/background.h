/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

#define HERALD_TYPE_BACKGROUND (herald_background_get_type ())
G_DECLARE_FINAL_TYPE (HeraldBackground, herald_background, HERALD, BACKGROUND, GObject)

/* Running without a window: is begun with the session if the user wants that (portal in a sandbox, a file outside), and
 * tells a desktop that lists such programs what it is doing. */
HeraldBackground *herald_background_new (HeraldEngine    *engine,
                                         GDBusConnection *connection);

G_END_DECLS
