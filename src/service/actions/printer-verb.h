/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "service/actions/launcher.h"

G_BEGIN_DECLS

/* What a click on the tray or in a notification does to a printer. Nobody waits for the answer, so what fails is told in a
 * notification. @printer: an id; one that is gone is told, too. */
void herald_printer_verb_control           (HeraldEngine        *engine,
                                            const char          *printer,
                                            HeraldPrinterAction  action);
void herald_printer_verb_open              (HeraldEngine        *engine,
                                            HeraldLauncher      *launcher,
                                            const char          *printer,
                                            const char          *token);
void herald_printer_verb_picture           (HeraldEngine        *engine,
                                            HeraldLauncher      *launcher,
                                            const char          *printer,
                                            const char          *token);
void herald_printer_verb_mute_print        (HeraldEngine        *engine,
                                            const char          *printer);
/* For who was asked about one print and has answered while another one runs */
void herald_printer_verb_refuse_other_job  (HeraldEngine        *engine,
                                            const char          *printer);

G_END_DECLS
