/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-journal-history"

#include "core/outbox/journal.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/outbox/journal-pictures.h"
#include "core/outbox/journal-row.h"
#include "core/outbox/picture-shelf.h"

#define LIMIT_DEFAULT 100
#define LIMIT_MAX 10000

#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

/* What has cost something is kept for a whole month of a budget, which may have a day more, and a day for the time zone. */
#define PAID_KEPT_DAYS 32

/* Shown for a body that a damaged disk made unreadable */
static HeraldMessage *
make_unreadable_message (void)
{
  HeraldMessage content = {
    .kind = HERALD_KIND_CUSTOM,
    .title = (char *) _("Unreadable message"),
    .text = (char *) _("What this message said could not be read from the disk."),
  };

  return herald_message_new (&content);
}

/* Of its name, its type, its size and its measures, from @column on */
static HeraldAttachment *
read_picture (HeraldJournal *self,
              sqlite3_stmt  *row,
              int            column)
{
  const char *name = herald_column_get_text (row, column);
  g_autofree char *path = herald_picture_shelf_dup_path (self->folder, name);
  HeraldAttachment content = {
    .path = path,
    .media_type = (char *) herald_column_get_text (row, column + 1),
    .suffix = path != NULL ? strrchr (path, '.') + 1 : NULL,
    .n_bytes = (gsize) sqlite3_column_int64 (row, column + 2),
    .width = (guint) sqlite3_column_int64 (row, column + 3),
    .height = (guint) sqlite3_column_int64 (row, column + 4),
  };

  return path != NULL ? herald_attachment_new (&content) : NULL;
}

/**
 * herald_journal_read_row:
 * @row: HERALD_JOURNAL_COLUMNS of HERALD_JOURNAL_TABLES
 *
 * Returns: (transfer full): the delivery; its message is %NULL if it cannot be read
 */
HeraldDelivery *
herald_journal_read_row (HeraldJournal *self,
                         sqlite3_stmt  *row)
{
  HeraldDelivery *delivery = herald_delivery_new ();

  delivery->id = sqlite3_column_int64 (row, 0);
  delivery->event = sqlite3_column_int64 (row, 1);
  herald_event_source_from_id (herald_column_get_text (row, 2), &delivery->source);
  delivery->channel = g_strdup (herald_column_get_text (row, 3));
  delivery->channel_type = g_strdup (herald_column_get_text (row, 4));
  delivery->destination = g_strdup (herald_column_get_text (row, 5));
  delivery->key = g_strdup (herald_column_get_text (row, 6));
  delivery->message = herald_message_from_json (sqlite3_column_blob (row, 7),
                                                (gsize) sqlite3_column_bytes (row, 7), NULL);
  herald_delivery_state_from_id (herald_column_get_text (row, 8), &delivery->state);
  delivery->reason = g_strdup (herald_column_get_text (row, 9));
  delivery->attempts = (guint) sqlite3_column_int64 (row, 10);
  delivery->ambiguous = (guint) sqlite3_column_int64 (row, 11);
  delivery->created_ms = sqlite3_column_int64 (row, 12);
  delivery->expires_ms = sqlite3_column_int64 (row, 13);
  delivery->finished_ms = sqlite3_column_int64 (row, 14);
  delivery->remote_id = g_strdup (herald_column_get_text (row, 15));
  delivery->expires_boot_ms = sqlite3_column_int64 (row, 16);
  delivery->note = g_strdup (herald_column_get_text (row, 17));
  delivery->due_ms = sqlite3_column_int64 (row, 24);
  delivery->cost = sqlite3_column_int64 (row, 25);
  delivery->is_left_out = sqlite3_column_int64 (row, 26) != 0;
  delivery->waits_for_desk = sqlite3_column_int64 (row, 27) != 0;
  delivery->picture = read_picture (self, row, 19);
  if (delivery->picture != NULL)
    delivery->picture_kind = g_strdup (herald_column_get_text (row, 18));

  return delivery;
}

/* A row, or one event's rows, are asked for whenever one of them changes: not by looking at all there are. */
static sqlite3_stmt *
select_rows (HeraldJournal              *self,
             const HeraldHistoryFilter  *filter,
             GError                    **error)
{
  guint limit = filter->limit > 0 ? MIN (filter->limit, LIMIT_MAX) : LIMIT_DEFAULT;

  if (filter->event != 0)
    return herald_database_select (self->database, error,
                                   "SELECT " HERALD_JOURNAL_COLUMNS HERALD_JOURNAL_TABLES
                                   " WHERE delivery.event=?2 ORDER BY delivery.id DESC LIMIT ?1",
                                   "ii", (gint64) limit, filter->event);
  if (filter->delivery != 0)
    return herald_database_select (self->database, error,
                                   "SELECT " HERALD_JOURNAL_COLUMNS HERALD_JOURNAL_TABLES " WHERE delivery.id=?1",
                                   "i", filter->delivery);

  return herald_database_select (
      self->database, error,
      "SELECT " HERALD_JOURNAL_COLUMNS HERALD_JOURNAL_TABLES
      " JOIN server ON server.id=event.server"
      " WHERE (?2 IS NULL OR delivery.state=?2) AND (?3 IS NULL OR server.printer=?3)"
      " ORDER BY delivery.id DESC LIMIT ?1",
      "itt", (gint64) limit, filter->state, filter->printer);
}

