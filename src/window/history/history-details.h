/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/history/history-entry.h"
#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_HISTORY_DETAILS (herald_history_details_get_type ())
G_DECLARE_FINAL_TYPE (HeraldHistoryDetails, herald_history_details, HERALD, HISTORY_DETAILS, AdwWindow)

/* Shows all there is to know of a message, over @parent, until it is closed */
void herald_history_details_present (GtkWindow          *parent,
                                     HeraldServiceLink  *link,
                                     HeraldHistoryEntry *entry);

G_END_DECLS
