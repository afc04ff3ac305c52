/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_PRINTERS_PAGE (herald_printers_page_get_type ())
G_DECLARE_FINAL_TYPE (HeraldPrintersPage, herald_printers_page, HERALD, PRINTERS_PAGE, AdwBin)

GtkWidget *herald_printers_page_new (HeraldServiceLink *link);
/* Brings the card of a printer into sight and gives it the focus, as soon as there is one */
void herald_printers_page_show_printer (HeraldPrintersPage *self,
                                        const char         *id);

G_END_DECLS
