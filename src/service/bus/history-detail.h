/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "herald-dbus.h"

G_BEGIN_DECLS

/* The part of Service1 that is about a single message: how it was tried, and what went with it. */
void      herald_history_detail_implement     (HeraldDBusService1Iface  *iface);

/* (transfer floating): how @delivery was tried, as ListAttempts tells it; NULL with a G_IO_ERROR */
GVariant *herald_history_detail_list_attempts (HeraldEngine             *engine,
                                               const HeraldDelivery     *delivery,
                                               GError                  **error);

G_END_DECLS
