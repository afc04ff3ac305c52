/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-courier"

#include "core/outbox/courier.h"

#include "core/outbox/roster.h"

/* Timers stand still while the computer sleeps, the time that counts does not. */
#define TIMER_MAX_MS (60 * 1000)

#define PRUNE_INTERVAL_MS (24 * 60 * 60 * 1000)

/**
 * HeraldCourier:
 *
 * Takes what waits in the journal to the channels: of each lane (a printer, a
 * channel and a destination) the oldest, one at a time, lanes independent of
 * each other; only what is urgent passes what is held. Which channels may be tried, the roster knows.
 */
struct _HeraldCourier
{
  GObject parent_instance;

  HeraldJournal *journal;
  GListModel *channels;
  HeraldClock *clock;
  HeraldRoster *roster;
  HeraldPacer *pacer;
  GHashTable *flights;  /* lane → HeraldFlight */
  guint timer;
  gint64 pruned_boot_ms;
  gboolean is_started;
};

G_DEFINE_FINAL_TYPE (HeraldCourier, herald_courier, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_DELIVERY_CHANGED,
  N_SIGNALS,
} HeraldCourierSignal;

static guint signals[N_SIGNALS];

static void
tell (HeraldCourier *self,
      GArray        *changed)
{
  for (guint i = 0; i < changed->len; i++)
    g_signal_emit (self, signals[SIGNAL_DELIVERY_CHANGED], 0, g_array_index (changed, gint64, i));
}

static void
tell_one (HeraldCourier *self,
          gint64         id)
{
  g_signal_emit (self, signals[SIGNAL_DELIVERY_CHANGED], 0, id);
}

static gboolean
on_run_timeout (gpointer user_data)
{
  HeraldCourier *self = user_data;

  self->timer = 0;
  herald_courier_run (self);

  return G_SOURCE_REMOVE;
}

static void
schedule (HeraldCourier *self,
          gint64         delay_ms)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->is_started)
    self->timer = g_timeout_add ((guint) CLAMP (delay_ms, 0, TIMER_MAX_MS), on_run_timeout, self);
}

/* What cannot be recorded now stays in the air: its lane waits, and it is not sent again. */
static gboolean
record (HeraldCourier *self,
        HeraldFlight  *flight)
{
  gint64 id = flight->delivery->id;
  g_autoptr(GError) error = NULL;

  if (!herald_journal_settle (self->journal, id, &flight->outcome, &error))
    {
      g_warning ("The outcome of message %" G_GINT64_FORMAT " cannot be recorded yet: %s", id,
                 error->message);
      return FALSE;
    }

  herald_flight_log_outcome (flight);
  g_hash_table_remove (self->flights, flight->lane);
  herald_roster_note_end (self->roster, flight);
  herald_flight_free (flight);
  tell_one (self, id);

  return TRUE;
}

static void
on_flight_committed (HeraldFlight *flight,
                     gpointer      user_data)
{
  HeraldCourier *self = HERALD_COURIER (user_data);

  /* It makes room for the next. */
  schedule (self, 0);
  tell_one (self, flight->delivery->id);
}

static void
on_flight_landed (HeraldFlight *flight,
                  gpointer      user_data)
{
  HeraldCourier *self = HERALD_COURIER (user_data);

  schedule (self, record (self, flight) ? 0 : HERALD_DISK_RETRY_MS);
}

static gboolean
record_landed (HeraldCourier *self)
{
  g_autoptr(GList) flights = g_hash_table_get_values (self->flights);
  gboolean ok = TRUE;

  for (GList *l = flights; l != NULL; l = l->next)
    {
      HeraldFlight *flight = l->data;

      if (flight->is_over && !record (self, flight))
        ok = FALSE;
    }

  return ok;
}

static gboolean
launch (HeraldCourier      *self,
        HeraldHead         *head,
        HeraldRosterEntry  *entry,
        GError            **error)
{
  HeraldDelivery *delivery = herald_journal_claim (self->journal, head->id, error);
  HeraldFlight *flight;

  if (delivery == NULL)
    return FALSE;
  if (delivery->state == HERALD_DELIVERY_QUARANTINED)
    {
      g_message ("Message %" G_GINT64_FORMAT " cannot be read and is not sent", delivery->id);
      herald_delivery_free (delivery);
      return TRUE;
    }

  flight = herald_flight_new (self->journal, entry->channel, head->lane, delivery);
  herald_roster_note_start (entry, flight);
  g_hash_table_insert (self->flights, flight->lane, flight);
  herald_flight_start (flight, on_flight_committed, on_flight_landed, self);

  return TRUE;
}

