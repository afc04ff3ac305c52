/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/history-query.h"
#include "core/outbox/outbox.h"

G_BEGIN_DECLS

void    herald_history_search_async  (HeraldOutbox         *outbox,
                                      HeraldHistoryQuery   *taken_query,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GArray *herald_history_search_finish (HeraldOutbox         *outbox,
                                      GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
