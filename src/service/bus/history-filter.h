/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "core/outbox/history-query.h"

G_BEGIN_DECLS

/* What ListHistory and FindHistory take, checked; %NULL with HERALD_ERROR_SETTINGS */
HeraldHistoryQuery *herald_history_filter_read (HeraldEngine  *engine,
                                                GVariant      *filter,
                                                GError       **error);

G_END_DECLS
