/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-desktop-actions"

#include "service/desktop-actions.h"

/**
 * HeraldDesktopActions:
 *
 * Does what the buttons of notifications promise.
 */
struct _HeraldDesktopActions
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (HeraldDesktopActions, herald_desktop_actions, G_TYPE_OBJECT)

static void
herald_desktop_actions_class_init (HeraldDesktopActionsClass *klass)
{
}

static void
herald_desktop_actions_init (HeraldDesktopActions *self)
{
}

HeraldDesktopActions *
herald_desktop_actions_new (HeraldEngine   *engine,
                            HeraldLauncher *launcher)
{
  return g_object_new (HERALD_TYPE_DESKTOP_ACTIONS, NULL);
}
