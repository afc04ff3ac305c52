/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-journal"

#include "core/outbox/journal.h"

#include <glib/gi18n-lib.h>

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/outbox/install-key.h"
#include "core/outbox/journal-row.h"

/* What an attempt says about itself; a server's words come cut to half of it. */
#define DETAIL_MAX_CHARS 1000

/* Unless herald_outbox_set_kept_days() says otherwise */
#define KEPT_DAYS 30

#define IS_LIVE "state IN('pending','sending','committing','deferred')"

/* All lanes in which something waits: one step for each lane, not for each of the thousands that may wait in it */
#define LANES \
  "WITH RECURSIVE lanes(lane) AS (SELECT min(lane) FROM delivery INDEXED BY lane_head WHERE " IS_LIVE \
  " UNION ALL SELECT (SELECT min(lane) FROM delivery INDEXED BY lane_head WHERE lane>lanes.lane AND " IS_LIVE ")" \
  "  FROM lanes WHERE lanes.lane IS NOT NULL) "

/* What is asked of each whose turn it is */
#define HEAD_COLUMNS \
  "id, due_boot_ms, channel, lane, " IS_TRIAL ", " HERALD_JOURNAL_PRICE ", urgent=1 OR ambiguous>0, allowance=1," \
  " held=3, ambiguous>0"

/* The signs + have it look by the event: by the channel it would go through all that is put off, once for each test. */
#define IS_TRIAL \
  "(delivery.state='pending' AND EXISTS (SELECT 1 FROM event WHERE event.id=delivery.event AND event.kind='test')" \
  " AND NOT EXISTS (SELECT 1 FROM delivery AS other WHERE other.event=delivery.event" \
  "  AND +other.channel=delivery.channel AND +other.state='deferred'))"

/**
 * herald_journal_new:
 * @folder: where pictures are kept; made when there is one
 *
 * Returns: (transfer full): the journal in @database; %NULL with a G_IO_ERROR
 */
HeraldJournal *
herald_journal_new (HeraldDatabase  *database,
                    const char      *folder,
                    HeraldClock     *clock,
                    GError         **error)
{
  HeraldJournal *self = g_new0 (HeraldJournal, 1);

  self->database = g_object_ref (database);
  self->folder = g_strdup (folder);
  self->kept_days = KEPT_DAYS;
  self->clock = g_object_ref (clock);
  self->install_key = herald_install_key_load (database, error);
  if (self->install_key == NULL)
    g_clear_pointer (&self, herald_journal_free);

  return self;
}

void
herald_journal_free (HeraldJournal *self)
{
  g_clear_object (&self->database);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->install_key, g_bytes_unref);
  g_free (self->folder);
  g_free (self);
}

/**
 * herald_journal_collect:
 * @rows: (nullable): their first column is the id of a delivery; %NULL if asking failed
 *
 * Appends the ids to @changed. For the files of the journal.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_collect (HeraldJournal  *self,
                        sqlite3_stmt   *rows,
                        GArray         *changed,
                        GError        **error)
{
  g_autoptr(GError) problem = NULL;

  if (rows == NULL)
    return FALSE;

  while (herald_database_next (self->database, rows, &problem))
    {
      gint64 id = sqlite3_column_int64 (rows, 0);

      g_array_append_val (changed, id);
    }
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * herald_journal_conclude:
 * @ok: whether to commit; else it is rolled back
 *
 * Ends a transaction. For the files of the journal.
 *
 * Returns: whether it was committed; else @error is set, here or by what went wrong before
 */
gboolean
herald_journal_conclude (HeraldJournal  *self,
                         gboolean        ok,
                         GError        **error)
{
  if (ok)
    return herald_database_commit (self->database, error);

  herald_database_roll_back (self->database);
  return FALSE;
}

void
herald_head_free (HeraldHead *self)
{
  g_free (self->channel);
  g_free (self->lane);
  g_free (self);
}

/**
 * herald_journal_list_heads:
 *
 * Where the oldest is held, the first urgent one behind it has its turn, too: nobody waits for the
 * picture of another message to hear that something burns. Nor does it wait behind what is ordinary
 * and itself waits behind one for which no more may be sent now. What goes only if nobody is at this computer is passed by
 * all.
 *
 * Returns: (transfer full): the oldest unfinished delivery (HeraldHead) of each lane, unless
 *   it is just being sent, oldest first; %NULL with a G_IO_ERROR
 */
