/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "herald-dbus.h"

G_BEGIN_DECLS

#define HERALD_TYPE_PRINTER_CARD (herald_printer_card_get_type ())
G_DECLARE_FINAL_TYPE (HeraldPrinterCard, herald_printer_card, HERALD, PRINTER_CARD, GtkWidget)

/* Signals: "situation-changed": something happened to it, not just to its figures; "change", "remove": somebody wants that */
GtkWidget          *herald_printer_card_new         (HeraldDBusPrinter1 *printer);
HeraldDBusPrinter1 *herald_printer_card_get_printer (HeraldPrinterCard  *self);
/* Whether only the most important is shown until somebody unfolds it */
void                herald_printer_card_set_compact (HeraldPrinterCard  *self,
                                                     gboolean            is_compact);
/* A moment of the page, about every second, while the card is in sight */
void                herald_printer_card_tick        (HeraldPrinterCard  *self,
                                                     gint64              now_ms);

G_END_DECLS
