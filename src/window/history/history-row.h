/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/history/history-entry.h"
#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_HISTORY_ROW (herald_history_row_get_type ())
G_DECLARE_FINAL_TYPE (HeraldHistoryRow, herald_history_row, HERALD, HISTORY_ROW, AdwBin)

GtkWidget *herald_history_row_new       (void);
/* @entry: (nullable): what it shows and follows from now on */
void       herald_history_row_set_entry (HeraldHistoryRow   *self,
                                         HeraldHistoryEntry *entry);

G_END_DECLS
