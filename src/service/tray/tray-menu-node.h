/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  HERALD_TRAY_MENU_ITEM,
  HERALD_TRAY_MENU_CHECK,
  HERALD_TRAY_MENU_RADIO,
  HERALD_TRAY_MENU_SEPARATOR,
  HERALD_TRAY_MENU_SUBMENU,
} HeraldTrayMenuKind;

/**
 * HeraldTrayMenuNode:
 * @id: number on the bus; 0 for the menu itself
 * @identity: what it is: two nodes with the same may be the same one at two times
 * @label: as a person reads it, without mnemonics
 * @icon: (nullable): serialized #GIcon
 * @action: (nullable): name in the group of actions; without one it does nothing
 * @target: (nullable): for @action
 * @can_be_told: whether @action is there and takes @target; who clicks on what has just become grey is told why
 * @children: (nullable): of a submenu and of the menu itself
 * @has_changed: whether it has other children than when it was told first
 *
 * An item of the menu as it was told to panels.
 */
typedef struct
{
  int id;
  HeraldTrayMenuKind kind;
  char *identity;
  char *label;
  GVariant *icon;
  gboolean enabled;
  gboolean is_toggled;
  char *action;
  GVariant *target;
  gboolean can_be_told;
  GPtrArray *children;
  gboolean has_changed;
} HeraldTrayMenuNode;

HeraldTrayMenuNode *herald_tray_menu_node_new    (HeraldTrayMenuKind        kind);
void                herald_tray_menu_node_free   (HeraldTrayMenuNode       *self);

/* @names: (nullable): the wished properties; none or an empty list means all */
GVariant           *herald_tray_menu_node_get_properties (const HeraldTrayMenuNode *self,
                                                          const char *const        *names);
GVariant           *herald_tray_menu_node_get_property   (const HeraldTrayMenuNode *self,
                                                          const char               *name);
GVariant           *herald_tray_menu_node_get_layout     (const HeraldTrayMenuNode *self,
                                                          int                       depth,
                                                          const char *const        *names);
gboolean            herald_tray_menu_node_compare        (const HeraldTrayMenuNode *before,
                                                          const HeraldTrayMenuNode *after,
                                                          GVariantBuilder          *updated,
                                                          GVariantBuilder          *removed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldTrayMenuNode, herald_tray_menu_node_free)

G_END_DECLS
