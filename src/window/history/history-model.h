/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/history/history-entry.h"
#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_HISTORY_MODEL (herald_history_model_get_type ())
G_DECLARE_FINAL_TYPE (HeraldHistoryModel, herald_history_model, HERALD, HISTORY_MODEL, GObject)

/* A GListModel of HeraldHistoryEntry, newest first. Signals: searched (GError *error): which messages there are is known again,
 * or why not; changed: something in the history, whether it is listed or not */
HeraldHistoryModel *herald_history_model_new        (HeraldServiceLink  *link);
/* @filter: an a{sv} as FindHistory takes it */
void                herald_history_model_set_filter (HeraldHistoryModel *self,
                                                     GVariant           *filter);
void                herald_history_model_search     (HeraldHistoryModel *self);
gboolean            herald_history_model_is_searching (HeraldHistoryModel *self);
/* (transfer full): the ids of all that is listed, as they are now */
GArray             *herald_history_model_dup_ids    (HeraldHistoryModel *self);

G_END_DECLS
