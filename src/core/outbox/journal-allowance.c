/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-journal-allowance"

#include "core/outbox/journal-allowance.h"

#include <glib/gi18n-lib.h>

#include "core/outbox/journal-row.h"

/* So many at once are told together; a text for more is none. */
#define PARTS_MAX 200

/* What waits and may be put together or left out: not what is urgent, not what may have arrived, not what somebody who
 * looks on has asked for, not what tells of many already, and not what may not go at all, as somebody is at the desk. */
#define IS_ORDINARY \
  " channel=?1 AND state IN('pending','deferred') AND urgent=0 AND ambiguous=0 AND allowance=0 AND held<4" \
  " AND NOT EXISTS (SELECT 1 FROM event WHERE event.id=delivery.event AND event.kind='test')"

/* What counts, how often and at what price, and when: at once where it is not over. What was put aside may lie for days
 * until somebody looks. */
#define COUNTED \
  "WITH counted(n,price,urgent,at) AS (" \
  " SELECT " HERALD_JOURNAL_TIMES ", " HERALD_JOURNAL_PRICE ", urgent, finished_ms FROM delivery INDEXED BY spent" \
  "  WHERE channel=?1 AND (state='delivered' OR ambiguous>0) AND finished_ms>=min(?2,?4,?6)" \
  " UNION ALL SELECT " HERALD_JOURNAL_TIMES ", " HERALD_JOURNAL_PRICE ", urgent, ?8 FROM delivery INDEXED BY ledger" \
  "  WHERE channel=?1 AND state IN('sending','committing')" \
  " UNION ALL SELECT ambiguous, " HERALD_JOURNAL_PRICE ", urgent, iif(state='quarantined',created_ms,?8)" \
  "  FROM delivery INDEXED BY spent" \
  "  WHERE channel=?1 AND (state='delivered' OR ambiguous>0) AND finished_ms IS NULL" \
  "  AND state IN('pending','deferred','quarantined')" \
  " UNION ALL SELECT 1, " HERALD_JOURNAL_PRICE ", urgent, ?8 FROM delivery INDEXED BY digest_waiting" \
  "  WHERE channel=?1 AND allowance=1 AND state IN('pending','deferred'))"

