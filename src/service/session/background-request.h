/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether this program runs in a sandbox of Flatpak, where a desktop is asked through portals */

/* Asks the Background portal to let the service run without a window, and to begin it at login or not. The portal takes a
 * question without @autostart for “not at login”, so it is always said.
 * Finishes with HERALD_ERROR_UNREACHABLE if there is no such portal, HERALD_ERROR_REJECTED if it is not allowed. */
void     herald_background_request_async   (GDBusConnection      *connection,
                                            const char           *program,
                                            gboolean              autostart,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean herald_background_request_finish  (GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
