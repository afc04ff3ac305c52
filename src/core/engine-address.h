/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

void  herald_engine_find_address_async  (HeraldEngine         *self,
                                         const char           *typed,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
char *herald_engine_find_address_finish (HeraldEngine         *self,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
