/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HERALD_TYPE_MESSAGE_ITEM (herald_message_item_get_type ())
G_DECLARE_FINAL_TYPE (HeraldMessageItem, herald_message_item, HERALD, MESSAGE_ITEM, GObject)

/* Signal: changed, when it is set otherwise or reads otherwise */

/* @row: of ListMessages; @printer: whose message it is, empty for that of all */
HeraldMessageItem *herald_message_item_new           (GVariant          *row,
                                                      const char        *printer);
void               herald_message_item_set_row       (HeraldMessageItem *self,
                                                      GVariant          *row);
void               herald_message_item_set_rendering (HeraldMessageItem *self,
                                                      GVariant          *rendering);

const char        *herald_message_item_get_kind      (HeraldMessageItem *self);
const char        *herald_message_item_get_name      (HeraldMessageItem *self);
const char        *herald_message_item_get_printer   (HeraldMessageItem *self);
gboolean           herald_message_item_get_enabled   (HeraldMessageItem *self);
gboolean           herald_message_item_has_own       (HeraldMessageItem *self);
/* A text of the row: kind, name, group …, or a setting as SetMessage takes it; empty if it has none */
const char        *herald_message_item_get           (HeraldMessageItem *self,
                                                      const char        *name);
/* (transfer full) (nullable): a value of the row, checked for its type */
GVariant          *herald_message_item_lookup        (HeraldMessageItem *self,
                                                      const char        *name,
                                                      const char        *type);
/* (transfer none) (nullable): what Render has answered last */
GVariant          *herald_message_item_get_rendering (HeraldMessageItem *self);

G_END_DECLS
