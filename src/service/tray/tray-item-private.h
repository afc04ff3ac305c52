/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/tray/tray-item.h"

G_BEGIN_DECLS

struct _HeraldTrayItem
{
  GObject parent_instance;

  GDBusConnection *connection;
  char *menu_path;
  guint registration_id;

  char *title;
  char *tooltip;
  char *markup;
  char *description;
  GVariant *pixmaps;
  gboolean needs_attention;
  char *token;

  /* While the menu is open, the tooltip waits. */
  guint hold_id;
  char *next_tooltip;
  char *next_markup;
};

/* tray-item-properties.c */
GVariant   *herald_tray_item_get_value       (GDBusConnection  *connection,
                                              const char       *sender,
                                              const char       *path,
                                              const char       *interface,
                                              const char       *name,
                                              GError          **error,
                                              gpointer          user_data);
const char *herald_tray_item_name_status     (HeraldTrayItem   *self);
GVariant   *herald_tray_item_make_no_pixmaps (void);

G_END_DECLS
