/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-journal-accept"

#include "core/outbox/journal.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/outbox/install-key.h"
#include "core/outbox/journal-row.h"

/* The limit of the column; values are cleaned and cut long before they add up to this. */
#define PAYLOAD_MAX_BYTES 65536

/* Separates the parts of a lane's name; no text that was cleaned contains it. */
#define LANE_SEPARATOR "\x1f"

/* One event being written; @dedupe: what makes it the same event as another */
typedef struct
{
  HeraldJournal *journal;
  HeraldDatabase *database;
  HeraldEvent *event;
  const char *dedupe;
  gint64 server;
  gint64 job; /* 0 for none */
  gint64 id;
  gint64 wall_ms;
} Entry;

static gboolean
find_server (Entry   *entry,
             GError **error)
{
  const char *printer = entry->event->printer != NULL ? entry->event->printer : "";

  return herald_database_run (entry->database, error,
                              "INSERT INTO server(printer) VALUES(?1) ON CONFLICT DO NOTHING", "t",
                              printer) &&
         herald_database_get_int (entry->database, &entry->server, error,
                                  "SELECT id FROM server WHERE printer=?1", "t", printer);
}

/* A printer has one job at a time: the one before ended without our seeing how. */
static gboolean
open_job (Entry   *entry,
          GError **error)
{
  const char *path = herald_values_get (entry->event->values, "path");

  return herald_database_run (entry->database, error,
                              "UPDATE job SET outcome='unknown', closed_ms=?2"
                              " WHERE server=?1 AND outcome IS NULL AND name<>?3",
                              "iit", entry->server, entry->event->observed_ms, entry->event->job) &&
         herald_database_run (entry->database, error,
                              "INSERT INTO job(server,name,storage,path,opened_ms)"
                              " VALUES(?1,?2,'',?3,?4) ON CONFLICT DO NOTHING",
                              "itti", entry->server, entry->event->job, path != NULL ? path : "",
                              entry->event->observed_ms);
}

static gboolean
note_job (Entry   *entry,
          GError **error)
{
  static const char select[] = "SELECT id FROM job WHERE server=?1 AND name=?2";
  g_autoptr(GError) problem = NULL;

  if (entry->event->job == NULL)
    return TRUE;

  /* Not only at its start: the program may have been started in the middle of a print. */
  if (!herald_database_get_int (entry->database, &entry->job, &problem, select, "it",
                                entry->server, entry->event->job))
    {
      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (!open_job (entry, error) ||
          !herald_database_get_int (entry->database, &entry->job, error, select, "it",
                                    entry->server, entry->event->job))
        return FALSE;
    }

  if (!herald_event_kind_is_outcome (entry->event->kind))
    return TRUE;

  return herald_database_run (entry->database, error,
                              "UPDATE job SET outcome=?2, closed_ms=?3"
                              " WHERE id=?1 AND outcome IS NULL",
                              "iti", entry->job, herald_event_kind_get_info (entry->event->kind)->id,
                              entry->event->observed_ms);
}

static gboolean
write_event (Entry   *entry,
             GError **error)
{
  HeraldEvent *event = entry->event;
  g_autofree char *payload = herald_values_to_json (event->values);

  if (strlen (payload) > PAYLOAD_MAX_BYTES)
    {
      g_debug ("The values of %s are too large to be kept", event->dedupe);
      g_clear_pointer (&payload, g_free);
      payload = g_strdup ("{}");
    }

  /* If the transaction around this one is undone, somebody still knows the id, and must not take another event for it. */
  if (!herald_database_run (entry->database, error,
                            "INSERT INTO event(id,server,job,kind,source,dedupe,occurred_ms,"
                            "observed_ms,payload) VALUES(max(?9,coalesce((SELECT max(id) FROM event),0))+1,"
                            "?1,nullif(?2,0),?3,?4,?5,nullif(?6,0),?7,?8)",
                            "iitttiiti", entry->server, entry->job,
                            herald_event_kind_get_info (event->kind)->id,
                            herald_event_source_to_id (event->source), entry->dedupe,
                            event->occurred_ms, event->observed_ms, payload, entry->journal->last_event))
    return FALSE;

  entry->id = herald_database_get_last_id (entry->database);
  entry->journal->last_event = entry->id;
  return TRUE;
}

