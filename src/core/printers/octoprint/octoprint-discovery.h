/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/http-client.h"
#include "core/printers/found-printer.h"

G_BEGIN_DECLS

/* Looks for OctoPrint in the local network: by mDNS through Avahi where there is one, and by SSDP.
 * One server is one result, by whichever names and ways it was found. Takes about five seconds. */
void       herald_octoprint_discovery_async  (HeraldHttpClient     *http,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
/* Returns (transfer full) (element-type HeraldFoundPrinter): sorted by name, often empty; an
 * error only if it could not look at all (no network, no socket) */
GPtrArray *herald_octoprint_discovery_finish (GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
