/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/x/x-client.h"

G_BEGIN_DECLS

/* Asks X whose the credentials are. X takes a cent for it. */
void  herald_x_account_ask_async  (HeraldXClient        *client,
                                   const HeraldXVisit   *visit,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
/* (transfer full): in sentences: whose they are, and what speaks against posting with them; %NULL with a HERALD_ERROR */
char *herald_x_account_ask_finish (HeraldXClient        *client,
                                   GAsyncResult         *result,
                                   GError              **error);

G_END_DECLS
