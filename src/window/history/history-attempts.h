/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "herald-dbus.h"

G_BEGIN_DECLS

#define HERALD_TYPE_HISTORY_ATTEMPTS (herald_history_attempts_get_type ())
G_DECLARE_FINAL_TYPE (HeraldHistoryAttempts, herald_history_attempts, HERALD, HISTORY_ATTEMPTS, AdwBin)

/* @service: (nullable): whom to ask how @id was tried; without an answer what is shown stays */
void herald_history_attempts_load (HeraldHistoryAttempts *self,
                                   HeraldDBusService1    *service,
                                   gint64                 id);

G_END_DECLS
