/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HERALD_TYPE_PRESENCE_IDLE_TIME (herald_presence_idle_time_get_type ())
G_DECLARE_FINAL_TYPE (HeraldPresenceIdleTime, herald_presence_idle_time, HERALD, PRESENCE_IDLE_TIME, GObject)

/* When keyboard or mouse were used last, where the desktop tells.
 * Signal: changed: there is another one to ask, or none. */
HeraldPresenceIdleTime *herald_presence_idle_time_new        (GDBusConnection         *connection);
gboolean                herald_presence_idle_time_can_ask    (HeraldPresenceIdleTime  *self);
void                    herald_presence_idle_time_ask_async  (HeraldPresenceIdleTime  *self,
                                                              GCancellable            *cancellable,
                                                              GAsyncReadyCallback      callback,
                                                              gpointer                 user_data);
/* The moment, milliseconds on the clock of this boot; 0 if nobody says so who can be believed */
gint64                  herald_presence_idle_time_ask_finish (HeraldPresenceIdleTime  *self,
                                                              GAsyncResult            *result,
                                                              GError                 **error);

G_END_DECLS
