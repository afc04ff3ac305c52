/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/routing/desk.h"
#include "message-fixture.h"
#include "outbox/outbox-fixture.h"

G_BEGIN_DECLS

#define MINUTE_MS (60 * 1000)

/* A computer with a desktop and a mail account, and whoever sits before it */
typedef struct
{
  Fixture outbox;
  MessageFixture messages;
  FakeChannel *mail;
  HeraldDesk *desk;
  HeraldPresence presence; /* as it is answered */
  guint n_asked;
  gboolean is_silent;
} DeskRoom;

void   desk_room_set_up     (DeskRoom        *room,
                             gconstpointer    user_data);
void   desk_room_tear_down  (DeskRoom        *room,
                             gconstpointer    user_data);
/* To the desktop and by mail. Returns: the event's number */
gint64 desk_room_say        (DeskRoom        *room,
                             HeraldEventKind  kind,
                             const char      *dedupe);
void   desk_room_pass       (DeskRoom        *room,
                             gint64           ms);
/* What a timer would do if the fake clock could move it */
void   desk_room_look_again (DeskRoom        *room);
/* Somebody touches the computer now, or did last so long ago. */
void   desk_room_sit        (DeskRoom        *room);
void   desk_room_leave      (DeskRoom        *room,
                             gint64           ago_ms);

G_END_DECLS
