/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event.h"
#include "core/store/database.h"

G_BEGIN_DECLS

/* Events as they were accepted, for whoever wants to try other words on them or to know what became of them. Their job is
 * not in them. */

HeraldEvent *herald_past_event_load      (HeraldDatabase   *database,
                                          gint64            id,
                                          GError          **error);
HeraldEvent *herald_past_event_load_last (HeraldDatabase   *database,
                                          HeraldEventKind   kind,
                                          const char       *printer,
                                          GError          **error);

G_END_DECLS
