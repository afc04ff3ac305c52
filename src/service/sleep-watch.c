/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-sleep-watch"

#include "service/sleep-watch.h"

/**
 * HeraldSleepWatch:
 *
 * What logind tells of sleeping and waking.
 */
struct _HeraldSleepWatch
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (HeraldSleepWatch, herald_sleep_watch, G_TYPE_OBJECT)

static void
herald_sleep_watch_class_init (HeraldSleepWatchClass *klass)
{
}

static void
herald_sleep_watch_init (HeraldSleepWatch *self)
{
}

HeraldSleepWatch *
herald_sleep_watch_new (HeraldEngine *engine)
{
  return g_object_new (HERALD_TYPE_SLEEP_WATCH, NULL);
}
