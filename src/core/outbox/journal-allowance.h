/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/allowance-use.h"
#include "core/outbox/journal.h"

G_BEGIN_DECLS

/* The dedupe key of an event that puts together what several messages were to tell begins with it. */
#define HERALD_JOURNAL_DIGEST "digest|"

/* What has left by @channel or may have, from the rows alone, so that a new start changes nothing */
gboolean   herald_journal_sum_use        (HeraldJournal              *self,
                                          const char                 *channel,
                                          const HeraldAllowanceTimes *times,
                                          HeraldAllowanceUse         *use,
                                          GError                    **error);
/* How many of this day were put together with others, and left out */
gboolean   herald_journal_count_left_out (HeraldJournal              *self,
                                          const char                 *channel,
                                          const HeraldAllowanceTimes *times,
                                          guint                      *n_digested,
                                          guint                      *n_left_out,
                                          GError                    **error);

/* Of what is ordinary and waits for its turn, from the row after @after_id on, what costs at least @price: */
gboolean   herald_journal_hold_ordinary  (HeraldJournal              *self,
                                          const char                 *channel,
                                          gint64                      after_id,
                                          gint64                      price,
                                          gint64                      until_boot_ms,
                                          const char                 *reason,
                                          GError                    **error);
gboolean   herald_journal_leave_out      (HeraldJournal              *self,
                                          const char                 *channel,
                                          gint64                      price,
                                          const char                 *reason,
                                          GArray                     *changed,
                                          GError                    **error);

gboolean   herald_journal_hold_one       (HeraldJournal              *self,
                                          gint64                      id,
                                          gint64                      until_boot_ms,
                                          const char                 *reason,
                                          GError                    **error);
gboolean   herald_journal_leave_one_out  (HeraldJournal              *self,
                                          gint64                      id,
                                          const char                 *reason,
                                          GArray                     *changed,
                                          GError                    **error);
gint64     herald_journal_get_newest_id  (HeraldJournal              *self);

/* (transfer full) (element-type HeraldDelivery): what is ordinary and waits for @channel, the oldest first */
GPtrArray *herald_journal_list_ordinary  (HeraldJournal              *self,
                                          const char                 *channel,
                                          GError                    **error);
/* Writes @take_draft as what tells @parts (element-type HeraldDelivery), which are over then */
gboolean   herald_journal_digest         (HeraldJournal              *self,
                                          GPtrArray                  *parts,
                                          HeraldDraft                *take_draft,
                                          GArray                     *changed,
                                          GError                    **error);

G_END_DECLS
