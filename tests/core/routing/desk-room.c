/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-desk-room"

#include "desk-room.h"

static gint64
get_now_ms (DeskRoom *room)
{
  return room->outbox.clock->boot_ms;
}

static void
on_asked (HeraldDesk *desk,
          DeskRoom   *room)
{
  room->n_asked++;
  if (!room->is_silent)
    herald_desk_set_presence (desk, &room->presence);
}

void
desk_room_set_up (DeskRoom      *room,
                  gconstpointer  user_data)
{
  fixture_set_up (&room->outbox, NULL);
  message_fixture_set_up (&room->messages, NULL);
  room->mail = fake_channel_new_mail ("mail");
  g_list_store_append (room->outbox.channels, room->mail);
  room->desk = herald_desk_new (room->messages.config, G_LIST_MODEL (room->outbox.channels),
                                room->outbox.outbox, HERALD_CLOCK (room->outbox.clock));
  g_signal_connect (room->desk, "asked", G_CALLBACK (on_asked), room);
  g_assert_true (
      message_fixture_change (&room->messages, HERALD_KIND_PRINT_DONE, NULL, "away-minutes=5"));
  herald_outbox_start (room->outbox.outbox);
}

void
desk_room_tear_down (DeskRoom      *room,
                     gconstpointer  user_data)
{
  herald_desk_release (room->desk);
  g_assert_finalize_object (room->desk);
  herald_outbox_stop (room->outbox.outbox);
  g_list_store_remove (room->outbox.channels, 1);
  g_assert_finalize_object (room->mail);
  message_fixture_tear_down (&room->messages, NULL);
  fixture_tear_down (&room->outbox, NULL);
}

static void
add_draft (GPtrArray     *drafts,
           const char    *channel,
           HeraldMessage *message)
{
  g_ptr_array_add (drafts, herald_draft_new (channel, "fake", "somebody", 3600, message));
}

gint64
desk_room_say (DeskRoom        *room,
               HeraldEventKind  kind,
               const char      *dedupe)
{
  HeraldMessage content = {
    .kind = kind, .printer = (char *) "mk3", .title = (char *) dedupe, .text = (char *) "text"
  };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);
  g_autoptr(HeraldEvent) event = herald_event_new (kind, HERALD_SOURCE_LIVE, "mk3", "job", dedupe,
                                                    room->outbox.clock->wall_ms, NULL);
  g_autoptr(GPtrArray) drafts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_draft_free);
  g_autoptr(HeraldDeskWait) wait = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id = 0;

  add_draft (drafts, "one", message);
  add_draft (drafts, "mail", message);
  wait = herald_desk_prepare (room->desk, event, drafts);
  g_assert_true (herald_outbox_accept (room->outbox.outbox, event, drafts, &id, &error));
  g_assert_no_error (error);
  if (wait != NULL)
    herald_desk_begin (room->desk, g_steal_pointer (&wait), id);
  fixture_spin ();

  return id;
}

void
desk_room_pass (DeskRoom *room,
                gint64    ms)
{
  fake_clock_advance (room->outbox.clock, ms);
}

void
desk_room_look_again (DeskRoom *room)
{
  herald_desk_set_presence (room->desk, &room->presence);
  fixture_spin ();
}

void
desk_room_sit (DeskRoom *room)
{
  room->presence = (HeraldPresence){ HERALD_PRESENCE_PRESENT, 0, get_now_ms (room), TRUE };
}

void
desk_room_leave (DeskRoom *room,
                 gint64    ago_ms)
{
  gint64 since_ms = get_now_ms (room) - ago_ms;

  room->presence = (HeraldPresence){ HERALD_PRESENCE_IDLE, since_ms, since_ms, TRUE };
}
