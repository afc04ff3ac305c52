/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HERALD_TYPE_PRESENCE_IDLE_WATCH (herald_presence_idle_watch_get_type ())
G_DECLARE_FINAL_TYPE (HeraldPresenceIdleWatch, herald_presence_idle_watch, HERALD, PRESENCE_IDLE_WATCH, GObject)

/* Has Mutter, or Cinnamon’s Muffin, say when nobody has touched anything for a minute, and when somebody does again.
 * Signal: moved: so it is now. */
HeraldPresenceIdleWatch *herald_presence_idle_watch_new         (GDBusConnection         *connection);
/* Nothing is asked of anybody before it is wanted. */
void                     herald_presence_idle_watch_set_wanted  (HeraldPresenceIdleWatch *self,
                                                                 gboolean                 wanted);
gboolean                 herald_presence_idle_watch_is_watching (HeraldPresenceIdleWatch *self);

G_END_DECLS
