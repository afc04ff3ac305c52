/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-notification-board"

#include "service/notifications/notification-board.h"

static HeraldMessage *
make (HeraldEventKind  kind,
      const char      *job)
{
  HeraldMessage content = { .kind = kind, .urgency = herald_event_kind_get_info (kind)->urgency, .printer = (char *) "mk3",
                            .title = (char *) "T", .text = (char *) "t", .job = (char *) job };

  return herald_message_new (&content);
}

/* As the channel does; the handle is that of what it replaces, or the one given. */
static char *
put (HeraldNotificationBoard *board,
     HeraldEventKind          kind,
     const char              *job,
     const char              *handle)
{
  g_autoptr(HeraldMessage) message = make (kind, job);
  g_autofree char *slot = herald_notification_board_dup_slot (board, message, handle);
  HeraldShownNotification *before = herald_notification_board_find (board, slot);
  gboolean is_same = before != NULL && herald_notification_board_is_same (before, message, handle);
  char *used = g_strdup (is_same ? before->handle : handle);

  herald_notification_board_put (board, slot, used, message, handle);

  return used;
}

static void
test_news_of_a_print_has_one_place (void)
{
  HeraldNotificationBoard *board = herald_notification_board_new ();
  g_autofree char *start = put (board, HERALD_KIND_PRINT_STARTED, "a", "1");
  g_autofree char *progress = put (board, HERALD_KIND_PRINT_PROGRESS, "a", "2");
  g_autofree char *other = put (board, HERALD_KIND_PRINT_PROGRESS, "b", "3");
  g_autofree char *end = put (board, HERALD_KIND_PRINT_DONE, "a", "4");

  g_assert_cmpstr (progress, ==, "1");
  g_assert_cmpstr (other, ==, "3");
  g_assert_cmpstr (end, ==, "4"); /* It is shown anew. */
  g_assert_null (herald_notification_board_find_handle (board, "1"));
  g_assert_nonnull (herald_notification_board_find_handle (board, "3"));
  herald_notification_board_free (board);
}

static void
test_progress_does_not_hide_that_somebody_is_needed (void)
{
  HeraldNotificationBoard *board = herald_notification_board_new ();
  g_autofree char *attention = put (board, HERALD_KIND_ATTENTION_NEEDED, "a", "1");
  g_autofree char *progress = put (board, HERALD_KIND_PRINT_PROGRESS, "a", "2");
  g_autofree char *more = put (board, HERALD_KIND_PRINT_PROGRESS, "a", "3");
  g_autofree char *reminder = put (board, HERALD_KIND_ATTENTION_NEEDED, "a", "4");
  g_autofree char *end = put (board, HERALD_KIND_PRINT_FAILED, "a", "5");
  g_autoptr(HeraldMessage) message = make (HERALD_KIND_PRINT_FAILED, "a");
  g_auto(GStrv) past = NULL;

  g_assert_cmpstr (progress, ==, "2");
  g_assert_cmpstr (more, ==, "2");
  g_assert_cmpstr (reminder, ==, "4");
  g_assert_null (herald_notification_board_find_handle (board, "4"));
  past = herald_notification_board_take_past (board, message);
  g_assert_cmpuint (g_strv_length (past), ==, 1);
  g_assert_cmpstr (past[0], ==, "2");
  herald_notification_board_free (board);
}

static void
test_what_follows_the_end_does_not_hide_it (void)
{
  HeraldNotificationBoard *board = herald_notification_board_new ();
  g_autofree char *end = put (board, HERALD_KIND_PRINT_DONE, "a", "1");
  g_autofree char *film = put (board, HERALD_KIND_TIMELAPSE_DONE, "a", "2");
  g_autofree char *cold = put (board, HERALD_KIND_COOLED_DOWN, "a", "3");

  g_assert_nonnull (herald_notification_board_find_handle (board, end));
  g_assert_nonnull (herald_notification_board_find_handle (board, film));
  g_assert_nonnull (herald_notification_board_find_handle (board, cold));
  herald_notification_board_free (board);
}

static void
test_back_takes_the_place_of_away (void)
{
  HeraldNotificationBoard *board = herald_notification_board_new ();
  g_autofree char *away = put (board, HERALD_KIND_OCTOPRINT_UNREACHABLE, NULL, "1");
  g_autofree char *back = put (board, HERALD_KIND_OCTOPRINT_BACK, NULL, "2");

  g_assert_cmpstr (back, ==, away);
  herald_notification_board_free (board);
}

