/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/printers/octoprint/octoprint-server.h"

G_BEGIN_DECLS

/* Asks once for what the push interface would tell by itself. */
void        herald_octoprint_poll_async  (HeraldOctoprintServer  *server,
                                          GCancellable           *cancellable,
                                          GAsyncReadyCallback     callback,
                                          gpointer                user_data);
/* Returns (transfer full): the content of a `current` message */
JsonObject *herald_octoprint_poll_finish (GAsyncResult           *result,
                                          GError                **error);

G_END_DECLS
