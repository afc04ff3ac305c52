/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/journal.h"

G_BEGIN_DECLS

/* In the column `held`: added to what else it is held for */
#define HERALD_HELD_DESK 4

/* What a message costs with its picture, in microdollars; and how often that was paid, as far as anybody knows: an attempt
 * in doubt counts */
#define HERALD_JOURNAL_PRICE "(delivery.price+iif(delivery.picture IS NULL,0,delivery.picture_price))"
#define HERALD_JOURNAL_TIMES "(delivery.ambiguous+(delivery.state IN('delivered','sending','committing')))"

/* The same as one figure: of what waits, what it will cost; of what is over, what it has */
#define HERALD_JOURNAL_COST \
  HERALD_JOURNAL_PRICE "*max(" HERALD_JOURNAL_TIMES ", delivery.finished_ms IS NULL)"

/* What to select for herald_journal_read_row () */
#define HERALD_JOURNAL_COLUMNS \
  "delivery.id, delivery.event, event.source, delivery.channel, delivery.channel_type," \
  " delivery.dest, delivery.idem, delivery.body, delivery.state, delivery.reason," \
  " delivery.attempts, delivery.ambiguous, delivery.created_ms, delivery.expires_ms," \
  " delivery.finished_ms, delivery.remote_id, delivery.expires_boot_ms, delivery.note," \
  " delivery.picture_kind, picture.name, picture.media_type, picture.bytes, picture.width," \
  " picture.height, delivery.due_ms, " HERALD_JOURNAL_COST ", delivery.allowance=2, delivery.held>=4"
#define HERALD_JOURNAL_TABLES \
  " FROM delivery JOIN event ON event.id=delivery.event" \
  " LEFT JOIN picture ON picture.id=delivery.picture"

/* Parts the lane of what is told once more, as a person has put it off, from that of the message itself; no text that was
 * cleaned contains it. */
#define HERALD_JOURNAL_REPEAT "\x1f\x1e"

/* All channels that have rows, from the index `ledger`: one step for each channel, not for each of the rows of a month */
#define HERALD_JOURNAL_CHANNELS \
  "WITH RECURSIVE one(channel) AS (SELECT min(channel) FROM delivery" \
  " UNION ALL SELECT (SELECT min(channel) FROM delivery WHERE channel>one.channel) FROM one" \
  "  WHERE one.channel IS NOT NULL) "

/* In journal.c: what many of them end with */
gboolean        herald_journal_collect     (HeraldJournal  *self,
                                            sqlite3_stmt   *rows,
                                            GArray         *changed,
                                            GError        **error);
gboolean        herald_journal_conclude    (HeraldJournal  *self,
                                            gboolean        ok,
                                            GError        **error);

/* In journal-accept.c, within a transaction: the event's id, 0 with @error set */
gint64          herald_journal_write_event (HeraldJournal  *self,
                                            HeraldEvent    *event,
                                            GPtrArray      *drafts,
                                            GArray         *changed,
                                            GError        **error);

/* In journal-history.c */
HeraldDelivery *herald_journal_read_row    (HeraldJournal  *self,
                                            sqlite3_stmt   *row);
HeraldDelivery *herald_journal_find        (HeraldJournal  *self,
                                            gint64          id,
                                            GError        **error);

/* In journal-recover.c, within a transaction */
gboolean        herald_journal_move_to_boot (HeraldJournal *self,
                                            GError        **error);

G_END_DECLS
