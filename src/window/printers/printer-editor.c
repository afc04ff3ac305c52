/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-editor"

#include "window/printers/printer-editor.h"

void
herald_printer_editor_present (GtkWindow          *parent,
                               HeraldServiceLink  *link,
                               HeraldDBusPrinter1 *printer)
{
}
