/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-gap-stories"

#include "fixtures/watch-story.h"

#define FILE_A WATCH_STORY_FILE
#define OTHER "other.gcode"
#define GAP_MS (29 * 60 * 1000)

static void
begin_print (WatchStory *story)
{
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  watch_story_wait (story, 1000);
  watch_story_show (story, HERALD_STATE_PRINTING, 40, FILE_A);
  g_string_truncate (story->told, 0);
}

/* The words of a reconciled event say when nobody listened, and what is known of it. */
static void
test_says_when_nobody_listened (WatchStory    *story,
                                gconstpointer  user_data)
{
  begin_print (story);
  watch_story_lose (story, 0, 0);
  watch_story_wait (story, GAP_MS);
  story->after = (HeraldPrintCount) { .last_done = TRUE, .last_ms = story->now_ms - 5000, .last_duration_s = 1800 };
  watch_story_find (story, HERALD_STATE_OPERATIONAL, 100, FILE_A, 1, 0);

  g_assert_nonnull (strstr (watch_story_get_last (story, "away"), "–"));
  g_assert_cmpstr (watch_story_get_last (story, "time"), ==, "1800");
  g_assert_cmpstr (watch_story_get_last (story, "file"), ==, "cube");
}

/* It was cancelled, begun anew, and failed, all within seconds. */
static void
test_cancelled_print_before_is_another (WatchStory    *story,
                                        gconstpointer  user_data)
{
  HeraldMark cancelled = { HERALD_MARK_CANCELLED, story->now_ms };
  HeraldMark started = { HERALD_MARK_STARTED, story->now_ms + 1000 };

  begin_print (story);
  watch_story_lose (story, 0, 1);
  watch_story_wait (story, 9000);
  g_array_append_val (story->marks, cancelled);
  g_array_append_val (story->marks, started);
  story->after = (HeraldPrintCount) { .last_ms = story->now_ms, .last_duration_s = 8 };
  watch_story_find (story, HERALD_STATE_OFFLINE, -1, NULL, 0, 2);

  watch_story_assert_told (story, "print-failed/reconciled");
}

/* It is counted, but the state still shows it, and its event is still to come. */
static void
test_print_that_is_ending_is_told_once (WatchStory    *story,
                                        gconstpointer  user_data)
{
  begin_print (story);
  watch_story_lose (story, 0, 1);
  watch_story_wait (story, 3000);
  story->after = (HeraldPrintCount) { .last_ms = story->now_ms - 500, .last_duration_s = 4 };
  watch_story_find (story, HERALD_STATE_CANCELLING, 41, FILE_A, 0, 2);
  watch_story_say (story, HERALD_SIGNAL_CANCELLED, NULL);
  watch_story_say (story, HERALD_SIGNAL_FAILED, "cancelled");
  watch_story_show (story, HERALD_STATE_CANCELLING, 41, FILE_A);
  watch_story_wait (story, 60 * 1000);
  watch_story_show (story, HERALD_STATE_OPERATIONAL, -1, FILE_A);

  watch_story_assert_told (story, "print-cancelled/reconciled");
}

/* It began while we were coming back: the state shows it, and its event waits. */
static void
test_print_that_is_beginning_is_told_once (WatchStory    *story,
                                           gconstpointer  user_data)
{
  watch_story_show (story, HERALD_STATE_OPERATIONAL, -1, NULL);
  watch_story_lose (story, 0, 0);
  watch_story_wait (story, 3000);
  watch_story_find (story, HERALD_STATE_PRINTING, 0, FILE_A, 0, 0);
  watch_story_wait (story, 200);
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  watch_story_say (story, HERALD_SIGNAL_DONE, NULL);
  watch_story_wait (story, 1000);
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);

  watch_story_assert_told (story, "print-started/reconciled print-done print-started");
}

/* Seen live or found out afterwards: the same print has the same key. */
static void
test_live_and_found_have_one_key (WatchStory    *story,
                                  gconstpointer  user_data)
{
  const HeraldEvent *event;
  g_autofree char *live = NULL;

  begin_print (story);
  watch_story_lose (story, 2, 1);
  watch_story_find (story, HERALD_STATE_PRINTING, 41, FILE_A, 2, 1);
  watch_story_say (story, HERALD_SIGNAL_DONE, NULL);
  event = g_ptr_array_index (story->events, story->events->len - 1);
  live = g_strdup (event->dedupe);

  g_hash_table_remove_all (story->dedupes);
  watch_story_lose (story, 2, 1);
  story->after = (HeraldPrintCount) { .last_done = TRUE };
  watch_story_find (story, HERALD_STATE_OPERATIONAL, 100, FILE_A, 3, 1);
  event = g_ptr_array_index (story->events, story->events->len - 1);
  g_assert_cmpstr (event->dedupe, ==, live);
}

