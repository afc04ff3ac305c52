/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HeraldTrayState:
 * @HERALD_TRAY_ABSENT: nothing on this desktop collects icons
 * @HERALD_TRAY_HIDDEN: something collects them, but nobody draws them, or ours was refused
 * @HERALD_TRAY_SHOWN: the icon can be seen
 * @HERALD_TRAY_OFF: the user does not want one
 */
typedef enum
{
  HERALD_TRAY_ABSENT,
  HERALD_TRAY_HIDDEN,
  HERALD_TRAY_SHOWN,
  HERALD_TRAY_OFF,
} HeraldTrayState;

#define HERALD_TYPE_TRAY_WATCHER (herald_tray_watcher_get_type ())
G_DECLARE_FINAL_TYPE (HeraldTrayWatcher, herald_tray_watcher, HERALD, TRAY_WATCHER, GObject)

/* Property, with notify: state (int, a HeraldTrayState; never HERALD_TRAY_OFF).
 * @item_path: object on @connection that is registered whenever a watcher appears */
HeraldTrayWatcher *herald_tray_watcher_new       (GDBusConnection   *connection,
                                                  const char        *item_path);
HeraldTrayState    herald_tray_watcher_get_state (HeraldTrayWatcher *self);

G_END_DECLS
