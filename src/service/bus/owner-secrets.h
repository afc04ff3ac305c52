/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

/* Longer than any key, password or token there is. */
#define HERALD_SECRET_MAX_BYTES 4096

void herald_owner_secrets_answer     (HeraldEngine          *engine,
                                      const char            *owner,
                                      const char            *field,
                                      const char            *secret,
                                      GCancellable          *cancellable,
                                      GDBusMethodInvocation *taken_invocation);
void herald_owner_secrets_answer_all (HeraldEngine          *engine,
                                      const char            *owner,
                                      GVariant              *secrets,
                                      GCancellable          *cancellable,
                                      GDBusMethodInvocation *taken_invocation);

G_END_DECLS
