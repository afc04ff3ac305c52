/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/store/config.h"
#include "core/store/preferences.h"

G_BEGIN_DECLS

#define HERALD_AUTOSTART_NAME "autostart"

#define HERALD_TYPE_AUTOSTART (herald_autostart_get_type ())
G_DECLARE_FINAL_TYPE (HeraldAutostart, herald_autostart, HERALD, AUTOSTART, GObject)

/* Signal: changed: whether it is enabled, or why it cannot be. */
HeraldAutostart        *herald_autostart_new            (HeraldConfig         *config);
/* The row of this preference, which is in no table of the core: where it stands depends on the desktop. */
const HeraldPreference *herald_autostart_get_preference (void);
gboolean                herald_autostart_get_enabled    (HeraldAutostart      *self);
/* (nullable): why it cannot be changed here, one sentence */
const char             *herald_autostart_get_problem    (HeraldAutostart      *self);
void                    herald_autostart_look_again     (HeraldAutostart      *self);
/* In a sandbox, tells a new session what the user has chosen. */
void                    herald_autostart_begin          (HeraldAutostart      *self,
                                                         GDBusConnection      *connection);
void                    herald_autostart_set_async      (HeraldAutostart      *self,
                                                         GDBusConnection      *connection,
                                                         gboolean              enabled,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
gboolean                herald_autostart_set_finish     (HeraldAutostart      *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);

G_END_DECLS
