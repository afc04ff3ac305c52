/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HERALD_TRAY_MENU_PATH "/MenuBar"

#define HERALD_TYPE_TRAY_MENU (herald_tray_menu_get_type ())
G_DECLARE_FINAL_TYPE (HeraldTrayMenu, herald_tray_menu, HERALD, TRAY_MENU, GObject)

/* Shows @model on the bus as com.canonical.dbusmenu. Actions are looked for in @actions by the name after the first point
 * (“tray.pause” is “pause”); an item without an action is a line of text. Changes of the model and of the actions are told
 * once the main loop is idle, and only if they can be seen.
 * Signal: shown: somebody is about to see it. */
HeraldTrayMenu *herald_tray_menu_new      (GDBusConnection  *connection,
                                           GMenuModel       *model,
                                           GActionGroup     *actions);
gboolean        herald_tray_menu_export   (HeraldTrayMenu   *self,
                                           GError          **error);
void            herald_tray_menu_unexport (HeraldTrayMenu   *self);

G_END_DECLS
