/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-printer-watch"

#include "fixtures/watch-story.h"

static void
test_print_is_told_once (WatchStory    *story,
                         gconstpointer  user_data)
{
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  watch_story_show (story, HERALD_STATE_OPERATIONAL, -1, "a/cube.gcode");
  watch_story_show (story, HERALD_STATE_PRINTING, 0, "a/cube.gcode");
  watch_story_show (story, HERALD_STATE_PRINTING, 9.9, "a/cube.gcode");
  watch_story_show (story, HERALD_STATE_PRINTING, 10.1, "a/cube.gcode");
  watch_story_show (story, HERALD_STATE_PRINTING, 10.2, "a/cube.gcode");
  watch_story_show (story, HERALD_STATE_PRINTING, 47, "a/cube.gcode");
  watch_story_show (story, HERALD_STATE_PRINTING, 100, "a/cube.gcode");
  watch_story_say (story, HERALD_SIGNAL_DONE, NULL);
  watch_story_show (story, HERALD_STATE_FINISHING, 100, "a/cube.gcode");
  watch_story_show (story, HERALD_STATE_PRINTING, 100, "a/cube.gcode");
  watch_story_show (story, HERALD_STATE_OPERATIONAL, 100, "a/cube.gcode");
  watch_story_wait (story, 60000);
  watch_story_show (story, HERALD_STATE_OPERATIONAL, 100, "a/cube.gcode");
  watch_story_say (story, HERALD_SIGNAL_DONE, NULL);

  watch_story_assert_told (story, "print-started print-progress:10 print-progress:40 print-done");
}

static void
test_cancel_is_one_message (WatchStory    *story,
                            gconstpointer  user_data)
{
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  watch_story_say (story, HERALD_SIGNAL_CANCELLED, NULL);
  watch_story_say (story, HERALD_SIGNAL_FAILED, "cancelled");
  watch_story_show (story, HERALD_STATE_CANCELLING, 50, "a/cube.gcode");
  watch_story_show (story, HERALD_STATE_OPERATIONAL, -1, "a/cube.gcode");
  watch_story_wait (story, 60000);

  watch_story_assert_told (story, "print-started print-cancelled");
}

static void
test_cancel_told_only_as_failure_is_a_cancel (WatchStory    *story,
                                              gconstpointer  user_data)
{
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  watch_story_say (story, HERALD_SIGNAL_FAILED, "cancelled");
  watch_story_say (story, HERALD_SIGNAL_CANCELLED, NULL);

  watch_story_assert_told (story, "print-started print-cancelled");
}

static void
test_error_disconnect_and_failure_are_one_message (WatchStory    *story,
                                                   gconstpointer  user_data)
{
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  watch_story_say (story, HERALD_SIGNAL_ERROR, NULL);
  watch_story_say (story, HERALD_SIGNAL_DISCONNECTED, NULL);
  watch_story_show (story, HERALD_STATE_ERROR, -1, NULL);
  watch_story_wait (story, 1000);
  watch_story_say (story, HERALD_SIGNAL_FAILED, "error");
  watch_story_wait (story, 60000);

  watch_story_assert_told (story, "print-started print-failed");
}

static void
test_lost_connection_while_paused_is_a_failure (WatchStory    *story,
                                                gconstpointer  user_data)
{
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  watch_story_say (story, HERALD_SIGNAL_PAUSED, NULL);
  watch_story_show (story, HERALD_STATE_PAUSED, 30, "a/cube.gcode");
  watch_story_say (story, HERALD_SIGNAL_DISCONNECTED, NULL);
  g_assert_cmpint (herald_printer_watch_get_due_ms (story->watch), >, story->now_ms);
  watch_story_wait (story, 4000);
  watch_story_assert_told (story, "print-started print-paused");
  watch_story_wait (story, 2000);

  watch_story_assert_told (story, "print-started print-paused print-failed/inferred");
}

static void
test_printer_news_without_a_print (WatchStory    *story,
                                   gconstpointer  user_data)
{
  watch_story_say (story, HERALD_SIGNAL_CONNECTED, NULL);
  story->now_ms++;
  watch_story_say (story, HERALD_SIGNAL_DISCONNECTED, NULL);
  story->now_ms++;
  watch_story_say (story, HERALD_SIGNAL_ERROR, NULL);

  watch_story_assert_told (story, "printer-operational printer-offline printer-error");
}

