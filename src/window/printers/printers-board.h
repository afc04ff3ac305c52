/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/printers/printer-order.h"
#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_PRINTERS_BOARD (herald_printers_board_get_type ())
G_DECLARE_FINAL_TYPE (HeraldPrintersBoard, herald_printers_board, HERALD, PRINTERS_BOARD, AdwBin)

/* Signals: "changed": how many cards there are, or how one of the printers is doing */
void     herald_printers_board_set_link  (HeraldPrintersBoard *self,
                                          HeraldServiceLink   *link);
void     herald_printers_board_set_order (HeraldPrintersBoard *self,
                                          HeraldPrinterOrder   order);
/* Returns: whether there is a card of it that has the focus now */
gboolean herald_printers_board_focus     (HeraldPrintersBoard *self,
                                          const char          *id);
guint    herald_printers_board_count     (HeraldPrintersBoard *self);
/* E.g. “8 printers · 2 printing” (transfer full) */
char    *herald_printers_board_dup_words (HeraldPrintersBoard *self);

G_END_DECLS
