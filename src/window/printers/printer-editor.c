/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-editor"

#include "window/printers/printer-editor.h"

#include "window/printers/add-window.h"
#include "window/printers/change-window.h"

void
herald_printer_editor_present (GtkWindow          *parent,
                               HeraldServiceLink  *link,
                               HeraldDBusPrinter1 *printer)
{
  gtk_window_present (printer == NULL ? herald_add_window_new (parent, link)
                                      : herald_change_window_new (parent, link, printer));
}
