/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl/output.h"
#include "herald-dbus.h"

G_BEGIN_DECLS

void herald_printer_row_add_json  (JsonBuilder        *builder,
                                   HeraldDBusPrinter1 *printer);
void herald_printer_row_add_array (JsonBuilder        *builder,
                                   GPtrArray          *printers);
void herald_printer_row_print     (GPtrArray          *printers);
void herald_printer_row_print_one (HeraldDBusPrinter1 *printer);

/* @certificate: an a{ss} as on the bus; adds the member `certificate` */
void herald_printer_row_add_certificate (JsonBuilder  *builder,
                                         GVariant     *certificate);

G_END_DECLS
