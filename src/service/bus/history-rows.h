/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

/* (transfer floating): a message as ListHistory tells it */
GVariant *herald_history_rows_make_one (HeraldEngine          *engine,
                                        const HeraldDelivery  *delivery);

/* Answers with those messages of @taken_ids that there still are: an aa{sv} */
void      herald_history_rows_answer   (HeraldEngine          *engine,
                                        GArray                *taken_ids,
                                        GCancellable          *cancellable,
                                        GDBusMethodInvocation *taken_invocation);

G_END_DECLS
