/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/journal.h"

G_BEGIN_DECLS

/* The part of the journal that is about messages a person does not want sent, and wants sent after all */

gboolean herald_journal_discard (HeraldJournal  *self,
                                 gint64          id,
                                 GError        **error);
gboolean herald_journal_restore (HeraldJournal  *self,
                                 gint64          id,
                                 GError        **error);

G_END_DECLS
