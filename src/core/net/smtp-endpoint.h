/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void               herald_smtp_endpoint_dial_async   (const char           *host,
                                                      guint16               port,
                                                      gboolean              direct,
                                                      guint                 limit_ms,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
GSocketConnection *herald_smtp_endpoint_dial_finish  (GAsyncResult         *result,
                                                      GError              **error);

gboolean           herald_smtp_endpoint_is_loopback  (GSocketConnection    *socket);
char              *herald_smtp_endpoint_dup_own_name (GSocketConnection    *socket);

G_END_DECLS
