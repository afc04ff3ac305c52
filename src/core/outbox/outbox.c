/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-outbox"

#include "core/outbox/outbox-private.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "core/channels/channel.h"
#include "core/outbox/flight.h"
#include "core/outbox/journal-allowance.h"
#include "core/outbox/journal-attempt.h"
#include "core/outbox/journal-channels.h"
#include "core/outbox/journal-pictures.h"
#include "core/store/database.h"

/* Beside the database */
#define PICTURES_NAME "pictures"

/**
 * HeraldOutbox:
 *
 * Nothing is lost between "said" and "heard": what is accepted is on the disk
 * before anything is sent, and every delivery ends in one named state. It puts
 * together the journal, which remembers, and the courier, who carries.
 */
G_DEFINE_FINAL_TYPE (HeraldOutbox, herald_outbox, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_DELIVERY_CHANGED,
  N_SIGNALS,
} HeraldOutboxSignal;

static guint signals[N_SIGNALS];

static void
on_delivery_changed (HeraldCourier *courier,
                     gint64         id,
                     HeraldOutbox  *self)
{
  g_signal_emit (self, signals[SIGNAL_DELIVERY_CHANGED], 0, id);
}

/* Of the outbox: those who watch hear what has changed, and the courier looks at it. */
void
herald_outbox_tell (HeraldOutbox *self,
                    GArray       *changed)
{
  herald_courier_wake (self->courier);
  for (guint i = 0; i < changed->len; i++)
    g_signal_emit (self, signals[SIGNAL_DELIVERY_CHANGED], 0, g_array_index (changed, gint64, i));
}

/* GObject */

static void
herald_outbox_dispose (GObject *object)
{
  HeraldOutbox *self = HERALD_OUTBOX (object);

  if (self->courier != NULL)
    herald_courier_stop (self->courier);
  g_clear_object (&self->courier);
  g_clear_object (&self->channels);
  g_clear_pointer (&self->journal, herald_journal_free);

  G_OBJECT_CLASS (herald_outbox_parent_class)->dispose (object);
}

static void
herald_outbox_class_init (HeraldOutboxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_outbox_dispose;

  /**
   * HeraldOutbox::delivery-changed:
   * @id: of the delivery that is new or in another state
   */
  signals[SIGNAL_DELIVERY_CHANGED] = g_signal_new ("delivery-changed", G_TYPE_FROM_CLASS (klass),
                                                   G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                   G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
herald_outbox_init (HeraldOutbox *self)
{
}

/**
 * herald_outbox_new:
 * @path: the database; made, with its directory, if there is none. Pictures lie in a folder
 *   beside it
 * @channels: a list of #HeraldChannel, watched for changes
 *
 * What an earlier run left half done is put in order here. A damaged file is
 * set aside as `.corrupt-<time>` and a fresh one begun.
 *
 * Returns: (transfer full): the outbox, not started; %NULL with G_IO_ERROR_BUSY if another
 *   OctoHerald is running, another G_IO_ERROR, or HERALD_ERROR_SETTINGS
 */
HeraldOutbox *
herald_outbox_new (const char   *path,
                   GListModel   *channels,
                   HeraldClock  *clock,
                   GError      **error)
{
  g_autoptr(HeraldOutbox) self = g_object_new (HERALD_TYPE_OUTBOX, NULL);
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *set_aside = NULL;
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *folder = g_build_filename (directory, PICTURES_NAME, NULL);
  g_autoptr(HeraldDatabase) database = herald_database_new (path, &set_aside, error);

  if (database == NULL)
    return NULL;
  if (set_aside != NULL)
    g_warning ("The file with the messages was damaged; it has been moved to %s", set_aside);

  self->channels = g_object_ref (channels);
  self->journal = herald_journal_new (database, folder, clock, error);
  if (self->journal == NULL || !herald_journal_recover (self->journal, TRUE, changed, error) ||
      !herald_journal_prune_pictures (self->journal, error))
    return NULL;

  self->courier = herald_courier_new (self->journal, channels, clock);
  g_signal_connect_object (self->courier, "delivery-changed", G_CALLBACK (on_delivery_changed),
                           self, 0);

  return g_steal_pointer (&self);
}

HeraldDatabase *
herald_outbox_get_database (HeraldOutbox *self)
{
  return self->journal->database;
}

/* What was under way when the program ended is sent once more by recovery, which does not know phones. */
static void
spare_phones (HeraldOutbox *self)
{
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (self->channels) && error == NULL; i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (self->channels, i);

      if (herald_flight_tells_phones (channel))
        herald_journal_end_doubtful (self->journal, herald_channel_get_id (channel), changed, &error);
    }

  if (error != NULL)
    g_warning ("What may have arrived cannot be looked at: %s", error->message);
  herald_outbox_tell (self, changed);
}

void
herald_outbox_set_kept_days (HeraldOutbox *self,
                             guint         days)
{
  self->journal->kept_days = days;
}

void
herald_outbox_set_digest (HeraldOutbox     *self,
                          HeraldDigestFunc  digest,
                          gpointer          user_data)
{
  herald_pacer_set_digest (herald_courier_get_pacer (self->courier), digest, user_data);
}

/**
 * herald_outbox_query_allowance:
 * @report: (out caller-allocates): only if %TRUE is returned
 *
 * Returns: %FALSE if the disk cannot be read, or if there is nothing to tell: no bounds, and nothing that has cost anything
 */
gboolean
herald_outbox_query_allowance (HeraldOutbox          *self,
                               HeraldChannel         *channel,
                               HeraldAllowanceReport *report)
{
  const char *id = herald_channel_get_id (channel);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GError) error = NULL;
  HeraldAllowanceTimes times;

  *report = (HeraldAllowanceReport) { 0 };
  herald_channel_get_allowance (channel, &report->allowance);
  herald_allowance_times_at (&times, herald_clock_get_wall_ms (self->journal->clock), zone);
  if (!herald_journal_sum_use (self->journal, id, &times, &report->use, &error) ||
      !herald_journal_count_left_out (self->journal, id, &times, &report->n_digested, &report->n_left_out, &error))
    {
      g_warning ("What was sent by %s cannot be counted: %s", id, error->message);
      return FALSE;
    }

  return herald_allowance_has_bounds (&report->allowance) || report->use.month_microdollars > 0;
}

