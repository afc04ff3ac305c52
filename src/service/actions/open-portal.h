/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* In a sandbox: has the desktop open an address, or a file, which is handed over open. @token: (nullable): of the click that
 * asked for it. Ends when the desktop has taken it on; what somebody chooses then is not waited for. */
void     herald_open_portal_async  (GDBusConnection      *connection,
                                    const char           *uri,
                                    const char           *token,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gboolean herald_open_portal_finish (GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
