/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "herald-dbus.h"

G_BEGIN_DECLS

#define HERALD_TYPE_CARD_MENU (herald_card_menu_get_type ())
G_DECLARE_FINAL_TYPE (HeraldCardMenu, herald_card_menu, HERALD, CARD_MENU, GObject)

/* Signals: "check", "change", "remove": somebody wants that */
HeraldCardMenu *herald_card_menu_new    (GtkWidget          *card,
                                         HeraldDBusPrinter1 *printer);
/* After the printer has changed */
void            herald_card_menu_update (HeraldCardMenu     *self);

G_END_DECLS
