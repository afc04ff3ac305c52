/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-desk"

#include "core/routing/desk.h"

#include "core/routing/message-change.h"
#include "message-fixture.h"
#include "outbox/outbox-fixture.h"

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
} Room;

static gint64
get_now_ms (Room *room)
{
  return room->outbox.clock->boot_ms;
}

static void
on_asked (HeraldDesk *desk,
          Room       *room)
{
  room->n_asked++;
  if (!room->is_silent)
    herald_desk_set_presence (desk, &room->presence);
}

static void
set_up (Room          *room,
        gconstpointer  user_data)
{
  fixture_set_up (&room->outbox, NULL);
  message_fixture_set_up (&room->messages, NULL);
  room->mail = fake_channel_new_mail ("mail");
  g_list_store_append (room->outbox.channels, room->mail);
  room->desk = herald_desk_new (room->messages.config, G_LIST_MODEL (room->outbox.channels), room->outbox.outbox,
                                HERALD_CLOCK (room->outbox.clock));
  g_signal_connect (room->desk, "asked", G_CALLBACK (on_asked), room);
  g_assert_true (message_fixture_change (&room->messages, HERALD_KIND_PRINT_DONE, NULL, "away-minutes=5"));
  herald_outbox_start (room->outbox.outbox);
}

static void
tear_down (Room          *room,
           gconstpointer  user_data)
{
  herald_desk_stop (room->desk);
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

/* Returns: the event's number */
static gint64
say (Room            *room,
     HeraldEventKind  kind,
     const char      *dedupe)
{
  HeraldMessage content = { .kind = kind, .printer = (char *) "mk3", .title = (char *) dedupe, .text = (char *) "text" };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);
  g_autoptr(HeraldEvent) event = herald_event_new (kind, HERALD_SOURCE_LIVE, "mk3", "job", dedupe,
                                                   room->outbox.clock->wall_ms, NULL);
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_draft_free);
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

static void
pass (Room   *room,
      gint64  ms)
{
  fake_clock_advance (room->outbox.clock, ms);
}

/* What a timer would do if the fake clock could move it */
static void
look_again (Room *room)
{
  herald_desk_set_presence (room->desk, &room->presence);
  fixture_spin ();
}

static void
sit (Room *room)
{
  room->presence = (HeraldPresence) { HERALD_PRESENCE_PRESENT, 0, get_now_ms (room), TRUE };
}

static void
leave (Room  *room,
       gint64 ago_ms)
{
  gint64 since_ms = get_now_ms (room) - ago_ms;

  room->presence = (HeraldPresence) { HERALD_PRESENCE_IDLE, since_ms, since_ms, TRUE };
}

#define assert_mailed(room, expected) g_assert_cmpstr ((room)->mail->log->str, ==, expected)

static void
test_away_hears_at_once (Room          *room,
                         gconstpointer  user_data)
{
  leave (room, 5 * MINUTE_MS);
  say (room, HERALD_KIND_PRINT_DONE, "a");
  assert_mailed (room, "a ");
  g_assert_cmpuint (room->n_asked, ==, 1);
  g_assert_false (herald_desk_is_waiting (room->desk));
}

static void
test_at_the_desk_is_asked_twice (Room          *room,
                                 gconstpointer  user_data)
{
  sit (room);
  say (room, HERALD_KIND_PRINT_DONE, "a");
  g_assert_cmpuint (room->outbox.channel->n_attempts, ==, 1);
  pass (room, 10 * 1000);
  sit (room);
  look_again (room);
  assert_mailed (room, "");
  fixture_assert_state (&room->outbox, 2, HERALD_DELIVERY_SUPERSEDED);
  g_assert_cmpuint (room->n_asked, ==, 1);
  g_assert_false (herald_desk_is_waiting (room->desk));
}

static void
test_gone_hears_when_the_time_is_full (Room          *room,
                                       gconstpointer  user_data)
{
  leave (room, MINUTE_MS);
  say (room, HERALD_KIND_PRINT_DONE, "a");
  pass (room, 4 * MINUTE_MS - 1);
  look_again (room);
  assert_mailed (room, "");
  pass (room, 1);
  look_again (room);
  assert_mailed (room, "a ");
}

static void
test_shown_late_counts_from_then (Room          *room,
                                  gconstpointer  user_data)
{
  room->outbox.channel->code = -2;
  sit (room);
  say (room, HERALD_KIND_PRINT_DONE, "a");
  pass (room, MINUTE_MS);
  sit (room);
  look_again (room);
  g_assert_true (herald_desk_is_waiting (room->desk));
  fixture_assert_state (&room->outbox, 2, HERALD_DELIVERY_PENDING);
}

