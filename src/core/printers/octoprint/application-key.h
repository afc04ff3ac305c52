/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/octoprint/octoprint-server.h"

G_BEGIN_DECLS

/* How long a person has to decide */
#define HERALD_APPLICATION_KEY_LIMIT_S (10 * 60)

/* @page: where a person allows it; to be opened in a browser */
typedef void (*HeraldApplicationKeyFunc) (const char *page,
                                          gpointer    user_data);

/* Asks OctoPrint for a key of our own: probe, request, and one question a second until somebody has
 * decided. Cancelling is enough to withdraw. @on_page is called once, when it waits for the person. */
void  herald_application_key_request_async  (HeraldOctoprintServer     *server,
                                             const char                *app_name,
                                             HeraldApplicationKeyFunc   on_page,
                                             gpointer                   page_data,
                                             GCancellable              *cancellable,
                                             GAsyncReadyCallback        callback,
                                             gpointer                   user_data);
/* Returns (transfer full): the key, a secret, already known to the log's redactor. NULL with SETTINGS
 * (switched off in OctoPrint, or its first run is not finished), REJECTED (refused, or nobody decided),
 * BUSY (asked too often) or what sending can fail with. */
char *herald_application_key_request_finish (GAsyncResult              *result,
                                             GError                   **error);

/* e.g. “OctoHerald on workshop” */
char *herald_application_key_make_name      (void);

G_END_DECLS
