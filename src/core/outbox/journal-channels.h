/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/journal.h"

G_BEGIN_DECLS

gboolean herald_journal_knows_channel (HeraldJournal  *self,
                                       const char     *channel);

G_END_DECLS