/**
 * herald_journal_sum_use:
 * @use: (out caller-allocates): failed attempts are not in it, those in doubt are, and what tells of many is as soon as it
 *   waits
 *
 * What the clock says has left after the end of a time is not counted for it: the clock has been put back.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_sum_use (HeraldJournal              *self,
                        const char                 *channel,
                        const HeraldAllowanceTimes *times,
                        HeraldAllowanceUse         *use,
                        GError                    **error)
{
  static const char select[] = COUNTED
    "SELECT sum(n) FILTER (WHERE at>?2 AND at<=?3), min(at) FILTER (WHERE at>?2 AND at<=?3 AND n>0),"
    " sum(n) FILTER (WHERE at>=?4 AND at<?5), sum(n*price) FILTER (WHERE at>=?4 AND at<?5),"
    " sum(n) FILTER (WHERE at>=?6 AND at<?7), sum(n*price) FILTER (WHERE at>=?6 AND at<?7),"
    " (SELECT count(*) FROM delivery INDEXED BY ledger WHERE channel=?1 AND state IN('sending','committing')),"
    " sum(n) FILTER (WHERE urgent AND at>?2 AND at<=?3), sum(n) FILTER (WHERE urgent AND at>=?4 AND at<?5),"
    " sum(n*price) FILTER (WHERE urgent AND at>=?4 AND at<?5),"
    " sum(n*price) FILTER (WHERE urgent AND at>=?6 AND at<?7)"
    " FROM counted";
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *row = herald_database_select (self->database, &problem, select, "tiiiiiii", channel, times->quarter_ms,
                                              times->quarter_end_ms, times->day_ms, times->day_end_ms,
                                              times->month_ms, times->month_end_ms,
                                              herald_clock_get_wall_ms (self->clock));

  if (herald_database_next (self->database, row, &problem))
    {
      *use = (HeraldAllowanceUse) {
        .n_quarter = (guint) sqlite3_column_int64 (row, 0),
        .oldest_ms = sqlite3_column_int64 (row, 1),
        .n_day = (guint) sqlite3_column_int64 (row, 2),
        .day_microdollars = sqlite3_column_int64 (row, 3),
        .n_month = (guint) sqlite3_column_int64 (row, 4),
        .month_microdollars = sqlite3_column_int64 (row, 5),
        .n_under_way = (guint) sqlite3_column_int64 (row, 6),
        .n_quarter_urgent = (guint) sqlite3_column_int64 (row, 7),
        .n_day_urgent = (guint) sqlite3_column_int64 (row, 8),
        .day_urgent_microdollars = sqlite3_column_int64 (row, 9),
        .month_urgent_microdollars = sqlite3_column_int64 (row, 10),
      };
      sqlite3_reset (row);
    }
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * herald_journal_count_left_out:
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_count_left_out (HeraldJournal              *self,
                               const char                 *channel,
                               const HeraldAllowanceTimes *times,
                               guint                      *n_digested,
                               guint                      *n_left_out,
                               GError                    **error)
{
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *row = herald_database_select (
      self->database, &problem,
      "SELECT count(*) FILTER (WHERE state='digested'), count(*) FILTER (WHERE state='expired')"
      " FROM delivery INDEXED BY left_out WHERE channel=?1 AND allowance=2 AND finished_ms>=?2 AND finished_ms<?3",
      "tii", channel, times->day_ms, times->day_end_ms);

  if (herald_database_next (self->database, row, &problem))
    {
      *n_digested = (guint) sqlite3_column_int64 (row, 0);
      *n_left_out = (guint) sqlite3_column_int64 (row, 1);
      sqlite3_reset (row);
    }
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * herald_journal_hold_ordinary:
 * @after_id: only rows after this one; 0 for all
 * @until_boot_ms: they are not due before
 * @reason: why, for a person
 *
 * Lets what is urgent pass. What waits for a picture or a script does so first.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_hold_ordinary (HeraldJournal  *self,
                              const char     *channel,
                              gint64          after_id,
                              gint64          price,
                              gint64          until_boot_ms,
                              const char     *reason,
                              GError        **error)
{
#define HOLD(index) \
  "UPDATE delivery " index " SET held=3, due_boot_ms=?3, due_ms=?4, reason=?5 WHERE" IS_ORDINARY \
  " AND held IN(0,3) AND due_boot_ms<?3 AND " HERALD_JOURNAL_PRICE ">=?2 AND delivery.id>?6"
  gint64 wait_ms = until_boot_ms - herald_clock_get_boot_ms (self->clock);

  return herald_database_run (self->database, error, after_id == 0 ? HOLD ("INDEXED BY ledger") : HOLD ("NOT INDEXED"),
                              "tiiiti", channel, price, until_boot_ms,
                              herald_clock_get_wall_ms (self->clock) + wait_ms, reason, after_id);
#undef HOLD
}

/**
 * herald_journal_leave_out:
 * @reason: why, for a person
 *
 * Ends what would wait for hours: news that old is none.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_leave_out (HeraldJournal  *self,
                          const char     *channel,
                          gint64          price,
                          const char     *reason,
                          GArray         *changed,
                          GError        **error)
{
  return herald_journal_collect (
      self,
      herald_database_select (self->database, error,
                              "UPDATE delivery INDEXED BY ledger SET state='expired', allowance=2, finished_ms=?3,"
                              " reason=?4 WHERE" IS_ORDINARY " AND " HERALD_JOURNAL_PRICE ">=?2 RETURNING id",
                              "tiit", channel, price, herald_clock_get_wall_ms (self->clock), reason),
      changed, error);
}

gboolean
herald_journal_hold_one (HeraldJournal  *self,
                         gint64          id,
                         gint64          until_boot_ms,
                         const char     *reason,
                         GError        **error)
{
  gint64 wait_ms = until_boot_ms - herald_clock_get_boot_ms (self->clock);

  return herald_database_run (self->database, error,
                              "UPDATE delivery SET held=3, due_boot_ms=?2, due_ms=?3, reason=?4"
                              " WHERE id=?1 AND state IN('pending','deferred')",
                              "iiit", id, until_boot_ms, herald_clock_get_wall_ms (self->clock) + wait_ms, reason);
}

gboolean
herald_journal_leave_one_out (HeraldJournal  *self,
                              gint64          id,
                              const char     *reason,
                              GArray         *changed,
                              GError        **error)
{
  return herald_journal_collect (
      self,
      herald_database_select (self->database, error,
                              "UPDATE delivery SET state='expired', allowance=2, finished_ms=?2, reason=?3"
                              " WHERE id=?1 AND state IN('pending','deferred') AND ambiguous=0 RETURNING id",
                              "iit", id, herald_clock_get_wall_ms (self->clock), reason),
      changed, error);
}

gint64
herald_journal_get_newest_id (HeraldJournal *self)
{
  gint64 id = 0;

  herald_database_get_int (self->database, &id, NULL, "SELECT max(id) FROM delivery", "");

  return id;
}

/**
 * herald_journal_list_ordinary:
 *
 * What cannot be read is left to its own attempt, which finds out.
 *
 * Returns: (transfer full) (element-type HeraldDelivery): the oldest first, not more than make sense in one text; %NULL with
 *   a G_IO_ERROR
 */