static void
test_error_of_an_idle_printer_is_one_message (WatchStory    *story,
                                              gconstpointer  user_data)
{
  watch_story_show (story, HERALD_STATE_OPERATIONAL, -1, NULL);
  watch_story_say (story, HERALD_SIGNAL_ERROR, NULL);
  watch_story_say (story, HERALD_SIGNAL_DISCONNECTED, NULL);
  watch_story_show (story, HERALD_STATE_ERROR, -1, NULL);
  watch_story_wait (story, 60000);
  watch_story_say (story, HERALD_SIGNAL_CONNECTED, NULL);
  watch_story_say (story, HERALD_SIGNAL_DISCONNECTED, NULL);

  watch_story_assert_told (story, "printer-error printer-operational printer-offline");
}

static void
test_call_that_comes_after_the_end_is_none (WatchStory    *story,
                                            gconstpointer  user_data)
{
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  watch_story_show (story, HERALD_STATE_PRINTING, 5, "a/cube.gcode");
  watch_story_say (story, HERALD_SIGNAL_ATTENTION_REPEATED, NULL);
  watch_story_wait (story, 1500);
  watch_story_say (story, HERALD_SIGNAL_DONE, NULL);
  watch_story_show (story, HERALD_STATE_OPERATIONAL, 100, "a/cube.gcode");
  watch_story_wait (story, 1900);
  watch_story_say (story, HERALD_SIGNAL_ATTENTION_REPEATED, NULL);
  watch_story_wait (story, 120000);

  watch_story_assert_told (story, "print-started attention-needed print-done");
}

static void
test_lost_printer_after_its_print_is_one_message (WatchStory    *story,
                                                  gconstpointer  user_data)
{
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  watch_story_say (story, HERALD_SIGNAL_ERROR, NULL);
  watch_story_say (story, HERALD_SIGNAL_FAILED, "error");
  watch_story_say (story, HERALD_SIGNAL_DISCONNECTED, NULL);
  watch_story_show (story, HERALD_STATE_OFFLINE, -1, NULL);
  watch_story_wait (story, 60000);

  watch_story_assert_told (story, "print-started print-failed");
}

static void
test_state_before_its_event_is_one_message (WatchStory    *story,
                                            gconstpointer  user_data)
{
  watch_story_show (story, HERALD_STATE_OPERATIONAL, -1, NULL);
  watch_story_show (story, HERALD_STATE_OFFLINE, -1, NULL);
  watch_story_wait (story, 100);
  watch_story_say (story, HERALD_SIGNAL_DISCONNECTED, NULL);
  watch_story_say (story, HERALD_SIGNAL_CONNECTED, NULL);
  watch_story_say (story, HERALD_SIGNAL_DISCONNECTED, NULL);

  watch_story_assert_told (story, "printer-offline printer-operational printer-offline");
}

/* States come up to two seconds after the events, and after five of a server that has too much to do. */
static void
test_state_from_before_a_connection_is_no_loss (WatchStory    *story,
                                                gconstpointer  user_data)
{
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  watch_story_show (story, HERALD_STATE_PRINTING, 30, WATCH_STORY_FILE);
  watch_story_say (story, HERALD_SIGNAL_FAILED, "error");
  watch_story_wait (story, 3000);
  watch_story_say (story, HERALD_SIGNAL_CONNECTED, NULL);
  watch_story_wait (story, 500);
  watch_story_show (story, HERALD_STATE_OFFLINE, -1, NULL);
  watch_story_wait (story, 9000);
  watch_story_show (story, HERALD_STATE_OPERATIONAL, -1, NULL);
  watch_story_wait (story, 60000);

  watch_story_assert_told (story, "print-started print-progress:30 print-failed printer-operational");
}

