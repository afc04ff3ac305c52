/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/tray/tray-menu.h"
#include "service/tray/tray-menu-tree.h"

G_BEGIN_DECLS

#define HERALD_TRAY_MENU_INTERFACE "com.canonical.dbusmenu"

struct _HeraldTrayMenu
{
  GObject parent_instance;

  GDBusConnection *connection;
  GMenuModel *model;
  GActionGroup *actions;
  guint registration_id;

  HeraldTrayMenuNode *root;
  GHashTable *ids;
  GHashTable *models;
  GHashTable *readers; /* unique name on the bus → id of a submenu → its n_changes when it was read */
  int last_id;
  guint revision;
  guint flush_id;
  guint shown_id;
};

/* tray-menu-calls.c */
extern const GDBusInterfaceVTable herald_tray_menu_vtable;

/* tray-menu.c */
gboolean herald_tray_menu_flush       (HeraldTrayMenu *self);
void     herald_tray_menu_emit_shown  (HeraldTrayMenu *self);
void     herald_tray_menu_emit_hidden (HeraldTrayMenu *self);

G_END_DECLS
