/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/messages/message-item.h"
#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_MESSAGE_ROW (herald_message_row_get_type ())
G_DECLARE_FINAL_TYPE (HeraldMessageRow, herald_message_row, HERALD, MESSAGE_ROW, GtkListBoxRow)

/* Signals: switched (gboolean is_enabled), which whoever hears it does; edit */

GtkWidget         *herald_message_row_new      (HeraldServiceLink *link,
                                                HeraldMessageItem *item);
HeraldMessageItem *herald_message_row_get_item (HeraldMessageRow  *self);
/* Shows how it is set, after a switch was in vain */
void               herald_message_row_update   (HeraldMessageRow  *self);

G_END_DECLS