/**
 * herald_journal_query:
 *
 * Returns: (transfer full) (element-type HeraldDelivery): newest first; %NULL with a G_IO_ERROR
 */
GPtrArray *
herald_journal_query (HeraldJournal              *self,
                      const HeraldHistoryFilter  *filter,
                      GError                    **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_delivery_free);
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *row = select_rows (self, filter, &problem);

  while (herald_database_next (self->database, row, &problem))
    {
      HeraldDelivery *delivery = herald_journal_read_row (self, row);

      if (delivery->message == NULL)
        delivery->message = make_unreadable_message ();
      g_ptr_array_add (rows, delivery);
    }

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  return g_steal_pointer (&rows);
}

/* By when it is due: of the thousands that may wait, few are not due. */
static gboolean
count_put_off (HeraldJournal  *self,
               GHashTable     *held_channels,
               HeraldLedger   *sum,
               GError        **error)
{
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *rows = herald_database_select (self->database, &problem,
                                               "SELECT channel FROM delivery INDEXED BY due"
                                               " WHERE state IN('pending','deferred') AND due_boot_ms>?1"
                                               " AND state='pending' AND instr(lane,?2)>0",
                                               "it", herald_clock_get_boot_ms (self->clock), HERALD_JOURNAL_REPEAT);

  while (herald_database_next (self->database, rows, &problem))
    sum->put_off += g_hash_table_contains (held_channels, herald_column_get_text (rows, 0)) ? 0 : 1;
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * herald_journal_count:
 * @held_channels: ids of channels on which nothing is tried until a person has acted
 *
 * Asked whenever a delivery changes: only what is not over is looked at.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_count (HeraldJournal  *self,
                      GHashTable     *held_channels,
                      HeraldLedger   *ledger,
                      GError        **error)
{
  gint64 total = 0;
  HeraldLedger sum = { 0 };
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *rows = herald_database_select (
      self->database, &problem,
      HERALD_JOURNAL_CHANNELS
      "SELECT one.channel, delivery.state='quarantined', count(*) FROM one"
      " CROSS JOIN delivery ON delivery.channel=one.channel"
      " WHERE delivery.state IN('pending','sending','committing','deferred','quarantined') GROUP BY 1, 2", "");

  while (herald_database_next (self->database, rows, &problem))
    {
      gboolean is_quarantined = sqlite3_column_int64 (rows, 1) != 0;
      guint64 n_rows = (guint64) sqlite3_column_int64 (rows, 2);

      if (is_quarantined || g_hash_table_contains (held_channels, herald_column_get_text (rows, 0)))
        sum.held += n_rows;
      else
        sum.waiting += n_rows;
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (!count_put_off (self, held_channels, &sum, error) ||
      !herald_database_get_int (self->database, &total, error, "SELECT count(*) FROM delivery", ""))
    return FALSE;

  sum.total = (guint64) total;
  sum.finished = sum.total - sum.waiting - sum.held;
  *ledger = sum;
  return TRUE;
}

/**
 * herald_journal_find:
 *
 * For the files of the journal.
 *
 * Returns: (transfer full): the delivery; %NULL with HERALD_ERROR_SETTINGS if there is none, or a G_IO_ERROR
 */
HeraldDelivery *
herald_journal_find (HeraldJournal  *self,
                     gint64          id,
                     GError        **error)
{
  HeraldHistoryFilter filter = { .delivery = id, .limit = 1 };
  g_autoptr(GPtrArray) rows = herald_journal_query (self, &filter, error);

  if (rows == NULL)
    return NULL;
  if (rows->len == 1)
    return g_ptr_array_steal_index (rows, 0);

  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                       _("There is no message with this number."));
  return NULL;
}

/* What is over stays over in the history; the copy is a row of its own with the same key, so that
 * a receiver that has it after all can tell. What was left out is urgent now: a person wants it. */
static gboolean
send_again (HeraldJournal  *self,
            gint64          id,
            GArray         *changed,
            GError        **error)
{
  gint64 wall_ms = herald_clock_get_wall_ms (self->clock);
  gint64 copy;

  if (!herald_database_run (
          self->database, error,
          "INSERT INTO delivery(event,rule,channel,channel_type,dest,lane,idem,body,boot_id,"
          "due_boot_ms,due_ms,expires_boot_ms,expires_ms,created_ms,urgent,note,picture,picture_kind,"
          "price,picture_price)"
          " SELECT event,(SELECT max(rule)+1 FROM delivery AS other WHERE"
          " other.event=delivery.event AND other.channel=delivery.channel"
          " AND other.dest=delivery.dest),"
          "channel,channel_type,dest,lane,idem,body,?2,?3,?4,?3+max(expires_ms-created_ms,?5),"
          "?4+max(expires_ms-created_ms,?5),?4,max(urgent,allowance=2),note,picture,picture_kind,price,picture_price"
          " FROM delivery WHERE id=?1",
          "itiii", id, herald_clock_get_boot_id (self->clock),
          herald_clock_get_boot_ms (self->clock), wall_ms, (gint64) 60 * 60 * 1000))
    return FALSE;

  copy = herald_database_get_last_id (self->database);
  g_array_append_val (changed, copy);

  return TRUE;
}

/**
 * herald_journal_retry:
 *
 * What waits or is quarantined is due now, and urgent if it waits because no more may be sent: a
 * person wants it. What is over without having been
 * delivered for certain is sent again as a new delivery.
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS if that cannot be, or a G_IO_ERROR
 */
gboolean
herald_journal_retry (HeraldJournal  *self,
                      gint64          id,
                      GArray         *changed,
                      GError        **error)
{
  g_autoptr(HeraldDelivery) delivery = herald_journal_find (self, id, error);

  if (delivery == NULL)
    return FALSE;

  switch ((guint) delivery->state)
    {
    case HERALD_DELIVERY_DELIVERED:
    case HERALD_DELIVERY_SENDING:
    case HERALD_DELIVERY_COMMITTING:
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           delivery->state == HERALD_DELIVERY_DELIVERED
                             ? _("This message has been delivered already.")
                             : _("This message is being sent right now."));
      return FALSE;
    case HERALD_DELIVERY_PENDING:
    case HERALD_DELIVERY_DEFERRED:
    case HERALD_DELIVERY_QUARANTINED:
      if (!herald_database_run (self->database, error,
                                "UPDATE delivery SET state='deferred', deaths=0, urgent=max(urgent,held=3),"
                                " held=0, due_boot_ms=?2, due_ms=?3 WHERE id=?1",
                                "iii", id, herald_clock_get_boot_ms (self->clock),
                                herald_clock_get_wall_ms (self->clock)))
        return FALSE;
      g_array_append_val (changed, id);
      return TRUE;
    default:
      return send_again (self, id, changed, error);
    }
}