static void
test_loss_right_after_a_connection_is_told (WatchStory    *story,
                                            gconstpointer  user_data)
{
  watch_story_say (story, HERALD_SIGNAL_CONNECTED, NULL);
  watch_story_show (story, HERALD_STATE_OPERATIONAL, -1, NULL);
  watch_story_show (story, HERALD_STATE_OFFLINE, -1, NULL);
  watch_story_wait (story, 60000);

  watch_story_assert_told (story, "printer-operational printer-offline");
}

static void
stop_by_itself (WatchStory *story)
{
  g_autoptr(HeraldValues) values = herald_values_new ();

  herald_values_set (values, "path", "a/cube.gcode");
  watch_story_say_values (story, HERALD_SIGNAL_PAUSED, values);
}

/* The state that comes after the second stop is from before it. */
static void
test_second_stop_is_a_second_call (WatchStory    *story,
                                   gconstpointer  user_data)
{
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  stop_by_itself (story);
  watch_story_wait (story, 1500);
  watch_story_show (story, HERALD_STATE_PAUSED, 30, "a/cube.gcode");
  watch_story_say (story, HERALD_SIGNAL_RESUMED, NULL);
  stop_by_itself (story);
  watch_story_show (story, HERALD_STATE_PRINTING, 40, "a/cube.gcode");
  watch_story_wait (story, 1500);
  watch_story_show (story, HERALD_STATE_PAUSED, 40, "a/cube.gcode");
  watch_story_say (story, HERALD_SIGNAL_RESUMED, NULL);
  watch_story_say (story, HERALD_SIGNAL_DONE, NULL);

  watch_story_assert_told (story, "print-started attention-needed print-resumed print-progress:40 attention-needed "
                                  "print-resumed print-done");
}

/* Whoever waits says so every two seconds; nobody is reminded of one who has fallen silent. */
static void
test_nobody_is_reminded_of_a_silent_printer (WatchStory    *story,
                                             gconstpointer  user_data)
{
  story->options.attention_lock_s = 60;
  story->options.attention_remind_minutes = 1;
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  for (guint i = 0; i < 40; i++)
    {
      watch_story_say (story, HERALD_SIGNAL_ATTENTION_REPEATED, NULL);
      watch_story_wait (story, 2000);
    }
  watch_story_wait (story, 300 * 1000);

  watch_story_assert_told (story, "print-started attention-needed attention-needed");
}

static void
test_same_file_twice_is_two_prints (WatchStory    *story,
                                    gconstpointer  user_data)
{
  for (guint i = 0; i < 2; i++)
    {
      watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
      watch_story_show (story, HERALD_STATE_PRINTING, 12, "a/cube.gcode");
      watch_story_say (story, HERALD_SIGNAL_DONE, NULL);
      story->now_ms += 1000;
    }

  watch_story_assert_told (story, "print-started print-progress:10 print-done "
                        "print-started print-progress:10 print-done");
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (WatchStory *, gconstpointer);
  } tests[] = {
    { "/printer-watch/print", test_print_is_told_once },
    { "/printer-watch/second-stop", test_second_stop_is_a_second_call },
    { "/printer-watch/cancel", test_cancel_is_one_message },
    { "/printer-watch/cancel-as-failure", test_cancel_told_only_as_failure_is_a_cancel },
    { "/printer-watch/failure", test_error_disconnect_and_failure_are_one_message },
    { "/printer-watch/lost-while-paused", test_lost_connection_while_paused_is_a_failure },
    { "/printer-watch/no-print", test_printer_news_without_a_print },
    { "/printer-watch/idle-error", test_error_of_an_idle_printer_is_one_message },
    { "/printer-watch/late-call", test_call_that_comes_after_the_end_is_none },
    { "/printer-watch/lost-after", test_lost_printer_after_its_print_is_one_message },
    { "/printer-watch/state-first", test_state_before_its_event_is_one_message },
    { "/printer-watch/stale", test_state_from_before_a_connection_is_no_loss },
    { "/printer-watch/short-connection", test_loss_right_after_a_connection_is_told },
    { "/printer-watch/silent", test_nobody_is_reminded_of_a_silent_printer },
    { "/printer-watch/twice", test_same_file_twice_is_two_prints },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WatchStory, NULL, watch_story_set_up, tests[i].func, watch_story_tear_down);

  return g_test_run ();
}
