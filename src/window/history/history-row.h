/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/history/history-entry.h"

G_BEGIN_DECLS

#define HERALD_TYPE_HISTORY_ROW (herald_history_row_get_type ())
G_DECLARE_FINAL_TYPE (HeraldHistoryRow, herald_history_row, HERALD, HISTORY_ROW, GtkListBoxRow)

GtkWidget *herald_history_row_new (HeraldHistoryEntry *entry);

G_END_DECLS