/**
 * herald_outbox_start:
 *
 * Begins to send. The list of channels must be complete: what waits for one
 * that is not in it is cancelled.
 */
void
herald_outbox_start (HeraldOutbox *self)
{
  spare_phones (self);
  herald_courier_start (self->courier);
}

/**
 * herald_outbox_stop:
 *
 * Nothing is sent any more when this returns; messages are still accepted.
 */
void
herald_outbox_stop (HeraldOutbox *self)
{
  herald_courier_stop (self->courier);
}

/**
 * herald_outbox_accept:
 * @drafts: (element-type HeraldDraft): what is to be sent because of @event; may be empty
 * @event_id: (out) (optional): its id, 0 if the same event was accepted before
 *
 * When this returns %TRUE the event and its deliveries are on the disk, or, within a transaction of the database, will be
 * with what else is in it.
 *
 * Returns: %FALSE with a G_IO_ERROR, e.g. G_IO_ERROR_NO_SPACE; then nothing is
 */
gboolean
herald_outbox_accept (HeraldOutbox  *self,
                      HeraldEvent   *event,
                      GPtrArray     *drafts,
                      gint64        *event_id,
                      GError       **error)
{
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id = 0;

  if (!herald_journal_accept (self->journal, event, drafts, &id, changed, error))
    return FALSE;

  if (event_id != NULL)
    *event_id = id;
  herald_outbox_tell (self, changed);

  return TRUE;
}

/* Nothing for a time that is past: it is tried as soon as there is room. */
static char *
describe_next_try (HeraldOutbox *self,
                   gint64        next_ms)
{
  g_autoptr(GDateTime) next = g_date_time_new_from_unix_local (next_ms / 1000);
  g_autofree char *moment = next != NULL ? g_date_time_format (next, "%H:%M:%S") : NULL;

  if (moment == NULL || next_ms <= herald_clock_get_wall_ms (self->journal->clock))
    return NULL;

  /* Translators: a time of day */
  return g_strdup_printf (_("Next try at %s."), moment);
}

