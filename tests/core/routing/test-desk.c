/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-desk"

#include "desk-room.h"

#define assert_mailed(room, expected) g_assert_cmpstr ((room)->mail->log->str, ==, expected)

static void
test_away_hears_at_once (DeskRoom      *room,
                         gconstpointer  user_data)
{
  desk_room_leave (room, 5 * MINUTE_MS);
  desk_room_say (room, HERALD_KIND_PRINT_DONE, "a");
  assert_mailed (room, "a ");
  g_assert_cmpuint (room->n_asked, ==, 1);
  g_assert_false (herald_desk_is_waiting (room->desk));
}

static void
test_at_the_desk_it_is_told_there_only (DeskRoom      *room,
                                 gconstpointer  user_data)
{
  desk_room_sit (room);
  desk_room_say (room, HERALD_KIND_PRINT_DONE, "a");
  g_assert_cmpuint (room->outbox.channel->n_attempts, ==, 1);
  desk_room_pass (room, 10 * 1000);
  desk_room_sit (room);
  desk_room_look_again (room);
  assert_mailed (room, "");
  fixture_assert_state (&room->outbox, 2, HERALD_DELIVERY_SUPERSEDED);
  g_assert_cmpuint (room->n_asked, ==, 1);
  g_assert_false (herald_desk_is_waiting (room->desk));
}

static void
test_gone_hears_when_the_time_is_full (DeskRoom      *room,
                                       gconstpointer  user_data)
{
  desk_room_leave (room, MINUTE_MS);
  desk_room_say (room, HERALD_KIND_PRINT_DONE, "a");
  desk_room_pass (room, 4 * MINUTE_MS - 1);
  desk_room_look_again (room);
  assert_mailed (room, "");
  desk_room_pass (room, 1);
  desk_room_look_again (room);
  assert_mailed (room, "a ");
}

static void
test_shown_late_counts_from_then (DeskRoom      *room,
                                  gconstpointer  user_data)
{
  room->outbox.channel->code = -2;
  desk_room_sit (room);
  desk_room_say (room, HERALD_KIND_PRINT_DONE, "a");
  desk_room_pass (room, MINUTE_MS);
  desk_room_sit (room);
  desk_room_look_again (room);
  g_assert_true (herald_desk_is_waiting (room->desk));
  fixture_assert_state (&room->outbox, 2, HERALD_DELIVERY_PENDING);
}

/* The desktop shows nothing, whoever sits before it. */
static void
test_unseen_goes_elsewhere (DeskRoom      *room,
                            gconstpointer  user_data)
{
  room->outbox.channel->code = HERALD_ERROR_UNREACHABLE;
  room->outbox.channel->commits = FALSE;
  desk_room_sit (room);
  desk_room_say (room, HERALD_KIND_PRINT_DONE, "a");
  desk_room_look_again (room);
  assert_mailed (room, "a ");
}

/* Whoever asked not to be disturbed and goes on working has seen nothing. */
static void
test_kept_for_later_goes_elsewhere (DeskRoom      *room,
                                    gconstpointer  user_data)
{
  room->outbox.channel->remark = "The desktop keeps it for later.";
  desk_room_sit (room);
  desk_room_say (room, HERALD_KIND_PRINT_DONE, "a");
  fixture_assert_state (&room->outbox, 1, HERALD_DELIVERY_DELIVERED);
  desk_room_pass (room, 10 * 1000);
  desk_room_sit (room);
  desk_room_look_again (room);
  assert_mailed (room, "a ");
}

static void
test_desktop_known_to_fail_is_not_waited_for (DeskRoom      *room,
                                              gconstpointer  user_data)
{
  desk_room_sit (room);
  herald_channel_set_problem (HERALD_CHANNEL (room->outbox.channel), "No notifications.");
  desk_room_say (room, HERALD_KIND_PRINT_DONE, "a");
  assert_mailed (room, "a ");
  g_assert_cmpuint (room->n_asked, ==, 0);
}

