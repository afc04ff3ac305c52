/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_HISTORY_LIST (herald_history_list_get_type ())
G_DECLARE_FINAL_TYPE (HeraldHistoryList, herald_history_list, HERALD, HISTORY_LIST, GObject)

HeraldHistoryList *herald_history_list_new       (HeraldServiceLink *link);
GListModel        *herald_history_list_get_model (HeraldHistoryList *self);

G_END_DECLS