/* What waits with its channel has often not been tried itself, and has no reason of its own. */
static void
explain (HeraldOutbox   *self,
         HeraldDelivery *delivery)
{
  g_autoptr(HeraldChannel) channel = herald_channel_find (self->channels, delivery->channel);
  const char *problem = channel != NULL ? herald_channel_get_problem (channel) : NULL;
  const char *wait_reason = channel != NULL ? herald_channel_get_wait_reason (channel) : NULL;
  gint64 next_ms = wait_reason != NULL ? herald_channel_get_wait_until_ms (channel) : delivery->due_ms;
  g_autofree char *next_try = problem == NULL ? describe_next_try (self, next_ms) : NULL;
  g_autofree char *reason = g_steal_pointer (&delivery->reason);
  g_autofree char *sentence = NULL;

  if (delivery->waits_for_desk)
    {
      delivery->reason = g_strdup (_("It waits to see whether somebody is at this computer."));
      return;
    }
  if (reason == NULL && (problem != NULL || wait_reason != NULL))
    reason = g_strdup_printf (_("It waits with the others. %s"), problem != NULL ? problem : wait_reason);

  sentence = herald_text_end_sentence (reason != NULL ? reason : "");
  delivery->reason = reason != NULL && next_try != NULL ? g_strdup_printf ("%s %s", sentence, next_try)
                                                        : g_steal_pointer (&reason);
}

/**
 * herald_outbox_query_history:
 *
 * What waits says why, also if it has not been tried itself, and until when.
 *
 * Returns: (transfer full) (element-type HeraldDelivery): newest first; %NULL with a G_IO_ERROR
 */
GPtrArray *
herald_outbox_query_history (HeraldOutbox               *self,
                             const HeraldHistoryFilter  *filter,
                             GError                    **error)
{
  GPtrArray *rows = herald_journal_query (self->journal, filter, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      HeraldDelivery *delivery = g_ptr_array_index (rows, i);

      if (delivery->state == HERALD_DELIVERY_PENDING || delivery->state == HERALD_DELIVERY_DEFERRED)
        explain (self, delivery);
    }

  return rows;
}

/**
 * herald_outbox_query_attempt:
 *
 * Returns: (transfer full) (nullable): how the last attempt of @delivery ended; %NULL if none has, or if the disk
 *   cannot be read
 */
HeraldAttemptRecord *
herald_outbox_query_attempt (HeraldOutbox *self,
                             gint64        delivery)
{
  g_autoptr(GError) error = NULL;
  HeraldAttemptRecord *record = herald_journal_query_attempt (self->journal, delivery, &error);

  if (error != NULL)
    g_warning ("The attempts of a message cannot be read: %s", error->message);

  return record;
}

/**
 * herald_outbox_list_attempts:
 *
 * Returns: (transfer full) (element-type HeraldAttemptRecord): the first one first; %NULL with a G_IO_ERROR
 */
GPtrArray *
herald_outbox_list_attempts (HeraldOutbox  *self,
                             gint64         delivery,
                             GError       **error)
{
  return herald_journal_list_attempts (self->journal, delivery, error);
}

gboolean
herald_outbox_knows_channel (HeraldOutbox *self,
                             const char   *channel)
{
  return herald_journal_knows_channel (self->journal, channel);
}

/**
 * herald_outbox_get_ledger:
 * @ledger: (out): the counts; all 0 if the disk cannot be read
 */
void
herald_outbox_get_ledger (HeraldOutbox *self,
                          HeraldLedger *ledger)
{
  g_autoptr(GHashTable) held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (self->channels); i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (self->channels, i);

      if (herald_channel_get_problem (channel) != NULL)
        g_hash_table_add (held, g_strdup (herald_channel_get_id (channel)));
    }

  *ledger = (HeraldLedger) { 0 };
  if (!herald_journal_count (self->journal, held, ledger, &error))
    g_warning ("The messages cannot be counted: %s", error->message);
}

/**
 * herald_outbox_resume:
 * @channel: (nullable): id of a channel a person has acted on, which may be held; %NULL for all that could not be
 *   reached, e.g. when the network is back
 *
 * Tries at once what waits.
 */
void
herald_outbox_resume (HeraldOutbox *self,
                      const char   *channel)
{
  herald_courier_resume (self->courier, channel);
}

/**
 * herald_outbox_run:
 *
 * Begins at once what is due, and not soon: there may be no later.
 */
void
herald_outbox_run (HeraldOutbox *self)
{
  herald_courier_run (self->courier);
}

/**
 * herald_outbox_hold_back:
 *
 * While held back no attempt is begun; those under way go on.
 */
void
herald_outbox_hold_back (HeraldOutbox *self,
                         gboolean      hold_back)
{
  herald_roster_hold_back (herald_courier_get_roster (self->courier), hold_back);
  herald_courier_wake (self->courier);
}
