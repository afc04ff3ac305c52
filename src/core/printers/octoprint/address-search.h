/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/http-client.h"

G_BEGIN_DECLS

/* Finds the address behind what a person typed: `octopi`, `octopi.local`, `192.168.1.5:5000`,
 * `https://host/octoprint/`. Sends no key and no login to anybody. Takes a few seconds at most. */
void  herald_address_search_async          (HeraldHttpClient     *http,
                                            const char           *typed,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);

/* Returns (transfer full): the normalised address of the OctoPrint that answered; else of what looks
 * most like one (a proxy that wants a login, a certificate that is not trusted, one that is starting);
 * else the first guess: the printer may be switched off. NULL with SETTINGS if it can be no address. */
char *herald_address_search_finish         (GAsyncResult         *result,
                                            GError              **error);

/* Returns (transfer full): what @typed can mean, the likeliest first. NULL with SETTINGS. */
char **herald_address_search_dup_candidates (const char          *typed,
                                             GError             **error);

G_END_DECLS
