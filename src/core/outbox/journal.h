/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/clock.h"
#include "core/outbox/delivery.h"
#include "core/outbox/outbox.h"
#include "core/outbox/outcome.h"
#include "core/store/database.h"

G_BEGIN_DECLS

/**
 * HeraldJournal:
 * @install_key: 32 random bytes that tell this installation from any other
 * @folder: where the pictures lie
 * @kept_days: how long what is over is kept; 0 for ever
 * @last_event: id of the event that was written last, since this program was started
 *
 * The outbox on the disk: all its SQL, one transaction each. @changed gets the ids (gint64) of the deliveries that changed.
 */
typedef struct
{
  HeraldDatabase *database;
  HeraldClock *clock;
  GBytes *install_key;
  char *folder;
  guint kept_days;
  gint64 last_event;
} HeraldJournal;

/* A delivery that waits, and whose turn it is in its lane
 * @is_trial: whether it is a test that was not tried yet; it is tried whatever is known against its channel, unless the
 *   same test has just failed there
 * @price: what it costs, in microdollars
 * @is_urgent: whether it may use what is kept back of an allowance; also of one that may have arrived, to end the doubt
 * @is_digest: whether it tells what others were to tell
 * @is_paced: whether it waits because no more may be sent by the channel now
 * @is_in_doubt: whether it may have arrived */
typedef struct
{
  gint64 id;
  gint64 due_boot_ms;
  char *channel;
  char *lane;
  gboolean is_trial;
  gint64 price;
  gboolean is_urgent;
  gboolean is_digest;
  gboolean is_paced;
  gboolean is_in_doubt;
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
gboolean        herald_journal_end_doubtful    (HeraldJournal              *self,
                                                const char                 *channel,
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

/* journal-history.c */
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
gboolean        herald_journal_prune           (HeraldJournal              *self,
                                                GError                    **error);
void            herald_head_free               (HeraldHead                 *self);
G_END_DECLS
