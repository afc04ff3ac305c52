/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tray-menu-session.h"

/* A panel that keeps what it knows of an item by its number, as the one of GNOME does: after a change of the layout it reads
 * only numbers and kinds of items it knows, and asks for the rest of new ones alone. Whatever is done to the menu, by chance
 * and for long, this panel must show what the menu is, and no number may ever mean something else. */
typedef struct
{
  TrayMenuSession *session;
  GHashTable *items;
  GHashTable *meanings;
  GVariant *tree;
  gboolean is_old;
} TrayMenuMirror;

void tray_menu_mirror_set_up      (TrayMenuMirror  *mirror,
                                   TrayMenuSession *session);
void tray_menu_mirror_tear_down   (TrayMenuMirror  *mirror);
/* As a panel does after a change */
void tray_menu_mirror_catch_up    (TrayMenuMirror  *mirror);
void tray_menu_mirror_assert_true (TrayMenuMirror  *mirror);
