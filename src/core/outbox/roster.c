/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-roster"

#include "core/outbox/roster.h"

/* Fifty printers that report at once shall not open fifty connections to one server. */
#define N_FLIGHTS_PER_CHANNEL 4

/* Deliveries that end in another way while they are stopped are not told here; what is forgotten
 * only waits for its own time. */
#define STOPPED_MAX 256

struct _HeraldRoster
{
  GListModel *channels;
  HeraldClock *clock;
  GPtrArray *entries; /* HeraldRosterEntry */
  gboolean is_held_back;
};

static HeraldRosterEntry *
entry_new (HeraldChannel *channel)
{
  HeraldRosterEntry *entry = g_new0 (HeraldRosterEntry, 1);

  entry->channel = g_object_ref (channel);
  entry->stopped = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  herald_channel_breaker_reset (&entry->breaker);

  return entry;
}

static void
entry_free (gpointer data)
{
  HeraldRosterEntry *entry = data;

  g_clear_object (&entry->channel);
  g_clear_pointer (&entry->stopped, g_hash_table_unref);
  g_free (entry->probe);
  g_free (entry);
}

HeraldRoster *
herald_roster_new (GListModel  *channels,
                   HeraldClock *clock)
{
  HeraldRoster *self = g_new0 (HeraldRoster, 1);

  self->channels = g_object_ref (channels);
  self->clock = g_object_ref (clock);
  self->entries = g_ptr_array_new_with_free_func (entry_free);

  return self;
}

void
herald_roster_free (HeraldRoster *self)
{
  g_clear_object (&self->channels);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_free (self);
}

static HeraldRosterEntry *
steal_entry (GPtrArray     *entries,
             HeraldChannel *channel)
{
  for (guint i = 0; i < entries->len; i++)
    {
      HeraldRosterEntry *entry = g_ptr_array_index (entries, i);

      if (entry->channel == channel)
        return g_ptr_array_steal_index (entries, i);
    }

  return NULL;
}

/**
 * herald_roster_update:
 *
 * Takes over what channels there are now; what is known of those that stay is kept.
 */
void
herald_roster_update (HeraldRoster *self)
{
  g_autoptr(GPtrArray) before = g_steal_pointer (&self->entries);

  self->entries = g_ptr_array_new_with_free_func (entry_free);
  for (guint i = 0; i < g_list_model_get_n_items (self->channels); i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (self->channels, i);
      HeraldRosterEntry *entry = steal_entry (before, channel);

      g_ptr_array_add (self->entries, entry != NULL ? entry : entry_new (channel));
    }
}

void
herald_roster_empty (HeraldRoster *self)
{
  g_ptr_array_set_size (self->entries, 0);
}

guint
herald_roster_get_size (HeraldRoster *self)
{
  return self->entries->len;
}

HeraldRosterEntry *
herald_roster_get (HeraldRoster *self,
                   guint         position)
{
  return g_ptr_array_index (self->entries, position);
}

/**
 * herald_roster_find:
 *
 * Returns: (transfer none) (nullable): the channel of that id
 */
HeraldRosterEntry *
herald_roster_find (HeraldRoster *self,
                    const char   *id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      HeraldRosterEntry *entry = g_ptr_array_index (self->entries, i);

      if (g_str_equal (herald_channel_get_id (entry->channel), id))
        return entry;
    }

  return NULL;
}

static gboolean
is_held (HeraldRosterEntry *entry)
{
  return herald_channel_get_problem (entry->channel) != NULL;
}

/* What was bought or paid is not told to us: seldom, one attempt asks. */
static gboolean
may_look (HeraldRoster      *self,
          HeraldRosterEntry *entry,
          guint              n_flights)
{
  return entry->look_boot_ms != 0 && n_flights == 0 &&
         herald_clock_get_boot_ms (self->clock) >= entry->look_boot_ms;
}