/* The server has not counted it, and gives its number to the next one. */
static void
test_inferred_end_takes_no_number (WatchStory    *story,
                                   gconstpointer  user_data)
{
  begin_print (story);
  watch_story_lose (story, 2, 1);
  watch_story_find (story, HERALD_STATE_OPERATIONAL, -1, NULL, 2, 1);
  watch_story_assert_told (story, "print-failed/inferred");

  watch_story_wait (story, 60 * 1000);
  begin_print (story);
  watch_story_lose (story, 2, 1);
  watch_story_find (story, HERALD_STATE_OPERATIONAL, 100, FILE_A, 3, 1);
  watch_story_assert_told (story, "print-done/reconciled");
}

/* It ended after the state was sent and before the counters were read. */
static void
test_end_during_the_inquiry_is_told_once (WatchStory    *story,
                                          gconstpointer  user_data)
{
  begin_print (story);
  watch_story_lose (story, 2, 1);
  watch_story_wait (story, 2000);
  story->after = (HeraldPrintCount) { .last_done = TRUE, .last_ms = story->now_ms + 100 };
  watch_story_find (story, HERALD_STATE_PRINTING, 99, FILE_A, 3, 1);
  watch_story_show (story, HERALD_STATE_PRINTING, 99.9, FILE_A);
  watch_story_say (story, HERALD_SIGNAL_DONE, NULL);
  watch_story_show (story, HERALD_STATE_OPERATIONAL, 100, FILE_A);
  watch_story_wait (story, 60 * 1000);

  watch_story_assert_told (story, "print-done/reconciled");
}

/* The server remembers marks for half an hour only, so the beginning of the other print is not among them. */
static void
test_mark_of_another_file_is_no_end (WatchStory    *story,
                                     gconstpointer  user_data)
{
  HeraldPrinterState *state = herald_printer_state_new ();
  g_autoptr(HeraldGap) gap = NULL;
  g_autoptr(GPtrArray) conclusions = NULL;
  HeraldFileRecord *file;
  HeraldMark mark = { HERALD_MARK_CANCELLED, 0 };

  begin_print (story);
  watch_story_lose (story, 2, 1);
  watch_story_wait (story, 2 * GAP_MS);
  state->id = HERALD_STATE_OPERATIONAL;
  gap = herald_gap_new (state, story->lost_ms, story->now_ms);
  herald_printer_state_unref (state);
  file = herald_gap_add_file (gap, FILE_A, "cube.gcode");
  file->before = file->after = story->before;
  file = herald_gap_add_file (gap, "other.gcode", "other.gcode");
  file->before = story->before;
  file->after = story->before;
  file->after.n_failed++;
  file->after.last_ms = mark.when_ms = story->now_ms - 20 * 1000;
  g_array_append_val (gap->marks, mark);
  gap->job = herald_printer_watch_get_job (story->watch);
  conclusions = herald_gap_judge (gap);

  g_assert_cmpuint (conclusions->len, ==, 2);
  g_assert_cmpint (((HeraldConclusion *) g_ptr_array_index (conclusions, 0))->source, ==, HERALD_SOURCE_INFERRED);
  g_assert_cmpint (((HeraldConclusion *) g_ptr_array_index (conclusions, 1))->kind, ==, HERALD_KIND_PRINT_CANCELLED);
}

/* Cancelled and begun anew within the second in which we came back: it goes on being shown. */
static void
test_print_begun_at_once_is_another (WatchStory    *story,
                                     gconstpointer  user_data)
{
  begin_print (story);
  watch_story_lose (story, 0, 1);
  watch_story_wait (story, 3000);
  story->after = (HeraldPrintCount) { .last_ms = story->now_ms - 500, .last_duration_s = 4 };
  watch_story_find (story, HERALD_STATE_PRINTING, 2, FILE_A, 0, 2);
  for (guint percent = 3; percent < 9; percent++)
    {
      watch_story_wait (story, 2000);
      watch_story_show (story, HERALD_STATE_PRINTING, percent, FILE_A);
    }
  watch_story_say (story, HERALD_SIGNAL_DONE, NULL);
  watch_story_show (story, HERALD_STATE_OPERATIONAL, 100, FILE_A);
  watch_story_wait (story, 60 * 1000);

  watch_story_assert_told (story, "print-failed/reconciled print-started print-done");
}

