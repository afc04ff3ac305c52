/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldHistoryFilter:
 * @limit: at most so many rows, newest first; 0 for 100
 * @state: (nullable): only rows in this state, by id
 * @printer: (nullable): only rows of this printer, by id
 * @delivery: only this row, whatever else is said; 0 for all
 * @event: only the rows of this event, whatever else is said; 0 for all
 */
typedef struct
{
  guint limit;
  const char *state;
  const char *printer;
  gint64 delivery;
  gint64 event;
} HeraldHistoryFilter;

G_END_DECLS
