/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event.h"
#include "core/outbox/outbox.h"
#include "core/routing/presence.h"
#include "core/store/config.h"

G_BEGIN_DECLS

/* Of a message: how many minutes nobody must have been at this computer */
#define HERALD_DESK_OPTION "away-minutes"

/**
 * HeraldDeskWait:
 * @away_ms: how long nobody must have been at this computer
 * @lifetime_ms: how long it is news
 * @limit_boot_ms: until when it is worth waiting
 * @hold_ms: how long its picture or script was to be waited for
 * @shown_boot_ms: since when it can be seen on the desktop; 0 if it cannot
 * @is_unseen: whether it will not be shown there, or only later
 * @next_boot_ms: when to ask again
 *
 * An event of which others hear only if nobody is at this computer.
 */
typedef struct
{
  gint64 event;
  gint64 away_ms;
  gint64 lifetime_ms;
  gint64 begun_boot_ms;
  gint64 limit_boot_ms;
  guint hold_ms;
  gint64 shown_boot_ms;
  gboolean is_unseen;
  gint64 next_boot_ms;
} HeraldDeskWait;

/* @channels: a list of #HeraldChannel. NULL if all may go out; else it is said in @drafts which wait. */
HeraldDeskWait   *herald_desk_wait_new   (HeraldConfig         *config,
                                          GListModel           *channels,
                                          HeraldEvent          *event,
                                          GPtrArray            *drafts);
void              herald_desk_wait_free  (HeraldDeskWait       *self);
void              herald_desk_wait_begin (HeraldDeskWait       *self,
                                          gint64                event,
                                          gint64                now_boot_ms);
HeraldAwayVerdict herald_desk_wait_judge (HeraldDeskWait       *self,
                                          const HeraldPresence *presence,
                                          gint64                now_boot_ms);
/* Finds out what has become of it on the desktop. */
void              herald_desk_wait_look  (HeraldDeskWait       *self,
                                          GListModel           *channels,
                                          HeraldOutbox         *outbox,
                                          gint64                now_boot_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldDeskWait, herald_desk_wait_free)

G_END_DECLS
