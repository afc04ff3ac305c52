/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer.h"

G_BEGIN_DECLS

/* Which print a question in the menu is about: between it and the answer another one may have begun, even of the same file. */

/* From now on it is noticed when a print begins or ends. */
void  herald_tray_print_follow  (HeraldPrinter *printer);
/* (transfer full): tells what is printed now from what is printed at another time; empty if nothing is */
char *herald_tray_print_dup_key (HeraldPrinter *printer);

G_END_DECLS
