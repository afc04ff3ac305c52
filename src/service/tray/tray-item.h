/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HERALD_TRAY_ITEM_PATH "/StatusNotifierItem"

/**
 * HeraldTrayLook:
 * @title: what it is, e.g. “OctoHerald”
 * @tooltip: one line, plain text
 * @details: (nullable): more lines, plain text
 * @description: (nullable): the icon in words, for who cannot see it
 * @needs_attention: whether a panel shall make much of it
 * @pixmaps: (nullable): a(iiay): width, height, ARGB32 in network byte order; of several sizes
 *
 * All that can be seen of the item.
 */
typedef struct
{
  const char *title;
  const char *tooltip;
  const char *details;
  const char *description;
  gboolean needs_attention;
  GVariant *pixmaps;
} HeraldTrayLook;

#define HERALD_TYPE_TRAY_ITEM (herald_tray_item_get_type ())
G_DECLARE_FINAL_TYPE (HeraldTrayItem, herald_tray_item, HERALD, TRAY_ITEM, GObject)

/* Signals: activate (const char *token) and secondary-activate (const char *token): clicked; the token lets a window come to
 * the front, and may be empty. */
HeraldTrayItem *herald_tray_item_new      (GDBusConnection       *connection,
                                           const char            *menu_path);
gboolean        herald_tray_item_export   (HeraldTrayItem        *self,
                                           GError               **error);
/* Only what differs is told. */
void            herald_tray_item_set_look (HeraldTrayItem        *self,
                                           const HeraldTrayLook  *look);
/* For when #HeraldTrayMenu says that it is shown or hidden */
void            herald_tray_item_set_menu_open (HeraldTrayItem   *self,
                                                gboolean          is_open);
/* (nullable): of the last click; taken once */
char           *herald_tray_item_steal_token (HeraldTrayItem     *self);

G_END_DECLS
