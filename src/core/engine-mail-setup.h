/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/email/setup/mail-setup.h"
#include "core/engine.h"

G_BEGIN_DECLS

/* Finds out how mail of @address is sent; takes ten seconds at most, and changes nothing. */
void             herald_engine_find_mail_server_async  (HeraldEngine         *self,
                                                        const char           *address,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
/* Returns (transfer full): NULL with HERALD_ERROR_SETTINGS or HERALD_ERROR_UNREACHABLE */
HeraldMailSetup *herald_engine_find_mail_server_finish (HeraldEngine         *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);

G_END_DECLS
