/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/tray/tray-menu-node.h"

G_BEGIN_DECLS

/* More than anybody can read, and what a flood of printers may cost at most. */
#define HERALD_TRAY_MENU_MAX_ITEMS 20000

/* What panels have to be told of a change. */
typedef struct
{
  GVariantBuilder updated;
  GVariantBuilder removed;
  gboolean has_properties;
  int layout_parent;
} HeraldTrayMenuChange;

#define HERALD_TRAY_MENU_NO_LAYOUT -1

/* (transfer full): the menu itself, without numbers; @models: (element-type GMenuModel): set to which all that was read is
 * added */
HeraldTrayMenuNode *herald_tray_menu_tree_read   (GMenuModel           *model,
                                                  GActionGroup         *actions,
                                                  GHashTable           *models);
void                herald_tray_menu_tree_merge  (HeraldTrayMenuNode   *before,
                                                  HeraldTrayMenuNode   *after,
                                                  int                  *last_id,
                                                  HeraldTrayMenuChange *change);
/* @ids: set of int → node to which @self and all below it are added */
void                herald_tray_menu_tree_index  (HeraldTrayMenuNode   *self,
                                                  GHashTable           *ids);

void                herald_tray_menu_change_init  (HeraldTrayMenuChange *self);
void                herald_tray_menu_change_clear (HeraldTrayMenuChange *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HeraldTrayMenuChange, herald_tray_menu_change_clear)

G_END_DECLS
