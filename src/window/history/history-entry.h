/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define HERALD_TYPE_HISTORY_ENTRY (herald_history_entry_get_type ())
G_DECLARE_FINAL_TYPE (HeraldHistoryEntry, herald_history_entry, HERALD, HISTORY_ENTRY, GObject)

/* Signal: changed: another state, another reason */
HeraldHistoryEntry *herald_history_entry_new              (GVariant           *row,
                                                           const char         *channel_name);
void                herald_history_entry_update           (HeraldHistoryEntry *self,
                                                           GVariant           *row,
                                                           const char         *channel_name);
gint64              herald_history_entry_get_id           (HeraldHistoryEntry *self);
const char         *herald_history_entry_get_channel_name (HeraldHistoryEntry *self);
const char         *herald_history_entry_get_text         (HeraldHistoryEntry *self,
                                                           const char         *key);

G_END_DECLS
