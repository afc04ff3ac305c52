/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HERALD_TRAY_MENU_PATH "/MenuBar"

/* Attribute (string) of an item of the model: who it is among its neighbours. With it an item keeps its number on the bus, and
 * so stays open under the mouse, while its label changes. Without, an item is its action and target, and a submenu is the
 * first such item in it. */
#define HERALD_TRAY_MENU_KEY "x-herald-key"

#define HERALD_TYPE_TRAY_MENU (herald_tray_menu_get_type ())
G_DECLARE_FINAL_TYPE (HeraldTrayMenu, herald_tray_menu, HERALD, TRAY_MENU, GObject)

/* Shows @model on the bus as com.canonical.dbusmenu. Actions are looked for in @actions by the name after the first point
 * (“tray.pause” is “pause”); an item without an action is a line of text. An underscore in a label is an underscore, labels
 * have no mnemonics. Changes of the model and of the actions are told once the main loop is idle, and only if they can be seen.
 * Signals: shown: somebody is about to see it or one of its submenus; what is changed in its handler is already shown. Not more
 * often than four times a second. hidden: it was closed or something chosen; not all panels say so. */
HeraldTrayMenu *herald_tray_menu_new      (GDBusConnection  *connection,
                                           GMenuModel       *model,
                                           GActionGroup     *actions);
gboolean        herald_tray_menu_export   (HeraldTrayMenu   *self,
                                           GError          **error);
void            herald_tray_menu_unexport (HeraldTrayMenu   *self);

G_END_DECLS
