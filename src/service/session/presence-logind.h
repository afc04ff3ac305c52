/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/routing/presence.h"

G_BEGIN_DECLS

#define HERALD_TYPE_PRESENCE_LOGIND (herald_presence_logind_get_type ())
G_DECLARE_FINAL_TYPE (HeraldPresenceLogind, herald_presence_logind, HERALD, PRESENCE_LOGIND, GObject)

/* What logind knows of the desktop of this user: the lock, and whether it calls itself idle.
 * Signal: changed. */
HeraldPresenceLogind *herald_presence_logind_new       (void);
void                  herald_presence_logind_get_clues (HeraldPresenceLogind *self,
                                                        HeraldPresenceClues  *clues);

G_END_DECLS
