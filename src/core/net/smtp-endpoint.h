/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSocketConnectable *herald_smtp_endpoint_new_server   (const char           *host,
                                                       guint16               port,
                                                       GError              **error);

void                herald_smtp_endpoint_dial_async   (GSocketConnectable   *server,
                                                       gboolean              direct,
                                                       guint                 limit_ms,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
GSocketConnection  *herald_smtp_endpoint_dial_finish  (GAsyncResult         *result,
                                                       GError              **error);

gboolean            herald_smtp_endpoint_is_loopback  (GSocketConnection    *socket);
char               *herald_smtp_endpoint_dup_own_name (const char           *name,
                                                       GInetAddress         *address);

G_END_DECLS
