/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer.h"
#include "herald-dbus.h"

G_BEGIN_DECLS

gboolean herald_printer_properties_update         (HeraldDBusPrinter1 *object,
                                                   HeraldPrinter      *printer);
void     herald_printer_properties_update_figures (HeraldDBusPrinter1 *object,
                                                   HeraldPrinter      *printer);

G_END_DECLS
