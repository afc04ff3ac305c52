/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/octoprint/octoprint-server.h"
#include "core/printers/printer-class.h"

G_BEGIN_DECLS

/* Asks OctoPrint what it calls the printer and what colour it has, and sets both on @printer; nothing
 * happens if the key may not know. */
void herald_octoprint_appearance_fetch (HeraldOctoprintServer  *server,
                                        HeraldPrinter          *printer,
                                        GCancellable           *cancellable);

G_END_DECLS
