/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/journal.h"

G_BEGIN_DECLS

/* The part of the journal that is about messages that go only if nobody is at this computer */

gboolean herald_journal_release_desk (HeraldJournal  *self,
                                      gint64          event,
                                      gint64          hold_ms,
                                      GArray         *changed,
                                      GError        **error);
gboolean herald_journal_end_desk     (HeraldJournal  *self,
                                      gint64          event,
                                      GArray         *changed,
                                      GError        **error);

G_END_DECLS
