/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

void herald_first_channel_add_async  (HeraldEngine        *engine,
                                      GDBusConnection     *connection,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
void herald_first_channel_add_finish (HeraldEngine        *engine,
                                      GAsyncResult        *result);

G_END_DECLS
