/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer.h"

G_BEGIN_DECLS

/* (transfer full): the items of one printer: what it does, what can be done to it, what can be seen of it.
 * @has_window: whether there is a window to show it in */
GMenu *herald_tray_printer_items_make      (HeraldPrinter *printer,
                                            gboolean       has_window,
                                            gint64         now_ms);
/* (transfer full): the same behind one line that says how it is doing */
GMenu *herald_tray_printer_items_make_list (GPtrArray     *printers,
                                            gboolean       has_window,
                                            gint64         now_ms);

G_END_DECLS
