/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

/* @settings and @secrets are a{ss} as they came over the bus; @taken_invocation is answered with the
 * new id, and consumed. */
void herald_addition_add_printer (HeraldEngine          *engine,
                                  GVariant              *settings,
                                  GVariant              *secrets,
                                  GCancellable          *cancellable,
                                  GDBusMethodInvocation *taken_invocation);
void herald_addition_add_channel (HeraldEngine          *engine,
                                  const char            *type,
                                  GVariant              *settings,
                                  GVariant              *secrets,
                                  GCancellable          *cancellable,
                                  GDBusMethodInvocation *taken_invocation);

G_END_DECLS
