/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-late-counts"

#include "fixtures/watch-story.h"

/* OctoPrint counts a print in a thread of its own, when it is over, and says only then that a cancelled one failed. On a
 * busy computer that is seconds later: the next print has begun, or we come back and the counters still stand. */

#define FILE_A WATCH_STORY_FILE
#define OTHER "other.gcode"

static void
begin_print (WatchStory *story)
{
  watch_story_mark (story, HERALD_MARK_STARTED);
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  watch_story_wait (story, 1000);
  watch_story_show (story, HERALD_STATE_PRINTING, 4, FILE_A);
}

static void
test_late_failure_is_not_that_of_the_next_print (WatchStory    *story,
                                                 gconstpointer  user_data)
{
  begin_print (story);
  watch_story_say (story, HERALD_SIGNAL_CANCELLED, NULL);
  watch_story_show (story, HERALD_STATE_OPERATIONAL, -1, FILE_A);
  begin_print (story);
  watch_story_say (story, HERALD_SIGNAL_FAILED, "cancelled");
  watch_story_wait (story, 5000);
  watch_story_say (story, HERALD_SIGNAL_DONE, NULL);

  watch_story_assert_told (story, "print-started print-cancelled print-started print-done");
}

/* Before any state of the next print came */
static void
test_late_failure_may_come_with_the_start (WatchStory    *story,
                                           gconstpointer  user_data)
{
  g_autoptr(HeraldValues) other = herald_values_new ();

  begin_print (story);
  watch_story_say (story, HERALD_SIGNAL_CANCELLED, NULL);
  watch_story_show (story, HERALD_STATE_OPERATIONAL, -1, FILE_A);
  herald_values_set (other, "name", OTHER);
  herald_values_set (other, "path", OTHER);
  herald_values_set (other, "origin", "local");
  watch_story_say_values (story, HERALD_SIGNAL_STARTED, other);
  watch_story_say (story, HERALD_SIGNAL_FAILED, "cancelled");
  watch_story_show (story, HERALD_STATE_PRINTING, 1, OTHER);
  watch_story_wait (story, 5000);
  watch_story_say_values (story, HERALD_SIGNAL_DONE, other);

  watch_story_assert_told (story, "print-started print-cancelled print-started print-done");
}

/* Nobody listened when it was said that it was cancelled. */
static void
test_late_failure_may_be_all_there_is (WatchStory    *story,
                                       gconstpointer  user_data)
{
  begin_print (story);
  watch_story_lose (story, 2, 1);
  watch_story_wait (story, 3000);
  watch_story_find (story, HERALD_STATE_CANCELLING, 5, FILE_A, 2, 1);
  watch_story_say (story, HERALD_SIGNAL_FAILED, "cancelled");
  watch_story_show (story, HERALD_STATE_OPERATIONAL, -1, FILE_A);

  watch_story_assert_told (story, "print-started print-cancelled");
}

static void
test_cancelled_and_not_counted_yet (WatchStory    *story,
                                    gconstpointer  user_data)
{
  begin_print (story);
  watch_story_lose (story, 2, 1);
  watch_story_wait (story, 3000);
  watch_story_mark (story, HERALD_MARK_CANCELLED);
  watch_story_find (story, HERALD_STATE_OPERATIONAL, -1, FILE_A, 2, 1);

  watch_story_assert_told (story, "print-started print-cancelled/reconciled");
}

/* It began longer ago than the server keeps marks. */
static void
test_long_print_cancelled_and_not_counted_yet (WatchStory    *story,
                                               gconstpointer  user_data)
{
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  watch_story_wait (story, 60 * 60 * 1000);
  watch_story_lose (story, 2, 1);
  watch_story_wait (story, 3000);
  watch_story_mark (story, HERALD_MARK_CANCELLED);
  watch_story_find (story, HERALD_STATE_OPERATIONAL, -1, FILE_A, 2, 1);

  watch_story_assert_told (story, "print-started print-cancelled/reconciled");
}

/* This program was killed: what it heard before, the print before this one among it, lies in the gap. */
static void
test_end_of_the_print_before_is_another (WatchStory    *story,
                                         gconstpointer  user_data)
{
  gint64 begin_ms = story->now_ms;

  begin_print (story);
  watch_story_wait (story, 3000);
  watch_story_mark (story, HERALD_MARK_DONE);
  watch_story_say (story, HERALD_SIGNAL_DONE, NULL);
  watch_story_wait (story, 100);
  begin_print (story);
  watch_story_lose (story, 3, 1);
  story->lost_ms = begin_ms;
  watch_story_wait (story, 1000);
  watch_story_mark (story, HERALD_MARK_CANCELLED);
  watch_story_find (story, HERALD_STATE_OPERATIONAL, -1, FILE_A, 3, 1);

  watch_story_assert_told (story, "print-started print-done print-started print-cancelled/reconciled");
}

/* The same file was begun anew at once, and looks as if it went on. */
static void
test_next_print_of_the_file_is_another (WatchStory    *story,
                                        gconstpointer  user_data)
{
  begin_print (story);
  watch_story_lose (story, 2, 1);
  watch_story_mark (story, HERALD_MARK_CANCELLED);
  watch_story_wait (story, 300);
  watch_story_mark (story, HERALD_MARK_STARTED);
  watch_story_wait (story, 1000);
  watch_story_find (story, HERALD_STATE_PRINTING, 3, FILE_A, 2, 1);
  watch_story_say (story, HERALD_SIGNAL_DONE, NULL);

  watch_story_assert_told (story, "print-started print-cancelled/reconciled print-started/reconciled print-done");
}

/* The chart says that what is shown began after the end that was counted. */
static void
test_print_begun_at_once_and_cancelled (WatchStory    *story,
                                        gconstpointer  user_data)
{
  begin_print (story);
  watch_story_lose (story, 2, 1);
  watch_story_wait (story, 3000);
  watch_story_mark (story, HERALD_MARK_DONE);
  story->after = (HeraldPrintCount) { .last_done = TRUE, .last_ms = story->now_ms };
  watch_story_wait (story, 200);
  watch_story_mark (story, HERALD_MARK_STARTED);
  watch_story_wait (story, 300);
  watch_story_find (story, HERALD_STATE_PRINTING, 0, FILE_A, 3, 1);
  watch_story_wait (story, 500);
  watch_story_say (story, HERALD_SIGNAL_CANCELLED, NULL);

  watch_story_assert_told (story, "print-started print-done/reconciled print-started/reconciled print-cancelled");
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (WatchStory *story, gconstpointer user_data);
  } tests[] = {
    { "/late-counts/failure-of-another", test_late_failure_is_not_that_of_the_next_print },
    { "/late-counts/failure-at-start", test_late_failure_may_come_with_the_start },
    { "/late-counts/failure-alone", test_late_failure_may_be_all_there_is },
    { "/late-counts/cancelled", test_cancelled_and_not_counted_yet },
    { "/late-counts/cancelled-long", test_long_print_cancelled_and_not_counted_yet },
    { "/late-counts/mark-before", test_end_of_the_print_before_is_another },
    { "/late-counts/begun-anew", test_next_print_of_the_file_is_another },
    { "/late-counts/begun-at-once", test_print_begun_at_once_and_cancelled },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WatchStory, NULL, watch_story_set_up, tests[i].test, watch_story_tear_down);

  return g_test_run ();
}
