/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

/* @taken_invocation: the call of ListSecrets; answered and consumed */
void herald_channel_secrets_answer (HeraldEngine          *engine,
                                    HeraldChannel         *channel,
                                    GCancellable          *cancellable,
                                    GDBusMethodInvocation *taken_invocation);

G_END_DECLS