static void
test_unknown_goes_everywhere (DeskRoom      *room,
                              gconstpointer  user_data)
{
  desk_room_say (room, HERALD_KIND_PRINT_DONE, "a");
  assert_mailed (room, "a ");

  desk_room_sit (room);
  desk_room_say (room, HERALD_KIND_PRINT_DONE, "b");
  assert_mailed (room, "a ");
  room->presence.state = HERALD_PRESENCE_UNKNOWN;
  desk_room_look_again (room);
  assert_mailed (room, "a b ");
}

static void
test_nobody_to_ask_goes_everywhere (DeskRoom      *room,
                                    gconstpointer  user_data)
{
  g_signal_handlers_disconnect_by_data (room->desk, room);
  desk_room_say (room, HERALD_KIND_PRINT_DONE, "a");
  assert_mailed (room, "a ");
}

static void
test_lifetime_ends_the_wait (DeskRoom      *room,
                             gconstpointer  user_data)
{
  g_assert_true (
      message_fixture_change (&room->messages, HERALD_KIND_PRINT_DONE, NULL, "away-minutes=240"));
  desk_room_leave (room, 0);
  desk_room_say (room, HERALD_KIND_PRINT_DONE, "a");
  desk_room_pass (room, 30 * MINUTE_MS - 1);
  desk_room_look_again (room);
  assert_mailed (room, "");
  desk_room_pass (room, 1);
  desk_room_look_again (room);
  assert_mailed (room, "a ");
}

static void
test_stop_lets_all_go (DeskRoom      *room,
                       gconstpointer  user_data)
{
  desk_room_sit (room);
  desk_room_say (room, HERALD_KIND_PRINT_DONE, "a");
  desk_room_say (room, HERALD_KIND_PRINT_DONE, "b");
  herald_desk_release (room->desk);
  fixture_spin ();
  assert_mailed (room, "a b ");
}

static void
test_nobody_is_asked_for_nothing (DeskRoom      *room,
                                  gconstpointer  user_data)
{
  desk_room_sit (room);
  desk_room_say (room, HERALD_KIND_PRINT_STARTED, "a");
  desk_room_say (room, HERALD_KIND_TEST, "b");
  assert_mailed (room, "a b ");
  g_assert_true (herald_desk_get_wanted (room->desk));
  g_assert_true (
      message_fixture_change (&room->messages, HERALD_KIND_PRINT_DONE, NULL, "away-minutes=0"));
  g_assert_false (herald_desk_get_wanted (room->desk));
  desk_room_say (room, HERALD_KIND_PRINT_DONE, "c");
  assert_mailed (room, "a b c ");
  g_assert_cmpuint (room->n_asked, ==, 0);
}

/* However many come at once, who does not answer is asked once. */
static void
test_burst_asks_once (DeskRoom      *room,
                      gconstpointer  user_data)
{
  room->is_silent = TRUE;
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *name = g_strdup_printf ("m%u", i);

      desk_room_say (room, HERALD_KIND_PRINT_DONE, name);
    }
  g_assert_cmpuint (room->n_asked, ==, 1);
  assert_mailed (room, "");
  desk_room_leave (room, 5 * MINUTE_MS);
  desk_room_look_again (room);
  g_assert_cmpuint (room->mail->n_attempts, ==, 50);
}

#define ADD(path, test)                                                                            \
  g_test_add ("/desk/" path, DeskRoom, NULL, desk_room_set_up, test, desk_room_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("away", test_away_hears_at_once);
  ADD ("at-the-desk", test_at_the_desk_it_is_told_there_only);
  ADD ("gone", test_gone_hears_when_the_time_is_full);
  ADD ("shown-late", test_shown_late_counts_from_then);
  ADD ("unseen", test_unseen_goes_elsewhere);
  ADD ("kept-for-later", test_kept_for_later_goes_elsewhere);
  ADD ("known-to-fail", test_desktop_known_to_fail_is_not_waited_for);
  ADD ("unknown", test_unknown_goes_everywhere);
  ADD ("nobody-to-ask", test_nobody_to_ask_goes_everywhere);
  ADD ("lifetime", test_lifetime_ends_the_wait);
  ADD ("stop", test_stop_lets_all_go);
  ADD ("nothing", test_nobody_is_asked_for_nothing);
  ADD ("burst", test_burst_asks_once);

  return g_test_run ();
}
