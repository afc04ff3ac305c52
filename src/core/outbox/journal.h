/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/clock.h"
#include "core/outbox/delivery.h"
#include "core/outbox/illustration.h"
#include "core/outbox/outbox.h"
#include "core/outbox/outcome.h"
#include "core/store/database.h"

G_BEGIN_DECLS

/**
 * HeraldJournal:
 * @install_key: 32 random bytes that tell this installation from any other
 * @folder: where the pictures lie
 *
 * The outbox on the disk: all its SQL. Each function is one transaction. Where
 * one takes @changed, it appends the ids (gint64) of the deliveries it changed.
 */
typedef struct
{
  HeraldDatabase *database;
  HeraldClock *clock;
  GBytes *install_key;
  char *folder;
} HeraldJournal;

/* The oldest unfinished delivery of a lane, if it waits */
typedef struct
{
  gint64 id;
  gint64 due_boot_ms;
  char *channel;
  char *lane;
} HeraldHead;

HeraldJournal  *herald_journal_new             (HeraldDatabase             *database,
                                                const char                 *folder,
                                                HeraldClock                *clock,
                                                GError                    **error);
void            herald_journal_free            (HeraldJournal              *self);

/* journal-accept.c */
gboolean        herald_journal_accept          (HeraldJournal              *self,
                                                HeraldEvent                *event,
                                                GPtrArray                  *drafts,
                                                gint64                     *event_id,
                                                GArray                     *changed,
                                                GError                    **error);

/* journal-recover.c */
gboolean        herald_journal_recover         (HeraldJournal              *self,
                                                gboolean                    counts_deaths,
                                                GArray                     *changed,
                                                GError                    **error);

/* journal.c */
GPtrArray      *herald_journal_list_heads      (HeraldJournal              *self,
                                                GError                    **error);
HeraldDelivery *herald_journal_claim           (HeraldJournal              *self,
                                                gint64                      id,
                                                GError                    **error);
gboolean        herald_journal_mark_committing (HeraldJournal              *self,
                                                gint64                      id,
                                                GError                    **error);
gboolean        herald_journal_settle          (HeraldJournal              *self,
                                                gint64                      id,
                                                const HeraldOutcome        *outcome,
                                                GError                    **error);
gboolean        herald_journal_expire          (HeraldJournal              *self,
                                                GArray                     *changed,
                                                gint64                     *next_boot_ms,
                                                GError                    **error);
gboolean        herald_journal_make_due        (HeraldJournal              *self,
                                                const char                 *channel,
                                                GError                    **error);
gboolean        herald_journal_cancel_orphans  (HeraldJournal              *self,
                                                GHashTable                 *channels,
                                                GArray                     *changed,
                                                GError                    **error);

/* journal-pictures.c */
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

/* journal-history.c */
HeraldDelivery *herald_journal_read_row        (HeraldJournal              *self,
                                                sqlite3_stmt               *row);
GPtrArray      *herald_journal_query           (HeraldJournal              *self,
                                                const HeraldHistoryFilter  *filter,
                                                GError                    **error);
gboolean        herald_journal_count           (HeraldJournal              *self,
                                                GHashTable                 *held_channels,
                                                HeraldLedger               *ledger,
                                                GError                    **error);
gboolean        herald_journal_retry           (HeraldJournal              *self,
                                                gint64                      id,
                                                GArray                     *changed,
                                                GError                    **error);
gboolean        herald_journal_discard         (HeraldJournal              *self,
                                                gint64                      id,
                                                GError                    **error);
gboolean        herald_journal_prune           (HeraldJournal              *self,
                                                GError                    **error);

#define HERALD_JOURNAL_COLUMNS \
  "delivery.id, delivery.event, event.source, delivery.channel, delivery.channel_type," \
  " delivery.dest, delivery.idem, delivery.body, delivery.state, delivery.reason," \
  " delivery.attempts, delivery.ambiguous, delivery.created_ms, delivery.expires_ms," \
  " delivery.finished_ms, delivery.remote_id, delivery.expires_boot_ms, delivery.note," \
  " delivery.picture_kind, picture.name, picture.media_type, picture.bytes, picture.width," \
  " picture.height"
#define HERALD_JOURNAL_TABLES \
  " FROM delivery JOIN event ON event.id=delivery.event" \
  " LEFT JOIN picture ON picture.id=delivery.picture"

void            herald_head_free               (HeraldHead                 *self);

/* For the files of the journal */
gboolean        herald_journal_collect         (HeraldJournal              *self,
                                                sqlite3_stmt               *rows,
                                                GArray                     *changed,
                                                GError                    **error);
gboolean        herald_journal_conclude        (HeraldJournal              *self,
                                                gboolean                    ok,
                                                GError                    **error);

G_END_DECLS