GPtrArray *
herald_journal_list_heads (HeraldJournal  *self,
                           GError        **error)
{
  static const char select[] =
      LANES "SELECT " HEAD_COLUMNS " FROM delivery WHERE id IN"
      " (SELECT (SELECT min(id) FROM delivery INDEXED BY lane_head WHERE lane=lanes.lane AND " IS_LIVE
      " AND held<4) FROM lanes)"
      " AND state IN('pending','deferred')"
      " UNION SELECT " HEAD_COLUMNS " FROM delivery INDEXED BY urgent_waiting"
      " WHERE urgent=1 AND state IN('pending','deferred') AND held IN(0,3) AND NOT EXISTS"
      " (SELECT 1 FROM delivery AS older INDEXED BY urgent_waiting WHERE older.lane=delivery.lane"
      "  AND older.id<delivery.id AND older.urgent=1 AND older.state IN('pending','deferred') AND older.held=0)"
      " AND coalesce((SELECT first.held FROM delivery AS first INDEXED BY lane_head WHERE first.lane=delivery.lane"
      "  AND first.id<delivery.id AND first.state IN('pending','sending','committing','deferred')"
      "  AND first.held IN(0,3) ORDER BY first.id LIMIT 1), 3)=3"
      " ORDER BY id";
  g_autoptr(GPtrArray) heads = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_head_free);
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *rows = herald_database_select (self->database, &problem, select, "");

  while (herald_database_next (self->database, rows, &problem))
    {
      HeraldHead *head = g_new0 (HeraldHead, 1);

      head->id = sqlite3_column_int64 (rows, 0);
      head->due_boot_ms = sqlite3_column_int64 (rows, 1);
      head->channel = g_strdup (herald_column_get_text (rows, 2));
      head->lane = g_strdup (herald_column_get_text (rows, 3));
      head->is_trial = sqlite3_column_int64 (rows, 4) != 0;
      head->price = sqlite3_column_int64 (rows, 5);
      head->is_urgent = sqlite3_column_int64 (rows, 6) != 0;
      head->is_digest = sqlite3_column_int64 (rows, 7) != 0;
      head->is_paced = sqlite3_column_int64 (rows, 8) != 0;
      head->is_in_doubt = sqlite3_column_int64 (rows, 9) != 0;
      g_ptr_array_add (heads, head);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  return g_steal_pointer (&heads);
}

static HeraldDelivery *
read_waiting (HeraldJournal  *self,
              gint64          id,
              GError        **error)
{
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *rows = herald_database_select (
      self->database, &problem,
      "SELECT " HERALD_JOURNAL_COLUMNS HERALD_JOURNAL_TABLES
      " WHERE delivery.id=?1 AND delivery.state IN('pending','deferred')",
      "i", id);
  HeraldDelivery *delivery = NULL;

  if (herald_database_next (self->database, rows, &problem))
    {
      delivery = herald_journal_read_row (self, rows);
      sqlite3_reset (rows);
    }
  else if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "No longer waiting");

  return delivery;
}

static gboolean
begin_attempt (HeraldJournal   *self,
               HeraldDelivery  *delivery,
               GError         **error)
{
  delivery->state = HERALD_DELIVERY_SENDING;
  delivery->attempts++;

  return herald_database_run (self->database, error,
                              "UPDATE delivery SET state='sending', attempts=attempts+1,"
                              " note=CASE held WHEN 2 THEN coalesce(note||' ','')||?2"
                              " ELSE note END, held=0 WHERE id=?1",
                              "it", delivery->id, _("No picture: it was not there in time.")) &&
         herald_database_run (self->database, error,
                              "INSERT INTO attempt(delivery,n,started_ms,phase)"
                              " SELECT id,attempts,?2,'start' FROM delivery WHERE id=?1",
                              "ii", delivery->id, herald_clock_get_wall_ms (self->clock));
}

/* A mail says how late it is, and is the same mail at every attempt after one that may have arrived: so that one's
 * time counts. Whether an attempt went that far is not known of one that was interrupted. */
