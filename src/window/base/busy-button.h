/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HERALD_TYPE_BUSY_BUTTON (herald_busy_button_get_type ())
G_DECLARE_FINAL_TYPE (HeraldBusyButton, herald_busy_button, HERALD, BUSY_BUTTON, GtkButton)

/* Properties: text (with a mnemonic), busy */
GtkWidget *herald_busy_button_new      (const char       *text);
void       herald_busy_button_set_busy (HeraldBusyButton *self,
                                        gboolean          is_busy);
gboolean   herald_busy_button_get_busy (HeraldBusyButton *self);

G_END_DECLS
