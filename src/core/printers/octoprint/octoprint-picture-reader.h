/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/octoprint/octoprint-server.h"
#include "core/printers/printer-class.h"

G_BEGIN_DECLS

/* Reads a source: of the printer's own server with its key; of any other with nothing of ours on the request, and
 * never an address of this computer that the server only meant as its own.
 * @server: (nullable): %NULL while there is no connection */
void    herald_octoprint_picture_reader_read_async  (HeraldPrinter               *printer,
                                                     HeraldOctoprintServer       *server,
                                                     HeraldHttpClient            *http,
                                                     const HeraldPictureSource   *source,
                                                     const HeraldPictureRequest  *request,
                                                     GCancellable                *cancellable,
                                                     GAsyncReadyCallback          callback,
                                                     gpointer                     user_data);
GBytes *herald_octoprint_picture_reader_read_finish (GAsyncResult                *result,
                                                     GError                     **error);

G_END_DECLS