static gboolean
find_begin (HeraldJournal   *self,
            HeraldDelivery  *delivery,
            GError         **error)
{
  return herald_database_get_int (self->database, &delivery->begun_ms, error,
                                  "SELECT min(started_ms) FROM attempt WHERE delivery=?1"
                                  " AND (ended_ms IS NULL OR phase='committing' OR detail='interrupted')",
                                  "i", delivery->id);
}

/* Nobody is told words that stand in for the ones that were lost. */
static gboolean
quarantine (HeraldJournal   *self,
            HeraldDelivery  *delivery,
            GError         **error)
{
  delivery->state = HERALD_DELIVERY_QUARANTINED;

  return herald_database_run (self->database, error,
                              "UPDATE delivery SET state='quarantined', reason=?2 WHERE id=?1",
                              "it", delivery->id,
                              _("What this message said could not be read from the disk, so it was "
                                "not sent. Please discard it."));
}

/**
 * herald_journal_claim:
 * @id: of a delivery that waits
 *
 * Begins an attempt. A delivery that cannot be read is quarantined instead.
 *
 * Returns: (transfer full): the delivery, whose state is sending or quarantined; %NULL with a
 *   G_IO_ERROR
 */
HeraldDelivery *
herald_journal_claim (HeraldJournal  *self,
                      gint64          id,
                      GError        **error)
{
  g_autoptr(HeraldDelivery) delivery = NULL;
  gboolean ok = FALSE;

  if (!herald_database_begin (self->database, error))
    return NULL;

  delivery = read_waiting (self, id, error);
  if (delivery != NULL)
    ok = delivery->message != NULL ? begin_attempt (self, delivery, error) && find_begin (self, delivery, error)
                                   : quarantine (self, delivery, error);
  if (!herald_journal_conclude (self, ok, error))
    return NULL;

  return g_steal_pointer (&delivery);
}

/**
 * herald_journal_mark_committing:
 *
 * When this returns %TRUE it is on the disk that the message may have arrived.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_mark_committing (HeraldJournal  *self,
                                gint64          id,
                                GError        **error)
{
  if (!herald_database_run (self->database, error,
                            "UPDATE delivery SET state='committing'"
                            " WHERE id=?1 AND state='sending'",
                            "i", id))
    return FALSE;
  if (herald_database_get_changes (self->database) == 1)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "No longer being sent");
  return FALSE;
}

static gboolean
settle_attempt (HeraldJournal        *self,
                gint64                id,
                const HeraldOutcome  *outcome,
                GError              **error)
{
  g_autofree char *safe = outcome->words != NULL ? herald_log_redact (outcome->words) : NULL;
  g_autofree char *detail = safe != NULL ? herald_text_clean (safe, DETAIL_MAX_CHARS) : NULL;

  return herald_database_run (self->database, error,
                              "UPDATE attempt SET ended_ms=?2, phase=?3, code=nullif(?4,0),"
                              " detail=?5 WHERE delivery=?1 AND ended_ms IS NULL",
                              "iitit", id, herald_clock_get_wall_ms (self->clock), outcome->step,
                              (gint64) outcome->code, detail);
}

/**
 * herald_journal_settle:
 *
 * Ends an attempt.
 *
 * Returns: %FALSE with a G_IO_ERROR; then it is as if the attempt were still going on
 */
gboolean
herald_journal_settle (HeraldJournal        *self,
                       gint64                id,
                       const HeraldOutcome  *outcome,
                       GError              **error)
{
  gint64 wall_ms = herald_clock_get_wall_ms (self->clock);
  gint64 finished_ms = herald_delivery_state_is_final (outcome->state) ? wall_ms : 0;
  gboolean ok;

  if (!herald_database_begin (self->database, error))
    return FALSE;

  ok = herald_database_run (
           self->database, error,
           "UPDATE delivery SET state=?2, deaths=0, ambiguous=ambiguous+?3, reason=?4,"
           " remote_id=?5, finished_ms=nullif(?6,0), due_boot_ms=?7, due_ms=?8"
           " WHERE id=?1 AND state IN('sending','committing')",
           "itittiii", id, herald_delivery_state_to_id (outcome->state),
           (gint64) (outcome->is_ambiguous ? 1 : 0), outcome->reason, outcome->remote_id,
           finished_ms, herald_clock_get_boot_ms (self->clock) + outcome->delay_ms,
           wall_ms + outcome->delay_ms) &&
       settle_attempt (self, id, outcome, error);

  return herald_journal_conclude (self, ok, error);
}