static void
test_what_is_solved_is_found_by_kind (void)
{
  HeraldNotificationBoard *board = herald_notification_board_new ();
  g_autofree char *attention = put (board, HERALD_KIND_ATTENTION_NEEDED, "a", "1");
  g_autofree char *other = put (board, HERALD_KIND_PRINTER_ERROR, NULL, "2");
  g_auto(GStrv) nothing = herald_notification_board_take_kind (board, "another", HERALD_KIND_ATTENTION_NEEDED);
  g_auto(GStrv) solved = herald_notification_board_take_kind (board, "mk3", HERALD_KIND_ATTENTION_NEEDED);

  g_assert_cmpuint (g_strv_length (nothing), ==, 0);
  g_assert_cmpuint (g_strv_length (solved), ==, 1);
  g_assert_cmpstr (solved[0], ==, "1");
  g_assert_nonnull (herald_notification_board_find_handle (board, "2"));
  herald_notification_board_free (board);
}

static void
test_number_names_what_was_shown_last (void)
{
  HeraldNotificationBoard *board = herald_notification_board_new ();
  g_autofree char *first = put (board, HERALD_KIND_PRINT_STARTED, "a", "1");
  g_autoptr(HeraldMessage) message = make (HERALD_KIND_PRINT_STARTED, "b");

  herald_notification_board_put (board, "print mk3 b", "1", message, "2");
  g_assert_cmpstr (herald_notification_board_find_handle (board, "1")->message->job, ==, "b");
  g_assert_null (herald_notification_board_find (board, "print mk3 a"));
  herald_notification_board_free (board);
}

static void
test_progress_moves_up_when_nobody_is_needed (void)
{
  HeraldNotificationBoard *board = herald_notification_board_new ();
  g_autofree char *attention = put (board, HERALD_KIND_ATTENTION_NEEDED, "a", "1");
  g_autofree char *progress = put (board, HERALD_KIND_PRINT_PROGRESS, "a", "2");
  g_auto(GStrv) solved = herald_notification_board_take_kind (board, "mk3", HERALD_KIND_ATTENTION_NEEDED);
  g_autofree char *more = put (board, HERALD_KIND_PRINT_PROGRESS, "a", "3");

  g_assert_cmpstr (more, ==, "2");
  herald_notification_board_free (board);
}

static void
test_resumed_takes_the_place_of_both (void)
{
  HeraldNotificationBoard *board = herald_notification_board_new ();
  g_autofree char *attention = put (board, HERALD_KIND_ATTENTION_NEEDED, "a", "1");
  g_autofree char *progress = put (board, HERALD_KIND_PRINT_PROGRESS, "a", "2");
  g_autofree char *resumed = put (board, HERALD_KIND_PRINT_RESUMED, "a", "3");
  g_autoptr(HeraldMessage) message = make (HERALD_KIND_PRINT_RESUMED, "a");
  g_auto(GStrv) past = herald_notification_board_take_past (board, message);

  g_assert_cmpuint (g_strv_length (past), ==, 1);
  g_assert_cmpstr (past[0], ==, "2");
  herald_notification_board_free (board);
}

static void
test_oldest_is_forgotten (void)
{
  HeraldNotificationBoard *board = herald_notification_board_new ();
  g_autofree char *attention = put (board, HERALD_KIND_ATTENTION_NEEDED, "a", "0");

  for (guint i = 1; i <= 2000; i++)
    {
      g_autofree char *handle = g_strdup_printf ("%u", i);
      g_autofree char *used = put (board, HERALD_KIND_CUSTOM, NULL, handle);
    }
  g_assert_null (herald_notification_board_find_handle (board, "977"));
  g_assert_nonnull (herald_notification_board_find_handle (board, "978"));
  g_assert_nonnull (herald_notification_board_find_handle (board, attention));
  herald_notification_board_clear (board);
  g_assert_null (herald_notification_board_find_handle (board, "2000"));
  herald_notification_board_free (board);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notification-board/print", test_news_of_a_print_has_one_place);
  g_test_add_func ("/notification-board/attention", test_progress_does_not_hide_that_somebody_is_needed);
  g_test_add_func ("/notification-board/after", test_what_follows_the_end_does_not_hide_it);
  g_test_add_func ("/notification-board/server", test_back_takes_the_place_of_away);
  g_test_add_func ("/notification-board/solved", test_what_is_solved_is_found_by_kind);
  g_test_add_func ("/notification-board/number", test_number_names_what_was_shown_last);
  g_test_add_func ("/notification-board/moves-up", test_progress_moves_up_when_nobody_is_needed);
  g_test_add_func ("/notification-board/resumed", test_resumed_takes_the_place_of_both);
  g_test_add_func ("/notification-board/oldest", test_oldest_is_forgotten);

  return g_test_run ();
}
