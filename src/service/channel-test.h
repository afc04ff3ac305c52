/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

void     herald_channel_test_async  (HeraldEngine         *engine,
                                     HeraldChannel        *channel,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean herald_channel_test_finish (HeraldEngine         *engine,
                                     GAsyncResult         *result,
                                     char                **state,
                                     char                **reason,
                                     GError              **error);

G_END_DECLS
