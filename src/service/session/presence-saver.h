/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/routing/presence.h"

G_BEGIN_DECLS

#define HERALD_TYPE_PRESENCE_SAVER (herald_presence_saver_get_type ())
G_DECLARE_FINAL_TYPE (HeraldPresenceSaver, herald_presence_saver, HERALD, PRESENCE_SAVER, GObject)

/* Whether a screen saver of the desktop is on.
 * Signal: changed. */
HeraldPresenceSaver *herald_presence_saver_new      (GDBusConnection     *connection);
void                 herald_presence_saver_get_clue (HeraldPresenceSaver *self,
                                                     HeraldPresenceClue  *clue);

G_END_DECLS
