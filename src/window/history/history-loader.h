/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/history/history-entry.h"
#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_HISTORY_LOADER (herald_history_loader_get_type ())
G_DECLARE_FINAL_TYPE (HeraldHistoryLoader, herald_history_loader, HERALD, HISTORY_LOADER, GObject)

/* Signal: missing (gint64 id): there is no such message any more */
HeraldHistoryLoader *herald_history_loader_new       (HeraldServiceLink   *link);
/* (transfer full): the one entry of this message; what it says comes if somebody watches it */
HeraldHistoryEntry  *herald_history_loader_ref_entry (HeraldHistoryLoader *self,
                                                      gint64               id);
/* It may say something else now, or all of them */
void                 herald_history_loader_reload    (HeraldHistoryLoader *self,
                                                      gint64               id);
void                 herald_history_loader_forget    (HeraldHistoryLoader *self);

G_END_DECLS
