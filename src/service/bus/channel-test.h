/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

void      herald_channel_test_async  (HeraldEngine         *engine,
                                      HeraldChannel        *channel,
                                      HeraldPrinter        *printer,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GVariant *herald_channel_test_finish (HeraldEngine         *engine,
                                      GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