GPtrArray *
herald_journal_list_ordinary (HeraldJournal  *self,
                              const char     *channel,
                              GError        **error)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_delivery_free);
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *row = herald_database_select (
      self->database, &problem,
      "SELECT " HERALD_JOURNAL_COLUMNS HERALD_JOURNAL_TABLES " WHERE delivery.id IN"
      " (SELECT id FROM delivery INDEXED BY ledger WHERE" IS_ORDINARY ") ORDER BY delivery.id LIMIT ?2",
      "ti", channel, (gint64) PARTS_MAX);

  while (herald_database_next (self->database, row, &problem))
    {
      HeraldDelivery *part = herald_journal_read_row (self, row);

      if (part->message != NULL)
        g_ptr_array_add (parts, part);
      else
        herald_delivery_free (part);
    }
  if (problem == NULL)
    return g_steal_pointer (&parts);

  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static gboolean
end_part (HeraldJournal         *self,
          const HeraldDelivery  *part,
          gint64                 digest,
          GArray                *changed,
          GError               **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, digest);
  /* Translators: the number of another message in the history */
  g_autofree char *reason = g_strdup_printf (_("It is told together with others, in message %s."), number);

  g_array_append_val (changed, part->id);
  return herald_database_run (self->database, error,
                              "UPDATE delivery SET state='digested', allowance=2, finished_ms=?2, reason=?3"
                              " WHERE id=?1 AND state IN('pending','deferred')",
                              "iit", part->id, herald_clock_get_wall_ms (self->clock), reason);
}

static HeraldEvent *
make_event (HeraldJournal *self,
            GPtrArray     *parts,
            HeraldDraft   *draft)
{
  const HeraldDelivery *first = g_ptr_array_index (parts, 0);
  const HeraldDelivery *last = g_ptr_array_index (parts, parts->len - 1);
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autofree char *dedupe = g_strdup_printf (HERALD_JOURNAL_DIGEST "%s|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT,
                                             draft->channel, first->id, last->id);

  herald_values_set (values, "title", draft->message->title);
  herald_values_set (values, "text", draft->message->text);

  return herald_event_new (draft->message->kind, HERALD_SOURCE_LOCAL, draft->message->printer, NULL, dedupe,
                           herald_clock_get_wall_ms (self->clock), values);
}

static gint64
get_left_ms (HeraldJournal *self,
             GPtrArray     *parts)
{
  gint64 expires_boot_ms = 0;

  for (guint i = 0; i < parts->len; i++)
    expires_boot_ms = MAX (expires_boot_ms, ((HeraldDelivery *) g_ptr_array_index (parts, i))->expires_boot_ms);

  return expires_boot_ms - herald_clock_get_boot_ms (self->clock);
}

/**
 * herald_journal_digest:
 * @parts: at least one, of one channel and destination
 * @take_draft: (transfer full): what tells them; it gets the longest lifetime any of them has left
 *
 * All or nothing.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_digest (HeraldJournal  *self,
                       GPtrArray      *parts,
                       HeraldDraft    *take_draft,
                       GArray         *changed,
                       GError        **error)
{
  gint64 left_ms = get_left_ms (self, parts);
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_draft_free);
  g_autoptr(HeraldEvent) event = make_event (self, parts, take_draft);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean ok;

  take_draft->is_digest = TRUE;
  take_draft->lifetime_s = (guint) MAX (left_ms / 1000, 1);
  g_ptr_array_add (drafts, take_draft);
  if (!herald_database_begin (self->database, error))
    return FALSE;

  ok = herald_journal_write_event (self, event, drafts, ids, error) != 0;
  for (guint i = 0; ok && i < parts->len; i++)
    ok = end_part (self, g_ptr_array_index (parts, i), g_array_index (ids, gint64, 0), ids, error);
  if (!herald_journal_conclude (self, ok, error))
    return FALSE;

  g_array_append_vals (changed, ids->data, ids->len);
  return TRUE;
}
