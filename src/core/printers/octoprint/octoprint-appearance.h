/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/octoprint/octoprint-server.h"
#include "core/printers/printer-class.h"

G_BEGIN_DECLS

/* Asks OctoPrint what it calls the printer, what colour it has and which cameras there are, and sets that on
 * @printer; nothing happens if the key may not know. */
void     herald_octoprint_appearance_fetch      (HeraldOctoprintServer  *server,
                                                 HeraldPrinter          *printer,
                                                 GCancellable           *cancellable);

/* The same for somebody who waits for it */
void     herald_octoprint_appearance_ask_async  (HeraldOctoprintServer  *server,
                                                 GCancellable           *cancellable,
                                                 GAsyncReadyCallback     callback,
                                                 gpointer                user_data);
gboolean herald_octoprint_appearance_ask_finish (HeraldPrinter          *printer,
                                                 GAsyncResult           *result,
                                                 GError                **error);

G_END_DECLS