/**
 * herald_roster_is_due:
 * @next_boot_ms: (inout): taken down to when @head may be due, if that is earlier
 *
 * What was stopped with its channel goes on with it, whatever time it was given for itself; unless
 * it was given that time since, because no more may be sent.
 *
 * Returns: whether @head may be tried now, as far as time is concerned
 */
gboolean
herald_roster_is_due (HeraldRoster      *self,
                      HeraldRosterEntry *entry,
                      const HeraldHead  *head,
                      gint64            *next_boot_ms)
{
  gboolean is_stopped = !head->is_paced && g_hash_table_contains (entry->stopped, &head->id);
  gboolean is_open = !head->is_trial && herald_channel_breaker_is_open (&entry->breaker);
  gint64 due_boot_ms = MAX (is_stopped ? 0 : head->due_boot_ms, is_open ? entry->breaker.until_boot_ms : 0);

  if (is_held (entry) && !head->is_trial)
    due_boot_ms = MAX (due_boot_ms, entry->look_boot_ms);
  if (due_boot_ms <= herald_clock_get_boot_ms (self->clock))
    return TRUE;

  *next_boot_ms = MIN (*next_boot_ms, due_boot_ms);
  return FALSE;
}

/**
 * herald_roster_admits:
 * @flights: (element-type utf8 HeraldFlight): all that are under way, by lane
 *
 * A trial is tried whatever is known against the channel, but not several at once: if one cannot
 * log in, the others need not be tried.
 *
 * Returns: whether an attempt to deliver @head by the channel may begin now
 */
gboolean
herald_roster_admits (HeraldRoster      *self,
                      HeraldRosterEntry *entry,
                      const HeraldHead  *head,
                      GHashTable        *flights)
{
  HeraldChannel *channel = entry->channel;
  GHashTableIter iter;
  gpointer value;
  guint n_flights = 0;
  guint n_uncommitted = 0;
  guint n_trials = 0;

  if (self->is_held_back || !herald_channel_get_enabled (channel))
    return FALSE;

  g_hash_table_iter_init (&iter, flights);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      HeraldFlight *flight = value;

      n_flights += flight->channel == channel;
      n_uncommitted += flight->channel == channel && !herald_attempt_is_committed (flight->attempt);
      n_trials += flight->channel == channel && flight->delivery->message->kind == HERALD_KIND_TEST;
    }

  if (herald_channel_get_channel_type (channel)->is_serial && n_flights > 0)
    return FALSE;
  if (head->is_trial)
    return n_trials == 0;
  if (is_held (entry) && !may_look (self, entry, n_flights))
    return FALSE;

  return n_flights < N_FLIGHTS_PER_CHANNEL &&
         herald_channel_breaker_admits (&entry->breaker, n_uncommitted, herald_clock_get_boot_ms (self->clock));
}

/* A message that breaks every connection must not be the only one that is ever tried. */
static void
put_probe_last (HeraldRosterEntry *entry,
                GPtrArray         *heads)
{
  for (guint i = 0; i < heads->len; i++)
    {
      HeraldHead *head = g_ptr_array_index (heads, i);

      if (g_strcmp0 (entry->probe, head->lane) == 0)
        {
          g_ptr_array_add (heads, g_ptr_array_steal_index (heads, i));
          return;
        }
    }
}

/**
 * herald_roster_sort:
 * @heads: (element-type HeraldHead): taken in this order; oldest first
 *
 * Puts last what failed last.
 */
void
herald_roster_sort (HeraldRoster *self,
                    GPtrArray    *heads)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      HeraldRosterEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->probe != NULL)
        put_probe_last (entry, heads);
    }
}

void
herald_roster_note_start (HeraldRosterEntry *entry,
                          HeraldFlight      *flight)
{
  flight->epoch = entry->breaker.epoch;
  flight->generation = entry->generation;
  g_hash_table_remove (entry->stopped, &flight->delivery->id);
}

