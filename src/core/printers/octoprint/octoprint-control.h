/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/octoprint/octoprint-server.h"
#include "core/printers/printer-class.h"

G_BEGIN_DECLS

/* Has OctoPrint do something, and waits until the state of @printer shows it: that OctoPrint takes a
 * command does not mean that the printer follows it.
 * @server: (nullable): %NULL while there is no connection */
void     herald_octoprint_control_async  (HeraldPrinter          *printer,
                                          HeraldOctoprintServer  *server,
                                          HeraldPrinterAction     action,
                                          GCancellable           *cancellable,
                                          GAsyncReadyCallback     callback,
                                          gpointer                user_data);
/* FALSE with REJECTED (not now, or it did not happen), UNAUTHORIZED, or what sending can fail with */
gboolean herald_octoprint_control_finish (GAsyncResult           *result,
                                          GError                **error);

G_END_DECLS