static void
test_first_contact_has_no_past (WatchStory    *story,
                                gconstpointer  user_data)
{
  story->lost_ms = 0;
  watch_story_find (story, HERALD_STATE_PRINTING, 43, FILE_A, 7, 3);
  watch_story_show (story, HERALD_STATE_PRINTING, 49.9, FILE_A);
  watch_story_show (story, HERALD_STATE_PRINTING, 50.1, FILE_A);
  watch_story_say (story, HERALD_SIGNAL_DONE, NULL);

  watch_story_assert_told (story, "print-progress:50 print-done");
}

static void
test_print_outlives_the_program (WatchStory    *story,
                                 gconstpointer  user_data)
{
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;
  HeraldPrintJob *job;

  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  watch_story_show (story, HERALD_STATE_PRINTING, 31, FILE_A);
  watch_story_lose (story, 4, 0);
  job = herald_printer_watch_get_job (story->watch);
  key = g_strdup (job->key);
  text = herald_print_job_to_text (job);

  herald_printer_watch_free (story->watch);
  story->watch = herald_printer_watch_new ("mk3");
  job = herald_print_job_from_text (key, text);
  g_assert_nonnull (job);
  herald_printer_watch_take_job (story->watch, job);
  watch_story_wait (story, GAP_MS);
  watch_story_find (story, HERALD_STATE_PRINTING, 38, FILE_A, 4, 0);
  watch_story_show (story, HERALD_STATE_PRINTING, 39, FILE_A);
  watch_story_show (story, HERALD_STATE_PRINTING, 41, FILE_A);
  watch_story_say (story, HERALD_SIGNAL_DONE, NULL);

  watch_story_assert_told (story, "print-started print-progress:30 print-progress:40 print-done");
}

/* A print that is cancelled at once can be counted before we have asked what its base is. */
static void
test_base_does_not_count_the_print_itself (void)
{
  const HeraldPrintCount asked = { .known = TRUE, .n_done = 4, .n_failed = 2, .last_ms = 5000 };
  HeraldPrintCount before = herald_print_count_before (&asked, 4000);

  g_assert_cmpint (before.n_done, ==, 4);
  g_assert_cmpint (before.n_failed, ==, 1);
  g_assert_cmpint (herald_print_count_compare (&before, &asked), ==, HERALD_COUNT_MORE);

  before = herald_print_count_before (&asked, 6000);
  g_assert_cmpint (herald_print_count_compare (&before, &asked), ==, HERALD_COUNT_SAME);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/gap-stories/words", WatchStory, NULL, watch_story_set_up, test_says_when_nobody_listened, watch_story_tear_down);
  g_test_add ("/gap-stories/cancelled-before", WatchStory, NULL, watch_story_set_up, test_cancelled_print_before_is_another,
              watch_story_tear_down);
  g_test_add ("/gap-stories/ending", WatchStory, NULL, watch_story_set_up, test_print_that_is_ending_is_told_once,
              watch_story_tear_down);
  g_test_add ("/gap-stories/beginning", WatchStory, NULL, watch_story_set_up, test_print_that_is_beginning_is_told_once,
              watch_story_tear_down);
  g_test_add ("/gap-stories/one-key", WatchStory, NULL, watch_story_set_up, test_live_and_found_have_one_key,
              watch_story_tear_down);
  g_test_add ("/gap-stories/inferred-end", WatchStory, NULL, watch_story_set_up, test_inferred_end_takes_no_number,
              watch_story_tear_down);
  g_test_add ("/gap-stories/end-during-inquiry", WatchStory, NULL, watch_story_set_up,
              test_end_during_the_inquiry_is_told_once, watch_story_tear_down);
  g_test_add ("/gap-stories/mark-of-another", WatchStory, NULL, watch_story_set_up, test_mark_of_another_file_is_no_end,
              watch_story_tear_down);
  g_test_add ("/gap-stories/begun-at-once", WatchStory, NULL, watch_story_set_up, test_print_begun_at_once_is_another,
              watch_story_tear_down);
  g_test_add ("/gap-stories/first-contact", WatchStory, NULL, watch_story_set_up, test_first_contact_has_no_past,
              watch_story_tear_down);
  g_test_add ("/gap-stories/restart", WatchStory, NULL, watch_story_set_up, test_print_outlives_the_program,
              watch_story_tear_down);
  g_test_add_func ("/gap-stories/base", test_base_does_not_count_the_print_itself);

  return g_test_run ();
}
