/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/http-client.h"
#include "core/printers/printer-class.h"
#include "core/store/secret-store.h"

G_BEGIN_DECLS

/* Gets an application key for @printer, keeps it with the secrets, and starts the printer anew. */
void     herald_octoprint_access_async  (HeraldPrinter        *printer,
                                         HeraldHttpClient     *http,
                                         HeraldSecretStore    *secrets,
                                         HeraldAccessFunc      on_page,
                                         gpointer              page_data,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean herald_octoprint_access_finish (GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
