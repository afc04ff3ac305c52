/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/channel-breaker.h"
#include "core/outbox/flight.h"

G_BEGIN_DECLS

/**
 * HeraldRosterEntry:
 * @generation: counts how often a person has changed something; what was begun before says nothing now
 * @stopped: (element-type gint64): deliveries that were stopped with the channel, and go on with it
 * @probe: (nullable): lane of the attempt that failed last; the next one is given to another
 * @look_boot_ms: held, and one attempt may find out then whether it still must be; 0 if a person must say so
 *
 * A channel the courier serves, and what has been heard of it.
 */
typedef struct
{
  HeraldChannel *channel;
  HeraldChannelBreaker breaker;
  guint generation;
  GHashTable *stopped;
  char *probe;
  gint64 look_boot_ms;
} HeraldRosterEntry;

/* All channels there are: which of them may be tried, and when. */
typedef struct _HeraldRoster HeraldRoster;

HeraldRoster      *herald_roster_new        (GListModel          *channels,
                                             HeraldClock         *clock);
void               herald_roster_free       (HeraldRoster        *self);

void               herald_roster_update     (HeraldRoster        *self);
void               herald_roster_empty      (HeraldRoster        *self);
guint              herald_roster_get_size   (HeraldRoster        *self);
HeraldRosterEntry *herald_roster_get        (HeraldRoster        *self,
                                             guint                position);
HeraldRosterEntry *herald_roster_find       (HeraldRoster        *self,
                                             const char          *id);

gboolean           herald_roster_is_due     (HeraldRoster        *self,
                                             HeraldRosterEntry   *entry,
                                             const HeraldHead    *head,
                                             gint64              *next_boot_ms);
gboolean           herald_roster_admits     (HeraldRoster        *self,
                                             HeraldRosterEntry   *entry,
                                             const HeraldHead    *head,
                                             GHashTable          *flights);
void               herald_roster_sort       (HeraldRoster        *self,
                                             GPtrArray           *heads);
void               herald_roster_note_start (HeraldRosterEntry   *entry,
                                             HeraldFlight        *flight);
void               herald_roster_note_end   (HeraldRoster        *self,
                                             HeraldFlight        *flight);
void               herald_roster_start_anew (HeraldRosterEntry   *entry);
void               herald_roster_hurry      (HeraldRoster        *self);
void               herald_roster_hold_back  (HeraldRoster        *self,
                                             gboolean             hold_back);

G_END_DECLS
