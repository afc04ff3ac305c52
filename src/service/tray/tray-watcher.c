/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-watcher"

#include "service/tray/tray-watcher.h"

/**
 * HeraldTrayWatcher:
 *
 * Finds who collects icons.
 */
struct _HeraldTrayWatcher
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (HeraldTrayWatcher, herald_tray_watcher, G_TYPE_OBJECT)

static void
herald_tray_watcher_class_init (HeraldTrayWatcherClass *klass)
{
}

static void
herald_tray_watcher_init (HeraldTrayWatcher *self)
{
}

HeraldTrayWatcher *
herald_tray_watcher_new (GDBusConnection *connection,
                         const char      *item_path)
{
  return g_object_new (HERALD_TYPE_TRAY_WATCHER, NULL);
}

HeraldTrayState
herald_tray_watcher_get_state (HeraldTrayWatcher *self)
{
  return HERALD_TRAY_ABSENT;
}
