/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/clock.h"
#include "core/routing/desk-wait.h"

G_BEGIN_DECLS

#define HERALD_TYPE_DESK (herald_desk_get_type ())
G_DECLARE_FINAL_TYPE (HeraldDesk, herald_desk, HERALD, DESK, GObject)

/* @channels: a list of #HeraldChannel.
 * Property, with notify: wanted (gboolean): whether any message depends on who is at this computer.
 * Signal: asked: it must be known now; to be answered with herald_desk_set_presence(), at once or soon. */
HeraldDesk     *herald_desk_new          (HeraldConfig         *config,
                                          GListModel           *channels,
                                          HeraldOutbox         *outbox,
                                          HeraldClock          *clock);
void            herald_desk_release      (HeraldDesk           *self);
gboolean        herald_desk_get_wanted   (HeraldDesk           *self);
/* Whether any message waits to know it */
gboolean        herald_desk_is_waiting   (HeraldDesk           *self);
void            herald_desk_set_presence (HeraldDesk           *self,
                                          const HeraldPresence *presence);

/* To be called before and after the event is accepted; the first returns NULL if all may go out. */
HeraldDeskWait *herald_desk_prepare      (HeraldDesk           *self,
                                          HeraldEvent          *event,
                                          GPtrArray            *drafts);
void            herald_desk_begin        (HeraldDesk           *self,
                                          HeraldDeskWait       *take_wait,
                                          gint64                event_id);

G_END_DECLS
