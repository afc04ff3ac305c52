/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_PRINTER_CHOICE (herald_printer_choice_get_type ())
G_DECLARE_FINAL_TYPE (HeraldPrinterChoice, herald_printer_choice, HERALD, PRINTER_CHOICE, AdwComboRow)

/* Signal: chosen, when another one is, or when there are others to choose from */

void        herald_printer_choice_set_link    (HeraldPrinterChoice *self,
                                               HeraldServiceLink   *link);
/* The id of a printer; empty for all of them */
const char *herald_printer_choice_get_printer (HeraldPrinterChoice *self);
/* Whether there is such a printer still */
gboolean    herald_printer_choice_choose      (HeraldPrinterChoice *self,
                                               const char          *printer);
guint       herald_printer_choice_count       (HeraldPrinterChoice *self);

G_END_DECLS
