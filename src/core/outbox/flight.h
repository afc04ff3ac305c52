/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"
#include "core/outbox/journal.h"

G_BEGIN_DECLS

/* How soon a disk that failed is tried again */
#define HERALD_DISK_RETRY_MS (30 * 1000)

/**
 * HeraldFlight:
 * @is_over: the channel has answered; only the disk does not know yet
 * @stops_channel: whether nothing else is likely to come through now either
 * @retry_after_s: how long the other side asked us to wait; 0 if it did not say
 * @epoch: and @generation: of its channel when it was begun; see #HeraldRosterEntry
 *
 * One attempt under way: between the claim of a delivery and its outcome.
 */
typedef struct _HeraldFlight HeraldFlight;

typedef void (*HeraldFlightFunc) (HeraldFlight *flight,
                                  gpointer      user_data);

struct _HeraldFlight
{
  HeraldJournal *journal;
  HeraldDelivery *delivery;
  HeraldChannel *channel;
  HeraldAttempt *attempt;
  GCancellable *cancellable;
  char *lane;
  guint watchdog;
  gboolean is_late;
  gboolean is_over;
  HeraldOutcome outcome;
  char *problem;  /* for the channel; NULL if it may go on */
  char *sentence; /* our own words of it */
  gboolean stops_channel;
  guint retry_after_s;
  guint epoch;
  guint generation;

  HeraldFlightFunc committed;
  HeraldFlightFunc landed;
  gpointer user_data;
};

HeraldFlight *herald_flight_new          (HeraldJournal    *journal,
                                          HeraldChannel    *channel,
                                          const char       *lane,
                                          HeraldDelivery   *take_delivery);
void          herald_flight_start        (HeraldFlight     *self,
                                          HeraldFlightFunc  committed,
                                          HeraldFlightFunc  landed,
                                          gpointer          user_data);
void          herald_flight_log_outcome  (HeraldFlight     *self);
void          herald_flight_detach       (HeraldFlight     *self);
void          herald_flight_free         (HeraldFlight     *self);

gboolean      herald_flight_tells_phones (HeraldChannel    *channel);

G_END_DECLS
