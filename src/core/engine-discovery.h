/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "core/printers/found-printer.h"

G_BEGIN_DECLS

/* Looks for servers in the local network; takes some seconds. */
void       herald_engine_discover_async  (HeraldEngine         *self,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* Returns (transfer full) (element-type HeraldFoundPrinter): by name, often empty */
GPtrArray *herald_engine_discover_finish (HeraldEngine         *self,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
