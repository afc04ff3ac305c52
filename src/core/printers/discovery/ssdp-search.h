/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Asks the devices of the local network where their descriptions are, and listens to the answers for
 * @duration_ms. @destination: (nullable): one device; NULL asks all of them, over every interface. */
void       herald_ssdp_search_async  (GSocketAddress       *destination,
                                      guint                 duration_ms,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
/* Returns (transfer full) (element-type utf8): http addresses, each once and on the computer that told
 * it; often none. UNREACHABLE if nothing could be asked at all */
GPtrArray *herald_ssdp_search_finish (GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
