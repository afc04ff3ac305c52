/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

#define HERALD_TYPE_PORTAL_INHIBIT (herald_portal_inhibit_get_type ())
G_DECLARE_FINAL_TYPE (HeraldPortalInhibit, herald_portal_inhibit, HERALD, PORTAL_INHIBIT, GObject)

/* Keeps the computer awake while a message waits, if the user wants that, from within a sandbox */
HeraldPortalInhibit *herald_portal_inhibit_new (HeraldEngine    *engine,
                                                GDBusConnection *connection);

G_END_DECLS
