/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Collects the services of @service_type (`_http._tcp`) that Avahi knows or hears of within @duration_ms. */
void       herald_avahi_browse_async  (const char           *service_type,
                                       guint                 duration_ms,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
/* Returns (transfer full) (element-type HeraldNetworkService): one for each address a service is
 * found at, often none. UNREACHABLE if there is no Avahi or it does not answer */
GPtrArray *herald_avahi_browse_finish (GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
