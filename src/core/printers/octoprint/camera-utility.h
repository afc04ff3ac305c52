/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/octoprint/octoprint-server.h"

G_BEGIN_DECLS

/* Has OctoPrint fetch the picture at @url, as it does when somebody tests the address in its settings: only for keys
 * that may change settings, in every version, and without keeping OctoPrint from anything else. */
void    herald_camera_utility_read_async  (HeraldOctoprintServer  *server,
                                           const char             *url,
                                           GCancellable           *cancellable,
                                           GAsyncReadyCallback     callback,
                                           gpointer                user_data);
/* Returns (transfer full): the picture; NULL with UNAUTHORIZED, UNREACHABLE, … */
GBytes *herald_camera_utility_read_finish (GAsyncResult           *result,
                                           GError                **error);

G_END_DECLS