/* How far the print had come is not news any more when there is newer news of it. */
static gboolean
supersede (Entry       *entry,
           const char  *lane,
           GArray      *changed,
           GError     **error)
{
  if (entry->job == 0 ||
      (entry->event->kind != HERALD_KIND_PRINT_PROGRESS && !herald_event_kind_is_outcome (entry->event->kind)))
    return TRUE;

  return herald_journal_collect (
      entry->journal,
      herald_database_select (
          entry->database, error,
          "UPDATE delivery SET state=CASE WHEN ambiguous>0 THEN 'probable' ELSE 'superseded' END,"
          " finished_ms=?4, reason=?5"
          " WHERE lane=?1 AND state IN('pending','deferred') AND event<>?3 AND event IN"
          " (SELECT id FROM event WHERE job=?2 AND kind='print-progress') RETURNING id",
          "tiiit", lane, entry->job, entry->id, entry->wall_ms,
          _("Newer news of the same print made it pointless.")),
      changed, error);
}

/* What was put off would be told after newer news of its kind, in words that are old by then. */
static gboolean
supersede_repeats (Entry       *entry,
                   const char  *lane,
                   GArray      *changed,
                   GError     **error)
{
  g_autofree char *first = g_strconcat (lane, HERALD_JOURNAL_REPEAT, NULL);
  g_autofree char *end = g_strconcat (first, ":", NULL); /* after all digits */

  return herald_journal_collect (
      entry->journal,
      herald_database_select (
          entry->database, error,
          "UPDATE delivery INDEXED BY lane_head SET state=CASE WHEN ambiguous>0 THEN 'probable' ELSE 'superseded' END,"
          " finished_ms=?6, reason=?7"
          " WHERE lane>?1 AND lane<?2 AND state IN('pending','sending','committing','deferred')"
          " AND state IN('pending','deferred') AND EXISTS (SELECT 1 FROM event WHERE event.id=delivery.event"
          "  AND event.kind=?3 AND event.job IS nullif(?4,0) AND event.id<>?5) RETURNING id",
          "tttiiit", first, end, herald_event_kind_get_info (entry->event->kind)->id, entry->job, entry->id,
          entry->wall_ms, _("There was newer news of the same kind.")),
      changed, error);
}

/* As in the column */
static gint64
get_held (HeraldDraft *draft)
{
  gint64 desk = draft->desk_ms > 0 ? HERALD_HELD_DESK : 0;

  if (draft->hold_ms == 0)
    return desk;

  return desk + (draft->awaits_picture ? 2 : 1);
}

static gboolean
write_delivery (Entry        *entry,
                HeraldDraft  *draft,
                GArray       *changed,
                GError      **error)
{
  HeraldClock *clock = entry->journal->clock;
  const char *printer = entry->event->printer != NULL ? entry->event->printer : "";
  /* A person looks on: a test waits behind nothing, and nothing behind what tells of many. */
  gboolean goes_alone = entry->event->kind == HERALD_KIND_TEST || draft->is_digest;
  g_autofree char *lane = g_strjoin (LANE_SEPARATOR, printer, draft->channel, draft->destination,
                                     goes_alone ? entry->dedupe : NULL, NULL);
  g_autofree char *key = herald_install_key_derive (entry->journal->install_key,
                                                    entry->dedupe, draft->channel,
                                                    draft->destination);
  char *json = herald_message_to_json (draft->message);
  g_autoptr(GBytes) body = g_bytes_new_take (json, strlen (json));
  gint64 boot_ms = herald_clock_get_boot_ms (clock);
  gint64 lifetime_ms = (gint64) draft->lifetime_s * 1000;
  gint64 hold_ms = MIN (MAX (draft->hold_ms, draft->desk_ms), lifetime_ms / 2); /* News that is never told is none. */
  gint64 id;

  /* What nobody is told makes nothing that waits old. */
  if ((draft->silence == NULL &&
       (!supersede (entry, lane, changed, error) || !supersede_repeats (entry, lane, changed, error))) ||
      !herald_database_run (entry->database, error,
                            "INSERT INTO delivery(event,rule,channel,channel_type,dest,lane,idem,"
                            "body,boot_id,due_boot_ms,due_ms,expires_boot_ms,expires_ms,created_ms,"
                            "held,urgent,note,price,picture_price,allowance,state,reason,finished_ms)"
                            " VALUES(?1,0,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,"
                            "iif(?21 IS NULL,NULL,?13))",
                            "itttttbtiiiiiiitiiitt", entry->id, draft->channel, draft->channel_type,
                            draft->destination, lane, key, body, herald_clock_get_boot_id (clock),
                            boot_ms + hold_ms, entry->wall_ms + hold_ms, boot_ms + lifetime_ms,
                            entry->wall_ms + lifetime_ms, entry->wall_ms, get_held (draft),
                            (gint64) (draft->message->urgency == HERALD_URGENCY_CRITICAL ? 1 : 0), draft->note,
                            draft->price, draft->picture_price, (gint64) (draft->is_digest ? 1 : 0),
                            draft->silence != NULL ? "cancelled" : "pending", draft->silence))
    return FALSE;

  id = herald_database_get_last_id (entry->database);
  g_array_append_val (changed, id);

  return TRUE;
}

