/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-printer-attention"

#include "core/printers/print-job.h"
#include "fixtures/watch-story.h"

#define PAUSED_ITSELF "The printer itself has paused the print."

static void
assert_attention (WatchStory *story,
                  const char *expected)
{
  g_autofree char *attention = herald_printer_watch_dup_attention (story->watch);

  g_assert_cmpstr (attention, ==, expected);
}

static void
stop_by_itself (WatchStory *story)
{
  g_autoptr(HeraldValues) values = herald_values_new ();

  watch_story_say_values (story, HERALD_SIGNAL_PAUSED, values);
  watch_story_wait (story, 1500);
  watch_story_show (story, HERALD_STATE_PAUSED, 30, WATCH_STORY_FILE);
}

static void
ask (WatchStory *story)
{
  g_autoptr(HeraldValues) values = herald_values_new ();

  herald_values_set (values, "reason", "It asks a question.");
  herald_values_set (values, "question", "Is the bed empty?");
  watch_story_say_values (story, HERALD_SIGNAL_ATTENTION_NEEDED, values);
  watch_story_wait (story, 1500);
}

static void
begin (WatchStory *story)
{
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  watch_story_show (story, HERALD_STATE_PRINTING, 20, WATCH_STORY_FILE);
  assert_attention (story, NULL);
}

static void
test_lasts_until_somebody_came (WatchStory    *story,
                                gconstpointer  user_data)
{
  begin (story);
  stop_by_itself (story);
  assert_attention (story, PAUSED_ITSELF);
  watch_story_wait (story, 6 * 3600 * 1000);
  assert_attention (story, PAUSED_ITSELF);
  watch_story_say (story, HERALD_SIGNAL_RESUMED, NULL);
  assert_attention (story, NULL);
}

static void
test_ends_with_the_print (WatchStory    *story,
                          gconstpointer  user_data)
{
  static const HeraldPrinterSignal ends[] = { HERALD_SIGNAL_CANCELLED, HERALD_SIGNAL_FAILED, HERALD_SIGNAL_DONE };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      begin (story);
      stop_by_itself (story);
      assert_attention (story, PAUSED_ITSELF);
      watch_story_say (story, ends[i], ends[i] == HERALD_SIGNAL_FAILED ? "error" : NULL);
      assert_attention (story, NULL);
      watch_story_show (story, HERALD_STATE_OPERATIONAL, -1, NULL);
      watch_story_wait (story, 3600 * 1000);
    }
}

static void
test_pause_by_a_person_is_none (WatchStory    *story,
                                gconstpointer  user_data)
{
  begin (story);
  watch_story_say (story, HERALD_SIGNAL_PAUSED, NULL);
  watch_story_wait (story, 1500);
  watch_story_show (story, HERALD_STATE_PAUSED, 30, WATCH_STORY_FILE);
  assert_attention (story, NULL);
}

/* A stop that is over before anybody was called was none. */
static void
test_short_stop_is_never_shown (WatchStory    *story,
                                gconstpointer  user_data)
{
  g_autoptr(HeraldValues) values = herald_values_new ();

  begin (story);
  watch_story_say_values (story, HERALD_SIGNAL_PAUSED, values);
  assert_attention (story, NULL);
  watch_story_wait (story, 500);
  watch_story_say (story, HERALD_SIGNAL_RESUMED, NULL);
  assert_attention (story, NULL);
}

static void
test_question_is_shown_until_it_is_answered (WatchStory    *story,
                                             gconstpointer  user_data)
{
  g_autoptr(HeraldValues) nothing = herald_values_new ();

  ask (story);
  assert_attention (story, "It asks a question. “Is the bed empty?”");
  watch_story_say_values (story, HERALD_SIGNAL_ATTENTION_OVER, nothing);
  assert_attention (story, NULL);
}

/* Also when no reminder is wanted, so that nothing else is due. */
static void
test_silence_of_one_that_repeats_itself_is_the_end (WatchStory    *story,
                                                    gconstpointer  user_data)
{
  begin (story);
  for (guint i = 0; i < 100; i++)
    {
      watch_story_say (story, HERALD_SIGNAL_ATTENTION_REPEATED, "It waits.");
      watch_story_wait (story, 2000);
      assert_attention (story, "It waits.");
    }
  watch_story_wait (story, 60 * 1000);
  assert_attention (story, NULL);
}

static void
test_is_shown_though_nobody_wants_the_message (WatchStory    *story,
                                               gconstpointer  user_data)
{
  story->options.attention_told = FALSE;
  begin (story);
  stop_by_itself (story);
  watch_story_assert_told (story, "print-started print-progress:20 print-paused");
  assert_attention (story, PAUSED_ITSELF);
  watch_story_say (story, HERALD_SIGNAL_RESUMED, NULL);
  assert_attention (story, NULL);
}

