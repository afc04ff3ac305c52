/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-item"

#include "service/tray/tray-item.h"

/**
 * HeraldTrayItem:
 *
 * The icon as panels see it.
 */
struct _HeraldTrayItem
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (HeraldTrayItem, herald_tray_item, G_TYPE_OBJECT)

static void
herald_tray_item_class_init (HeraldTrayItemClass *klass)
{
}

static void
herald_tray_item_init (HeraldTrayItem *self)
{
}

HeraldTrayItem *
herald_tray_item_new (GDBusConnection *connection,
                      const char      *menu_path)
{
  return g_object_new (HERALD_TYPE_TRAY_ITEM, NULL);
}

gboolean
herald_tray_item_export (HeraldTrayItem  *self,
                         GError         **error)
{
  return TRUE;
}

void
herald_tray_item_unexport (HeraldTrayItem *self)
{
}

void
herald_tray_item_set_look (HeraldTrayItem       *self,
                           const HeraldTrayLook *look)
{
}

char *
herald_tray_item_steal_token (HeraldTrayItem *self)
{
  return NULL;
}
