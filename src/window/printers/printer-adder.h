/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_PRINTER_ADDER (herald_printer_adder_get_type ())
G_DECLARE_FINAL_TYPE (HeraldPrinterAdder, herald_printer_adder, HERALD, PRINTER_ADDER, AdwBin)

/* Properties, read-only: arrived (a printer was added and is being watched), choosing (whether it shows where to choose one) */
GtkWidget *herald_printer_adder_new         (HeraldServiceLink  *link);
/* Whether the way back leads to the choice, which it then shows */
gboolean   herald_printer_adder_go_back     (HeraldPrinterAdder *self);
gboolean   herald_printer_adder_has_arrived (HeraldPrinterAdder *self);
gboolean   herald_printer_adder_is_choosing (HeraldPrinterAdder *self);
/* Also what another program knows; only in the main window, which does it */
void       herald_printer_adder_offer_others (HeraldPrinterAdder *self);

G_END_DECLS
