/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void   herald_notification_daemon_probe_async  (GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
char **herald_notification_daemon_probe_finish (GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