static gboolean
write_entry (Entry      *entry,
             GPtrArray  *drafts,
             GArray     *changed,
             GError    **error)
{
  if (!find_server (entry, error) || !note_job (entry, error) ||
      !write_event (entry, error))
    return FALSE;

  for (guint i = 0; i < drafts->len; i++)
    {
      if (!write_delivery (entry, g_ptr_array_index (drafts, i), changed, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * herald_journal_write_event:
 * @drafts: (element-type HeraldDraft): what is to be sent because of @event
 *
 * For the files of the journal, within a transaction of theirs; @event must be new.
 *
 * Returns: the event's id; 0 with a G_IO_ERROR
 */
gint64
herald_journal_write_event (HeraldJournal  *self,
                            HeraldEvent    *event,
                            GPtrArray      *drafts,
                            GArray         *changed,
                            GError        **error)
{
  Entry entry = {
    .journal = self,
    .database = self->database,
    .event = event,
    .dedupe = event->dedupe,
    .wall_ms = herald_clock_get_wall_ms (self->clock),
  };

  return write_entry (&entry, drafts, changed, error) ? entry.id : 0;
}

/* How often a file was printed makes the key of an end. A server that has forgotten it counts anew, and another print has
 * the key of an old one. Returns: whether the key is that of this event already */
static gboolean
is_known (Entry       *entry,
          const char  *dedupe,
          gboolean    *is_of_other_job,
          GError     **error)
{
  gint64 of_other_job = 0;

  if (!herald_database_get_int (entry->database, &of_other_job, error,
                                "SELECT coalesce(job.name<>?2,0) FROM event LEFT JOIN job ON job.id=event.job"
                                " WHERE dedupe=?1",
                                "tt", dedupe, entry->event->job))
    return FALSE;

  *is_of_other_job = of_other_job != 0;
  return !*is_of_other_job;
}

/* Returns: whether it was accepted before; else entry->dedupe is a key that nothing else has. @made: (out): keeps it */
static gboolean
is_repeated (Entry   *entry,
             char   **made,
             GError **error)
{
  g_autoptr(GError) problem = NULL;
  gboolean is_of_other_job = FALSE;
  gboolean known = is_known (entry, entry->dedupe, &is_of_other_job, &problem);

  if (is_of_other_job)
    {
      *made = g_strdup_printf ("%s|%s", entry->dedupe, entry->event->job);
      entry->dedupe = *made;
      known = is_known (entry, entry->dedupe, &is_of_other_job, &problem);
    }
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));

  return known;
}

/**
 * herald_journal_accept:
 * @drafts: (element-type HeraldDraft): what is to be sent because of @event; may be empty
 * @event_id: (out): its id, 0 if the same event was accepted before: one with its dedupe key that is not of another print
 *
 * Writes the event and its deliveries, all or nothing; within a transaction of others, with that. No other event gets its
 * id, also if that transaction is undone.
 *
 * Returns: %FALSE with a G_IO_ERROR
 */
gboolean
herald_journal_accept (HeraldJournal  *self,
                       HeraldEvent    *event,
                       GPtrArray      *drafts,
                       gint64         *event_id,
                       GArray         *changed,
                       GError        **error)
{
  Entry entry = {
    .journal = self,
    .database = self->database,
    .event = event,
    .dedupe = event->dedupe,
    .wall_ms = herald_clock_get_wall_ms (self->clock),
  };
  g_autofree char *made = NULL;
  g_autoptr(GError) problem = NULL;

  if (!herald_database_begin (self->database, error))
    return FALSE;

  if (is_repeated (&entry, &made, &problem))
    g_message ("%s was told before", event->dedupe);
  else if (problem == NULL && !write_entry (&entry, drafts, changed, &problem))
    entry.id = 0;
  if (herald_journal_conclude (self, entry.id != 0, &problem))
    {
      *event_id = entry.id;
      return TRUE;
    }

  g_array_set_size (changed, 0);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  *event_id = 0;
  return TRUE;
}