static gboolean
delete_old (HeraldJournal  *self,
            gint64          before_ms,
            gint64          paid_before_ms,
            GError        **error)
{
  /* An event goes with all its deliveries or stays with all of them. */
  static const struct
  {
    const char *sql;
    const char *types; /* what it takes of the two moments */
  } statements[] = {
    { "CREATE TEMP TABLE old_event AS SELECT id FROM event WHERE observed_ms<?1 AND NOT EXISTS"
      " (SELECT 1 FROM delivery WHERE delivery.event=event.id AND (finished_ms IS NULL OR"
      " finished_ms>=?1 OR (price>0 AND finished_ms>=?2) OR"
      " state IN('pending','sending','committing','deferred','quarantined')))", "ii" },
    { "DELETE FROM attempt WHERE delivery IN"
      " (SELECT id FROM delivery WHERE event IN (SELECT id FROM old_event))", "" },
    { "DELETE FROM delivery WHERE event IN (SELECT id FROM old_event)", "" },
    { "DELETE FROM event WHERE id IN (SELECT id FROM old_event)", "" },
    { "DELETE FROM job WHERE closed_ms<?1 AND id NOT IN (SELECT job FROM event WHERE job IS NOT NULL)", "i" },
    { "DELETE FROM gap WHERE to_ms<?1", "i" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      if (!herald_database_run (self->database, error, statements[i].sql, statements[i].types, before_ms,
                                paid_before_ms))
        return FALSE;
    }

  return herald_database_run (self->database, error, "DROP TABLE old_event", "");
}

/**
 * herald_journal_prune:
 *
 * Deletes what has been over for longer than it is kept, and the pictures that belonged to it.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_prune (HeraldJournal  *self,
                      GError        **error)
{
  gint64 now_ms = herald_clock_get_wall_ms (self->clock);
  gint64 before_ms = now_ms - self->kept_days * DAY_MS;
  gint64 paid_before_ms = now_ms - MAX (self->kept_days, PAID_KEPT_DAYS) * DAY_MS;

  if (!herald_database_begin (self->database, error))
    return FALSE;
  if ((self->kept_days == 0 || delete_old (self, before_ms, paid_before_ms, error)) && herald_journal_prune_pictures (self, error))
    return herald_database_commit (self->database, error);

  herald_database_roll_back (self->database);
  return FALSE;
}
