/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/attempt-record.h"
#include "core/outbox/journal.h"

G_BEGIN_DECLS

HeraldAttemptRecord *herald_journal_query_attempt (HeraldJournal  *self,
                                                   gint64          delivery,
                                                   GError        **error);
GPtrArray           *herald_journal_list_attempts (HeraldJournal  *self,
                                                   gint64          delivery,
                                                   GError        **error);

G_END_DECLS