static gboolean
launch_due (HeraldCourier  *self,
            GArray         *changed,
            gint64         *next_boot_ms,
            GError        **error)
{
  g_autoptr(GPtrArray) heads = herald_journal_list_heads (self->journal, error);

  if (heads == NULL)
    return FALSE;

  herald_roster_sort (self->roster, heads);
  herald_pacer_begin_round (self->pacer);
  for (guint i = 0; i < heads->len; i++)
    {
      HeraldHead *head = g_ptr_array_index (heads, i);
      HeraldRosterEntry *entry = herald_roster_find (self->roster, head->channel);
      HeraldPace pace;

      if (entry == NULL || g_hash_table_contains (self->flights, head->lane) ||
          !herald_roster_is_due (self->roster, entry, head, next_boot_ms) ||
          !herald_roster_admits (self->roster, entry, head, self->flights))
        continue;

      pace = herald_pacer_judge (self->pacer, entry->channel, head, changed, next_boot_ms, error);
      if (pace == HERALD_PACE_WAIT)
        continue;
      if (pace == HERALD_PACE_FAILED || !launch (self, head, entry, error))
        return FALSE;

      g_array_append_val (changed, head->id);
      if (!g_hash_table_contains (self->flights, head->lane))
        *next_boot_ms = 0; /* It was put aside; the next of its lane may go. */
      else
        herald_pacer_note_start (self->pacer, entry->channel, head);
    }

  return TRUE;
}

static gboolean
tidy (HeraldCourier  *self,
      GArray         *changed,
      gint64         *next_boot_ms,
      GError        **error)
{
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 now_ms = herald_clock_get_boot_ms (self->clock);

  for (guint i = 0; i < herald_roster_get_size (self->roster); i++)
    g_hash_table_add (ids, (char *) herald_channel_get_id (herald_roster_get (self->roster, i)->channel));

  if (!herald_journal_cancel_orphans (self->journal, ids, changed, error) ||
      !herald_journal_expire (self->journal, changed, next_boot_ms, error))
    return FALSE;

  if (self->pruned_boot_ms != 0 && now_ms - self->pruned_boot_ms < PRUNE_INTERVAL_MS)
    return TRUE;

  self->pruned_boot_ms = MAX (now_ms, 1);
  return herald_journal_prune (self->journal, error);
}

/* Looks at once at what waits. */
void
herald_courier_run (HeraldCourier *self)
{
  g_autoptr(HeraldCourier) guard = g_object_ref (self);
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) error = NULL;
  gint64 next_boot_ms = G_MAXINT64;
  gint64 now_ms = herald_clock_get_boot_ms (self->clock);

  if (!record_landed (self))
    schedule (self, HERALD_DISK_RETRY_MS);
  else if (tidy (self, changed, &next_boot_ms, &error) &&
           launch_due (self, changed, &next_boot_ms, &error))
    {
      if (next_boot_ms != G_MAXINT64)
        schedule (self, next_boot_ms - now_ms);
    }
  else
    {
      g_warning ("The messages that wait cannot be looked at: %s", error->message);
      schedule (self, HERALD_DISK_RETRY_MS);
    }

  tell (self, changed);
}

static void
on_channel_settings_changed (HeraldChannel *channel,
                             GParamSpec    *pspec,
                             HeraldCourier *self)
{
  /* Somebody has acted; it may work now. */
  herald_courier_resume (self, herald_channel_get_id (channel));
}

static void
on_channel_problem_changed (HeraldChannel *channel,
                            GParamSpec    *pspec,
                            HeraldCourier *self)
{
  herald_courier_wake (self);
}

static void
unwatch_channels (HeraldCourier *self)
{
  for (guint i = 0; i < herald_roster_get_size (self->roster); i++)
    g_signal_handlers_disconnect_by_data (herald_roster_get (self->roster, i)->channel, self);
}

static void
watch_channels (HeraldCourier *self)
{
  unwatch_channels (self);
  herald_roster_update (self->roster);

  for (guint i = 0; i < herald_roster_get_size (self->roster); i++)
    {
      HeraldChannel *channel = herald_roster_get (self->roster, i)->channel;

      g_signal_connect_object (channel, "notify::settings", G_CALLBACK (on_channel_settings_changed), self, 0);
      g_signal_connect_object (channel, "notify::problem", G_CALLBACK (on_channel_problem_changed), self, 0);
    }
}

static void
on_channels_changed (GListModel    *channels,
                     guint          position,
                     guint          n_removed,
                     guint          n_added,
                     HeraldCourier *self)
{
  g_autoptr(GList) flights = g_hash_table_get_values (self->flights);

  watch_channels (self);
  for (GList *l = flights; l != NULL; l = l->next)
    {
      HeraldFlight *flight = l->data;
      HeraldRosterEntry *entry = herald_roster_find (self->roster, flight->delivery->channel);

      if (entry == NULL || entry->channel != flight->channel)
        g_cancellable_cancel (flight->cancellable);
    }

  herald_courier_wake (self);
}

