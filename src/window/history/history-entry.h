/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HERALD_TYPE_HISTORY_ENTRY (herald_history_entry_get_type ())
G_DECLARE_FINAL_TYPE (HeraldHistoryEntry, herald_history_entry, HERALD, HISTORY_ENTRY, GObject)

/* Signal: changed: more is known of it, or something else */
HeraldHistoryEntry *herald_history_entry_new            (gint64              id);
void                herald_history_entry_update         (HeraldHistoryEntry *self,
                                                         GVariant           *row,
                                                         const char         *channel_name);

gint64              herald_history_entry_get_id         (HeraldHistoryEntry *self);
gboolean            herald_history_entry_is_known       (HeraldHistoryEntry *self);
const char         *herald_history_entry_get_channel_name (HeraldHistoryEntry *self);
/* Of the keys of `octoheraldctl history --json`; empty, 0 while it is not known */
const char         *herald_history_entry_get_text       (HeraldHistoryEntry *self,
                                                         const char         *key);
guint               herald_history_entry_get_number     (HeraldHistoryEntry *self,
                                                         const char         *key);
double              herald_history_entry_get_cost       (HeraldHistoryEntry *self);
gboolean            herald_history_entry_is_watched     (HeraldHistoryEntry *self);

/* What can be done with it now */
gboolean            herald_history_entry_can_retry      (HeraldHistoryEntry *self);
gboolean            herald_history_entry_can_discard    (HeraldHistoryEntry *self);
gboolean            herald_history_entry_may_have_arrived (HeraldHistoryEntry *self);

G_END_DECLS
