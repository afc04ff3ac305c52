/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void       herald_smtp_handshake_async  (GIOStream            *stream,
                                         GSocketConnectable   *server,
                                         GTlsDatabase         *authorities,
                                         const char           *pin,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
GIOStream *herald_smtp_handshake_finish (GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
