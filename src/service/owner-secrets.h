/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

void     herald_owner_secrets_set_async  (HeraldEngine         *engine,
                                          const char           *owner,
                                          HeraldValues         *secrets,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean herald_owner_secrets_set_finish (HeraldEngine         *engine,
                                          GAsyncResult         *result,
                                          GError              **error);
void     herald_owner_secrets_answer     (HeraldEngine          *engine,
                                          const char            *owner,
                                          const char            *field,
                                          const char            *secret,
                                          GCancellable          *cancellable,
                                          GDBusMethodInvocation *taken_invocation);

G_END_DECLS
