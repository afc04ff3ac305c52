/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/illustration.h"
#include "core/outbox/journal.h"

G_BEGIN_DECLS

/* The part of the journal that is about pictures, and about messages that are held until theirs is there */
gboolean        herald_journal_illustrate      (HeraldJournal              *self,
                                                gint64                      event,
                                                GHashTable                 *illustrations,
                                                const char                 *kind,
                                                const char                 *note,
                                                GArray                     *changed,
                                                GError                    **error);
gboolean        herald_journal_release         (HeraldJournal              *self,
                                                gint64                      event,
                                                GArray                     *changed,
                                                GError                    **error);
gboolean        herald_journal_release_all     (HeraldJournal              *self,
                                                GArray                     *changed,
                                                GError                    **error);
gboolean        herald_journal_drop_picture    (HeraldJournal              *self,
                                                gint64                      id,
                                                const char                 *note,
                                                GError                    **error);
gboolean        herald_journal_prune_pictures  (HeraldJournal              *self,
                                                GError                    **error);

G_END_DECLS
