/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/pacer.h"
#include "core/outbox/roster.h"

G_BEGIN_DECLS

#define HERALD_TYPE_COURIER (herald_courier_get_type ())
G_DECLARE_FINAL_TYPE (HeraldCourier, herald_courier, HERALD, COURIER, GObject)

HeraldCourier *herald_courier_new    (HeraldJournal  *journal,
                                      GListModel     *channels,
                                      HeraldClock    *clock);
void           herald_courier_start  (HeraldCourier  *self);
void           herald_courier_stop   (HeraldCourier  *self);
void           herald_courier_run    (HeraldCourier  *self);
void           herald_courier_wake   (HeraldCourier  *self);
void           herald_courier_resume (HeraldCourier  *self,
                                      const char     *channel);
void           herald_courier_insist (HeraldCourier  *self,
                                      const char     *channel);
HeraldPacer   *herald_courier_get_pacer (HeraldCourier *self);
HeraldRoster  *herald_courier_get_roster (HeraldCourier *self);

G_END_DECLS