static void
stop (HeraldRoster      *self,
      HeraldRosterEntry *entry,
      HeraldFlight      *flight)
{
  gint64 boot_ms = herald_clock_get_boot_ms (self->clock);
  gint64 id = flight->delivery->id;

  herald_channel_breaker_note_failure (&entry->breaker, flight->epoch, flight->retry_after_s, g_random_double (),
                                       boot_ms);
  if (!herald_channel_breaker_is_open (&entry->breaker))
    return;

  g_free (entry->probe);
  entry->probe = g_strdup (flight->lane);
  if (g_hash_table_size (entry->stopped) >= STOPPED_MAX)
    g_hash_table_remove_all (entry->stopped);
  if (flight->outcome.state == HERALD_DELIVERY_DEFERRED)
    g_hash_table_add (entry->stopped, g_memdup2 (&id, sizeof id));

  herald_channel_set_wait (entry->channel, flight->outcome.reason,
                           herald_clock_get_wall_ms (self->clock) + MAX (entry->breaker.until_boot_ms - boot_ms, 0));
}

static void
hold (HeraldRoster      *self,
      HeraldRosterEntry *entry,
      HeraldFlight      *flight)
{
  herald_channel_breaker_reset (&entry->breaker);
  entry->look_boot_ms = flight->retry_after_s == 0 ? 0
                        : herald_clock_get_boot_ms (self->clock) + (gint64) flight->retry_after_s * 1000;
  herald_channel_set_wait (entry->channel, NULL, 0);
  herald_channel_hold (entry->channel, flight->sentence, flight->problem);
}

/* Something came through that was begun after the channel was held. */
static gboolean
ends_hold (HeraldRosterEntry *entry,
           HeraldFlight      *flight)
{
  return is_held (entry) && entry->look_boot_ms != 0 && flight->epoch == entry->breaker.epoch &&
         flight->outcome.state == HERALD_DELIVERY_DELIVERED;
}

/**
 * herald_roster_note_end:
 * @flight: has landed, and that is on the disk
 *
 * Draws from it what it says about its channel, unless a person has changed the channel meanwhile.
 */
void
herald_roster_note_end (HeraldRoster *self,
                        HeraldFlight *flight)
{
  HeraldRosterEntry *entry = herald_roster_find (self, flight->delivery->channel);

  if (entry == NULL || entry->channel != flight->channel || entry->generation != flight->generation)
    return;

  if (flight->problem != NULL)
    {
      hold (self, entry, flight);
    }
  else if (flight->stops_channel)
    {
      stop (self, entry, flight);
    }
  else
    {
      gboolean is_over = ends_hold (entry, flight);

      herald_channel_breaker_note_answer (&entry->breaker, flight->epoch);
      g_clear_pointer (&entry->probe, g_free);
      if (!herald_channel_breaker_is_open (&entry->breaker))
        herald_channel_set_wait (entry->channel, NULL, 0);
      if (is_over)
        herald_roster_start_anew (entry);
    }
}

/**
 * herald_roster_start_anew:
 *
 * A person has acted: whatever was known of the channel is forgotten.
 */
void
herald_roster_start_anew (HeraldRosterEntry *entry)
{
  entry->generation++;
  entry->look_boot_ms = 0;
  g_clear_pointer (&entry->probe, g_free);
  herald_channel_breaker_reset (&entry->breaker);
  herald_channel_set_wait (entry->channel, NULL, 0);
  herald_channel_set_problem (entry->channel, NULL);
}

/**
 * herald_roster_hurry:
 *
 * The network is back, or the computer: what could not be reached is tried at once.
 */
void
herald_roster_hurry (HeraldRoster *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    herald_channel_breaker_hurry (&((HeraldRosterEntry *) g_ptr_array_index (self->entries, i))->breaker, FALSE);
}

/**
 * herald_roster_hold_back:
 *
 * While the computer is about to sleep no attempt is begun: it would be cut off, and then nobody could tell whether the
 * message arrived.
 */
void
herald_roster_hold_back (HeraldRoster *self,
                         gboolean      hold_back)
{
  self->is_held_back = hold_back;
}