/* GObject */

static void
herald_courier_dispose (GObject *object)
{
  HeraldCourier *self = HERALD_COURIER (object);

  herald_courier_stop (self);
  g_clear_object (&self->channels);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (herald_courier_parent_class)->dispose (object);
}

static void
herald_courier_finalize (GObject *object)
{
  HeraldCourier *self = HERALD_COURIER (object);

  g_clear_pointer (&self->roster, herald_roster_free);
  g_clear_pointer (&self->pacer, herald_pacer_free);
  g_clear_pointer (&self->flights, g_hash_table_unref);

  G_OBJECT_CLASS (herald_courier_parent_class)->finalize (object);
}

static void
herald_courier_class_init (HeraldCourierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_courier_dispose;
  object_class->finalize = herald_courier_finalize;

  signals[SIGNAL_DELIVERY_CHANGED] = g_signal_new ("delivery-changed", G_TYPE_FROM_CLASS (klass),
                                                   G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                   G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
herald_courier_init (HeraldCourier *self)
{
  self->flights = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * herald_courier_new:
 * @journal: must outlive the courier
 * @channels: a list of #HeraldChannel
 *
 * Returns: (transfer full): a courier who waits to be started
 */
HeraldCourier *
herald_courier_new (HeraldJournal *journal,
                    GListModel    *channels,
                    HeraldClock   *clock)
{
  HeraldCourier *self = g_object_new (HERALD_TYPE_COURIER, NULL);

  self->journal = journal;
  self->channels = g_object_ref (channels);
  self->clock = g_object_ref (clock);
  self->roster = herald_roster_new (channels, clock);
  self->pacer = herald_pacer_new (journal);

  return self;
}

HeraldPacer *
herald_courier_get_pacer (HeraldCourier *self)
{
  return self->pacer;
}

HeraldRoster *
herald_courier_get_roster (HeraldCourier *self)
{
  return self->roster;
}

void
herald_courier_start (HeraldCourier *self)
{
  if (self->is_started)
    return;

  self->is_started = TRUE;
  watch_channels (self);
  g_signal_connect_object (self->channels, "items-changed", G_CALLBACK (on_channels_changed),
                           self, 0);
  schedule (self, 0);
}

/**
 * herald_courier_stop:
 *
 * Nothing is sent any more when this returns. What was being sent is written
 * back: it waits again, or, beyond the point of no return, may have arrived.
 */
void
herald_courier_stop (HeraldCourier *self)
{
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GList) flights = NULL;
  g_autoptr(GError) error = NULL;

  if (!self->is_started)
    return;

  self->is_started = FALSE;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->channels, self);
  unwatch_channels (self);

  record_landed (self);
  flights = g_hash_table_get_values (self->flights);
  g_hash_table_remove_all (self->flights);
  g_list_foreach (flights, (GFunc) (void (*) (void)) herald_flight_detach, NULL);
  herald_roster_empty (self->roster);

  if (!herald_journal_recover (self->journal, FALSE, changed, &error))
    g_warning ("What was being sent cannot be recorded: %s", error->message);
  tell (self, changed);
}

/**
 * herald_courier_wake:
 *
 * Looks soon at what waits. To be called when a delivery has been added or
 * time has passed unnoticed.
 */
void
herald_courier_wake (HeraldCourier *self)
{
  schedule (self, 0);
}

/**
 * herald_courier_resume:
 * @channel: (nullable): id of a channel a person has acted on, which may be held; %NULL for all that could not be
 *   reached
 *
 * Tries at once what waits.
 */
void
herald_courier_resume (HeraldCourier *self,
                       const char    *channel)
{
  HeraldRosterEntry *entry = channel != NULL ? herald_roster_find (self->roster, channel) : NULL;
  g_autoptr(GError) error = NULL;

  /* A password does not get right by the network coming back, and who asked us to wait still does. */
  if (channel == NULL)
    herald_roster_hurry (self->roster);
  if (entry != NULL)
    herald_roster_start_anew (entry);

  if (channel != NULL && !herald_journal_make_due (self->journal, channel, &error))
    g_warning ("What waits cannot be hurried: %s", error->message);
  schedule (self, 0);
}

/**
 * herald_courier_insist:
 * @channel: id of a channel by which a person wants a message to go now
 *
 * Tries at once what is due, even if the channel waits; but not if it is held. A test is tried there, too, alone: it was
 * asked for once, while "history retry" may name fifty messages, and each would be a wrong password.
 */
void
herald_courier_insist (HeraldCourier *self,
                       const char    *channel)
{
  HeraldRosterEntry *entry = herald_roster_find (self->roster, channel);

  if (entry != NULL)
    herald_channel_breaker_hurry (&entry->breaker, TRUE);
  schedule (self, 0);
}
