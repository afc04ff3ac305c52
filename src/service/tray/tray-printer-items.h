/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer.h"

G_BEGIN_DECLS

/* (transfer full): the items of one printer: what it does, what can be done to it, what can be seen of it.
 * @has_window: whether there is a window to show it in */
GMenu *herald_tray_printer_items_make      (HeraldPrinter *printer,
                                            gboolean       has_window,
                                            gint64         now_ms);
/* (transfer full): submenus with the same, behind one line each that says how it is doing.
 * @kept: (nullable): id → what was made for a printer; what looks the same is the same object as before, and what does not is
 *   that object with what is different changed */
GMenu *herald_tray_printer_items_make_list (GPtrArray     *printers,
                                            gboolean       has_window,
                                            gint64         now_ms,
                                            GHashTable    *kept);

/* (transfer full): an empty table of that kind; forget() drops those that are not in @printers any more */
GHashTable *herald_tray_printer_items_new_kept    (void);
void        herald_tray_printer_items_forget      (GHashTable *kept,
                                                   GListModel *printers);

G_END_DECLS
