/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "herald-dbus.h"

G_BEGIN_DECLS

#define HERALD_TYPE_PRINTER_ROW (herald_printer_row_get_type ())
G_DECLARE_FINAL_TYPE (HeraldPrinterRow, herald_printer_row, HERALD, PRINTER_ROW, GtkListBoxRow)

GtkWidget *herald_printer_row_new (HeraldDBusPrinter1 *printer);

G_END_DECLS
