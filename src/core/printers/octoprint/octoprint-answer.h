/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/printers/octoprint/octoprint-server.h"

G_BEGIN_DECLS

/* One question to OctoPrint’s REST interface with a JSON object for an answer. */
void        herald_octoprint_ask_async  (HeraldOctoprintServer  *server,
                                         const char             *path,
                                         gsize                   max_bytes,
                                         GCancellable           *cancellable,
                                         GAsyncReadyCallback     callback,
                                         gpointer                user_data);
/* Returns (transfer full): the object. NULL with UNAUTHORIZED (403), REJECTED (any other status but 200,
 * which herald_error_get_reply_code() gives), PROTOCOL, or what sending can fail with. */
JsonObject *herald_octoprint_ask_finish (GAsyncResult           *result,
                                         GError                **error);

G_END_DECLS
