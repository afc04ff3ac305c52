/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-menu"

#include "service/tray/tray-menu.h"

/**
 * HeraldTrayMenu:
 *
 * The menu as panels see it.
 */
struct _HeraldTrayMenu
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (HeraldTrayMenu, herald_tray_menu, G_TYPE_OBJECT)

static void
herald_tray_menu_class_init (HeraldTrayMenuClass *klass)
{
}

static void
herald_tray_menu_init (HeraldTrayMenu *self)
{
}

HeraldTrayMenu *
herald_tray_menu_new (GDBusConnection *connection,
                      GMenuModel      *model,
                      GActionGroup    *actions)
{
  return g_object_new (HERALD_TYPE_TRAY_MENU, NULL);
}

gboolean
herald_tray_menu_export (HeraldTrayMenu  *self,
                         GError         **error)
{
  return TRUE;
}

void
herald_tray_menu_unexport (HeraldTrayMenu *self)
{
}