static void
test_nobody_is_reminded_after_somebody_came (WatchStory    *story,
                                             gconstpointer  user_data)
{
  story->options.attention_remind_minutes = 10;
  begin (story);
  stop_by_itself (story);
  watch_story_wait (story, 21 * 60 * 1000);
  watch_story_assert_told (story, "print-started print-progress:20 attention-needed attention-needed attention-needed");
  watch_story_say (story, HERALD_SIGNAL_RESUMED, NULL);
  watch_story_show (story, HERALD_STATE_PRINTING, 20, WATCH_STORY_FILE);
  watch_story_wait (story, 3600 * 1000);
  watch_story_assert_told (story, "print-started print-progress:20 attention-needed attention-needed attention-needed "
                                  "print-resumed");
}

static void
test_outlasts_a_lost_connection (WatchStory    *story,
                                 gconstpointer  user_data)
{
  story->options.attention_remind_minutes = 10;
  begin (story);
  stop_by_itself (story);
  watch_story_lose (story, 0, 0);
  story->now_ms += 3600 * 1000;
  watch_story_find (story, HERALD_STATE_PAUSED, 30, WATCH_STORY_FILE, 0, 0);
  assert_attention (story, PAUSED_ITSELF);
  watch_story_wait (story, 1);
  watch_story_assert_told (story, "print-started print-progress:20 attention-needed attention-needed");
}

static void
test_is_over_if_the_print_went_on_meanwhile (WatchStory    *story,
                                             gconstpointer  user_data)
{
  begin (story);
  stop_by_itself (story);
  watch_story_lose (story, 0, 0);
  story->now_ms += 3600 * 1000;
  watch_story_find (story, HERALD_STATE_PRINTING, 40, WATCH_STORY_FILE, 0, 0);
  assert_attention (story, NULL);
}

/* The program ends, and another one remembers the print. */
static void
restart (WatchStory *story)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (story->watch);
  g_autofree char *text = herald_print_job_to_text (job);
  g_autofree char *key = g_strdup (job->key);

  herald_printer_watch_free (story->watch);
  story->watch = herald_printer_watch_new ("mk3");
  herald_printer_watch_take_job (story->watch, herald_print_job_from_text (key, text));
  story->now_ms += 5 * 60 * 1000;
}

static void
test_outlasts_the_program (WatchStory    *story,
                           gconstpointer  user_data)
{
  story->options.attention_remind_minutes = 10;
  begin (story);
  stop_by_itself (story);
  watch_story_lose (story, 0, 0);
  restart (story);
  watch_story_find (story, HERALD_STATE_PAUSED, 30, WATCH_STORY_FILE, 0, 0);
  assert_attention (story, PAUSED_ITSELF);
  watch_story_wait (story, 4 * 60 * 1000);
  watch_story_assert_told (story, "print-started print-progress:20 attention-needed");
  watch_story_wait (story, 2 * 60 * 1000);
  watch_story_assert_told (story, "print-started print-progress:20 attention-needed attention-needed");
  watch_story_say (story, HERALD_SIGNAL_RESUMED, NULL);
  assert_attention (story, NULL);
}

static void
test_one_that_repeats_itself_has_to_say_so_again_after_a_restart (WatchStory    *story,
                                                                  gconstpointer  user_data)
{
  begin (story);
  watch_story_say (story, HERALD_SIGNAL_ATTENTION_REPEATED, "It waits.");
  watch_story_wait (story, 2000);
  watch_story_lose (story, 0, 0);
  restart (story);
  watch_story_find (story, HERALD_STATE_PRINTING, 20, WATCH_STORY_FILE, 0, 0);
  watch_story_wait (story, 20 * 1000);
  assert_attention (story, "It waits.");
  watch_story_wait (story, 40 * 1000);
  assert_attention (story, NULL);
}

#define ADD(path, test) \
  g_test_add ("/printer-attention/" path, WatchStory, NULL, watch_story_set_up, test, watch_story_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("lasts", test_lasts_until_somebody_came);
  ADD ("ends", test_ends_with_the_print);
  ADD ("person", test_pause_by_a_person_is_none);
  ADD ("short", test_short_stop_is_never_shown);
  ADD ("question", test_question_is_shown_until_it_is_answered);
  ADD ("silence", test_silence_of_one_that_repeats_itself_is_the_end);
  ADD ("unwanted", test_is_shown_though_nobody_wants_the_message);
  ADD ("reminders", test_nobody_is_reminded_after_somebody_came);
  ADD ("gap", test_outlasts_a_lost_connection);
  ADD ("gap-over", test_is_over_if_the_print_went_on_meanwhile);
  ADD ("restart", test_outlasts_the_program);
  ADD ("restart-repeats", test_one_that_repeats_itself_has_to_say_so_again_after_a_restart);

  return g_test_run ();
}