/**
 * herald_journal_expire:
 * @next_boot_ms: (out): when the next one gets too old; G_MAXINT64 if none waits
 *
 * Ends what waits and is too old to be told.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_expire (HeraldJournal  *self,
                       GArray         *changed,
                       gint64         *next_boot_ms,
                       GError        **error)
{
  gint64 next = G_MAXINT64;
  g_autoptr(GError) problem = NULL;
  gboolean ok = herald_journal_collect (
      self,
      herald_database_select (
          self->database, error,
          "UPDATE delivery SET state=CASE WHEN ambiguous>0 THEN 'probable' ELSE 'expired' END,"
          " finished_ms=?2, reason=?3||coalesce(' '||reason,''), allowance=iif(held=3 AND ambiguous=0,2,allowance)"
          " WHERE state IN('pending','deferred') AND expires_boot_ms<=?1 RETURNING id",
          "iit", herald_clock_get_boot_ms (self->clock), herald_clock_get_wall_ms (self->clock),
          _("It could not be sent in time and is too old to be told now.")),
      changed, error);

  if (!ok)
    return FALSE;

  herald_database_get_int (self->database, &next, &problem,
                           "SELECT expires_boot_ms FROM delivery"
                           " WHERE state IN('pending','deferred') ORDER BY expires_boot_ms LIMIT 1",
                           "");
  *next_boot_ms = next;

  return TRUE;
}

/**
 * herald_journal_make_due:
 * @channel: (nullable): id of a channel; %NULL for all
 *
 * What waits is tried now, unless it is held for its picture or a script, or a person has put it off.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_make_due (HeraldJournal  *self,
                         const char     *channel,
                         GError        **error)
{
  return herald_database_run (self->database, error,
                              "UPDATE delivery SET due_boot_ms=?2, due_ms=?3, held=0"
                              " WHERE state IN('pending','deferred') AND due_boot_ms>?2 AND held IN(0,3)"
                              " AND (?1 IS NULL OR channel=?1) AND (instr(lane,?4)=0 OR state='deferred')",
                              "tiit", channel, herald_clock_get_boot_ms (self->clock),
                              herald_clock_get_wall_ms (self->clock), HERALD_JOURNAL_REPEAT);
}

static gboolean
cancel_channel (HeraldJournal  *self,
                const char     *channel,
                GArray         *changed,
                GError        **error)
{
  return herald_journal_collect (self,
                  herald_database_select (
                      self->database, error,
                      "UPDATE delivery SET state=CASE WHEN ambiguous>0 THEN 'probable' ELSE 'cancelled' END,"
                      " finished_ms=?2, reason=?3||coalesce(' '||reason,'')"
                      " WHERE channel=?1 AND state IN('pending','deferred','quarantined')"
                      " RETURNING id",
                      "tit", channel, herald_clock_get_wall_ms (self->clock),
                      _("The account it was to be sent with has been removed.")),
                  changed, error);
}

/**
 * herald_journal_cancel_orphans:
 * @channels: the ids of the channels there are
 *
 * Ends what waits for a channel that is gone.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_cancel_orphans (HeraldJournal  *self,
                               GHashTable     *channels,
                               GArray         *changed,
                               GError        **error)
{
  static const char select[] = HERALD_JOURNAL_CHANNELS
    "SELECT channel FROM one WHERE EXISTS (SELECT 1 FROM delivery WHERE delivery.channel=one.channel"
    " AND state IN('pending','deferred','quarantined'))";
  g_autoptr(GPtrArray) orphans = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *rows = herald_database_select (self->database, &problem, select, "");

  while (herald_database_next (self->database, rows, &problem))
    {
      const char *channel = herald_column_get_text (rows, 0);

      if (!g_hash_table_contains (channels, channel))
        g_ptr_array_add (orphans, g_strdup (channel));
    }

  for (guint i = 0; problem == NULL && i < orphans->len; i++)
    cancel_channel (self, g_ptr_array_index (orphans, i), changed, &problem);
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}
