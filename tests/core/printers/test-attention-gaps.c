/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-attention-gaps"

#include "core/printers/print-job.h"
#include "fixtures/watch-story.h"

#define PAUSED_ITSELF "The printer itself has paused the print."
#define ASKED "It asks a question. “Is the bed empty?”"

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
}

static void
ask (WatchStory *story)
{
  g_autoptr(HeraldValues) values = herald_values_new ();

  herald_values_set (values, "reason", "It asks a question.");
  herald_values_set (values, "question", "Is the bed empty?");
  watch_story_say_values (story, HERALD_SIGNAL_ATTENTION_NEEDED, values);
}

static void
begin (WatchStory *story)
{
  watch_story_say (story, HERALD_SIGNAL_STARTED, NULL);
  watch_story_show (story, HERALD_STATE_PRINTING, 25, WATCH_STORY_FILE);
  g_string_truncate (story->told, 0);
}

/* The program ends, and another one remembers the print. */
static void
restart (WatchStory *story)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (story->watch);
  g_autofree char *text = herald_print_job_to_text (job);
  g_autofree char *key = g_strdup (job->key);

  watch_story_lose (story, 0, 0);
  herald_printer_watch_free (story->watch);
  story->watch = herald_printer_watch_new ("mk3");
  herald_printer_watch_take_job (story->watch, herald_print_job_from_text (key, text));
  story->now_ms += 5 * 60 * 1000;
}

static void
find (WatchStory    *story,
      HeraldStateId  id)
{
  watch_story_find (story, id, 25, WATCH_STORY_FILE, 0, 0);
}

/* Nobody heard whether it was answered while nobody listened, and nobody will say so again. */
static void
test_question_from_before_a_gap_ends (WatchStory    *story,
                                      gconstpointer  user_data)
{
  begin (story);
  ask (story);
  watch_story_wait (story, 60 * 1000);
  assert_attention (story, ASKED);
  if (GPOINTER_TO_INT (user_data))
    restart (story);
  else
    watch_story_lose (story, 0, 0);
  find (story, HERALD_STATE_PRINTING);
  watch_story_wait (story, 60 * 1000);
  assert_attention (story, NULL);
  watch_story_assert_told (story, "attention-needed");
}

static void
test_what_is_said_again_after_a_gap_lasts (WatchStory    *story,
                                           gconstpointer  user_data)
{
  begin (story);
  ask (story);
  watch_story_wait (story, 60 * 1000);
  watch_story_lose (story, 0, 0);
  find (story, HERALD_STATE_PRINTING);
  for (guint i = 0; i < 60; i++)
    {
      watch_story_wait (story, 2000);
      watch_story_say (story, HERALD_SIGNAL_ATTENTION_REPEATED, "It waits.");
    }
  assert_attention (story, ASKED);
  watch_story_assert_told (story, "attention-needed");
}

static void
test_pause_outlasts_its_question (WatchStory    *story,
                                  gconstpointer  user_data)
{
  g_autoptr(HeraldValues) nothing = herald_values_new ();

  begin (story);
  stop_by_itself (story);
  ask (story);
  watch_story_wait (story, 60 * 1000);
  watch_story_show (story, HERALD_STATE_PAUSED, 25, WATCH_STORY_FILE);
  assert_attention (story, ASKED);
  if (GPOINTER_TO_INT (user_data))
    {
      restart (story);
      find (story, HERALD_STATE_PAUSED);
    }
  watch_story_say_values (story, HERALD_SIGNAL_ATTENTION_OVER, nothing);
  assert_attention (story, PAUSED_ITSELF);
  watch_story_say (story, HERALD_SIGNAL_RESUMED, NULL);
  assert_attention (story, NULL);
  watch_story_assert_told (story, "attention-needed print-resumed");
}

/* The second call comes too soon after the first, and the program ends before it is told. */
static void
test_call_that_was_held_is_told_after_a_restart (WatchStory    *story,
                                                 gconstpointer  user_data)
{
  story->options.attention_lock_s = 600;
  begin (story);
  stop_by_itself (story);
  watch_story_wait (story, 2000);
  watch_story_say (story, HERALD_SIGNAL_RESUMED, NULL);
  watch_story_wait (story, 10 * 1000);
  stop_by_itself (story);
  watch_story_wait (story, 2000);
  watch_story_assert_told (story, "attention-needed print-resumed");
  restart (story);
  find (story, HERALD_STATE_PAUSED);
  watch_story_wait (story, 2000);
  watch_story_assert_told (story, "attention-needed print-resumed attention-needed");
  assert_attention (story, PAUSED_ITSELF);
}

static void
test_call_that_was_gathered_is_told_after_a_restart (WatchStory    *story,
                                                     gconstpointer  user_data)
{
  begin (story);
  stop_by_itself (story);
  watch_story_assert_told (story, "");
  restart (story);
  find (story, HERALD_STATE_PAUSED);
  watch_story_wait (story, 2000);
  watch_story_assert_told (story, "attention-needed");
  assert_attention (story, PAUSED_ITSELF);
}

static void
test_call_that_is_over_after_a_restart_is_not_told (WatchStory    *story,
                                                    gconstpointer  user_data)
{
  begin (story);
  stop_by_itself (story);
  restart (story);
  find (story, HERALD_STATE_PRINTING);
  watch_story_wait (story, 60 * 1000);
  watch_story_assert_told (story, "");
  assert_attention (story, NULL);
}

#define ADD(path, data, test) \
  g_test_add ("/attention-gaps/" path, WatchStory, GINT_TO_POINTER (data), watch_story_set_up, test, watch_story_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("question", FALSE, test_question_from_before_a_gap_ends);
  ADD ("question-restart", TRUE, test_question_from_before_a_gap_ends);
  ADD ("said-again", FALSE, test_what_is_said_again_after_a_gap_lasts);
  ADD ("pause", FALSE, test_pause_outlasts_its_question);
  ADD ("pause-restart", TRUE, test_pause_outlasts_its_question);
  ADD ("held", FALSE, test_call_that_was_held_is_told_after_a_restart);
  ADD ("gathered", FALSE, test_call_that_was_gathered_is_told_after_a_restart);
  ADD ("gathered-over", FALSE, test_call_that_is_over_after_a_restart_is_not_told);

  return g_test_run ();
}
