/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-presence-watch"

#include "service/presence-watch.h"

/**
 * HeraldPresenceWatch:
 *
 * Whether somebody sits at this computer.
 */
struct _HeraldPresenceWatch
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (HeraldPresenceWatch, herald_presence_watch, G_TYPE_OBJECT)

static void
herald_presence_watch_class_init (HeraldPresenceWatchClass *klass)
{
}

static void
herald_presence_watch_init (HeraldPresenceWatch *self)
{
}

HeraldPresenceWatch *
herald_presence_watch_new (HeraldEngine    *engine,
                           GDBusConnection *connection)
{
  return g_object_new (HERALD_TYPE_PRESENCE_WATCH, NULL);
}

const char *
herald_presence_watch_get_state (HeraldPresenceWatch *self)
{
  return "unknown";
}