/* The desktop shows nothing, whoever sits before it. */
static void
test_unseen_goes_elsewhere (Room          *room,
                            gconstpointer  user_data)
{
  room->outbox.channel->code = HERALD_ERROR_UNREACHABLE;
  room->outbox.channel->commits = FALSE;
  sit (room);
  say (room, HERALD_KIND_PRINT_DONE, "a");
  look_again (room);
  assert_mailed (room, "a ");
}

static void
test_desktop_known_to_fail_is_not_waited_for (Room          *room,
                                              gconstpointer  user_data)
{
  sit (room);
  herald_channel_set_problem (HERALD_CHANNEL (room->outbox.channel), "No notifications.");
  say (room, HERALD_KIND_PRINT_DONE, "a");
  assert_mailed (room, "a ");
  g_assert_cmpuint (room->n_asked, ==, 0);
}

static void
test_unknown_goes_everywhere (Room          *room,
                              gconstpointer  user_data)
{
  say (room, HERALD_KIND_PRINT_DONE, "a");
  assert_mailed (room, "a ");

  sit (room);
  say (room, HERALD_KIND_PRINT_DONE, "b");
  assert_mailed (room, "a ");
  room->presence.state = HERALD_PRESENCE_UNKNOWN;
  look_again (room);
  assert_mailed (room, "a b ");
}

static void
test_nobody_to_ask_goes_everywhere (Room          *room,
                                    gconstpointer  user_data)
{
  g_signal_handlers_disconnect_by_data (room->desk, room);
  say (room, HERALD_KIND_PRINT_DONE, "a");
  assert_mailed (room, "a ");
}

static void
test_lifetime_ends_the_wait (Room          *room,
                             gconstpointer  user_data)
{
  g_assert_true (message_fixture_change (&room->messages, HERALD_KIND_PRINT_DONE, NULL, "away-minutes=240"));
  leave (room, 0);
  say (room, HERALD_KIND_PRINT_DONE, "a");
  pass (room, 30 * MINUTE_MS - 1);
  look_again (room);
  assert_mailed (room, "");
  pass (room, 1);
  look_again (room);
  assert_mailed (room, "a ");
}

static void
test_stop_lets_all_go (Room          *room,
                       gconstpointer  user_data)
{
  sit (room);
  say (room, HERALD_KIND_PRINT_DONE, "a");
  say (room, HERALD_KIND_PRINT_DONE, "b");
  herald_desk_stop (room->desk);
  fixture_spin ();
  assert_mailed (room, "a b ");
}

static void
test_nobody_is_asked_for_nothing (Room          *room,
                                  gconstpointer  user_data)
{
  sit (room);
  say (room, HERALD_KIND_PRINT_STARTED, "a");
  say (room, HERALD_KIND_TEST, "b");
  assert_mailed (room, "a b ");
  g_assert_true (herald_desk_get_wanted (room->desk));
  g_assert_true (message_fixture_change (&room->messages, HERALD_KIND_PRINT_DONE, NULL, "away-minutes=0"));
  g_assert_false (herald_desk_get_wanted (room->desk));
  say (room, HERALD_KIND_PRINT_DONE, "c");
  assert_mailed (room, "a b c ");
  g_assert_cmpuint (room->n_asked, ==, 0);
}

/* However many come at once, who does not answer is asked once. */
static void
test_burst_asks_once (Room          *room,
                      gconstpointer  user_data)
{
  room->is_silent = TRUE;
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *name = g_strdup_printf ("m%u", i);

      say (room, HERALD_KIND_PRINT_DONE, name);
    }
  g_assert_cmpuint (room->n_asked, ==, 1);
  assert_mailed (room, "");
  leave (room, 5 * MINUTE_MS);
  look_again (room);
  g_assert_cmpuint (room->mail->n_attempts, ==, 50);
}

#define ADD(path, test) g_test_add ("/desk/" path, Room, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("away", test_away_hears_at_once);
  ADD ("at-the-desk", test_at_the_desk_is_asked_twice);
  ADD ("gone", test_gone_hears_when_the_time_is_full);
  ADD ("shown-late", test_shown_late_counts_from_then);
  ADD ("unseen", test_unseen_goes_elsewhere);
  ADD ("known-to-fail", test_desktop_known_to_fail_is_not_waited_for);
  ADD ("unknown", test_unknown_goes_everywhere);
  ADD ("nobody-to-ask", test_nobody_to_ask_goes_everywhere);
  ADD ("lifetime", test_lifetime_ends_the_wait);
  ADD ("stop", test_stop_lets_all_go);
  ADD ("nothing", test_nobody_is_asked_for_nothing);
  ADD ("burst", test_burst_asks_once);

  return g_test_run ();
}
